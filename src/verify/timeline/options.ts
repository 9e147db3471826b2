/** The words of a timeline's `options` line. */
import { didYouMean } from '../../base/typo.ts';
import type { Mode } from '../../engine/event-times.ts';
import type { TimelineOptions } from './model.ts';
import { duration } from './words.ts';

export const MODES: readonly Mode[] = ['stream', 'compat'];

export const defaultOptions: TimelineOptions = {
  modes: MODES,
  lateness: 0,
  coldStart: 'alert',
  overflow: 'summary',
  outages: [],
};

/** What is wrong with an option, and what would be right. */
export interface OptionMistake {
  readonly message: string;
  readonly hint: string;
}

interface OptionReader {
  /** What it takes, for who wrote something else. */
  readonly takes: string;
  /** Undefined for a value that is none. */
  readonly read: (value: string, before: TimelineOptions) => Partial<TimelineOptions> | undefined;
}

const readers: Readonly<Record<string, OptionReader>> = {
  mode: {
    takes: 'mode=stream, mode=compat or mode=both',
    read(value) {
      const modes = MODES.filter((mode) => value === 'both' || value === mode);
      return modes.length === 0 ? undefined : { modes };
    },
  },
  lateness: {
    takes: 'a length of time, such as lateness=30s',
    read(value) {
      const lateness = duration(value);
      return lateness === undefined ? undefined : { lateness };
    },
  },
  'cold-start': {
    takes: 'cold-start=learn or cold-start=alert',
    read: (value) => (value === 'learn' || value === 'alert' ? { coldStart: value } : undefined),
  },
  overflow: {
    takes: 'overflow=summary or overflow=drop',
    read: (value) => (value === 'summary' || value === 'drop' ? { overflow: value } : undefined),
  },
  outage: {
    takes: 'two moments, the earlier one first, such as outage=10m..1h',
    read(value, { outages }) {
      const [from, to, ...rest] = value.split('..').map(duration);
      if (from === undefined || to === undefined || to < from || rest.length > 0) return undefined;
      return { outages: [...outages, { from, to }] };
    },
  },
};

/** The options with one word more. */
export function withOption(word: string, before: TimelineOptions): TimelineOptions | OptionMistake {
  const [name = '', ...values] = word.split('=');
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (reader === undefined) {
    const known = Object.keys(readers);
    return {
      message: `\`${word}\` is no option`,
      hint: didYouMean(name, known) ?? `options are ${known.join(', ')}`,
    };
  }
  const changed = reader.read(values.join('='), before);
  if (changed !== undefined) return { ...before, ...changed };
  return { message: `\`${word}\` is nothing that \`${name}\` can be`, hint: `write ${reader.takes}` };
}
