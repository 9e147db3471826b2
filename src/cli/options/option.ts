/** What an option is: one value that help, parsing, environment, configuration file and reference page all come from. */
import { didYouMean } from '../../base/typo.ts';

export const commandNames = [
  'scan',
  'explain',
  'query',
  'rules list',
  'rules show',
  'test',
  'demo',
  'lofp build',
  'lofp search',
  'lofp show',
  'lofp quality',
  'lofp new',
  'lofp explain',
  'lofp site',
  'lofp open',
  'completion',
  'version',
] as const;
export type CommandName = (typeof commandNames)[number];

export const groups = ['Input', 'Rules', 'Queries', 'State', 'Output', 'General'] as const;

/** What parsing a value may depend on. */
export interface ParseContext {
  /** Milliseconds since the epoch, for `now-1h`. */
  readonly now: number;
}

export interface Option<T> {
  /** The long name without dashes, which is the key in the configuration file too. */
  readonly flag: string;
  readonly short?: string;
  /** `switch` takes no value, `list` may be given several times. */
  readonly kind: 'switch' | 'value' | 'list';
  /** What help calls the value. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly group: (typeof groups)[number];
  readonly commands: readonly CommandName[];
  /** What it does, in a sentence that begins with a small letter and has no full stop. */
  readonly doc: string;
  readonly default: T;
  /** The default in words, where there is something to say. */
  readonly defaultText?: string;
  /** Paths in the configuration file count from that file's folder. */
  readonly paths?: true;
  /** The path stands behind a name and this sign, when the value has it. */
  readonly pathAfter?: '=';
  /** Only on the command line: neither environment nor configuration file. */
  readonly commandLineOnly?: true;
  /** Throws `BadValue`. */
  readonly parse: (raws: readonly string[], context: ParseContext) => T;
}

/** A value that an option cannot have; the message goes on after "…: ". */
export class BadValue extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

type Description<T> = Omit<Option<T>, 'kind' | 'parse' | 'default' | 'choices'>;

const last = (raws: readonly string[]): string => raws.at(-1) ?? '';

export const switchOption = (description: Description<boolean>): Option<boolean> => ({
  ...description,
  kind: 'switch',
  default: false,
  parse: (raws) => parseBoolean(last(raws)),
});

function parseBoolean(raw: string): boolean {
  if (['', 'true', '1', 'yes', 'on'].includes(raw.toLowerCase())) return true;
  if (['false', '0', 'no', 'off'].includes(raw.toLowerCase())) return false;
  throw new BadValue(`"${raw}" is neither true nor false`);
}

export const textOption = (description: Description<string | undefined>): Option<string | undefined> => ({
  ...description,
  kind: 'value',
  default: undefined,
  parse: (raws) => {
    if (last(raws) === '') throw new BadValue('the value is empty');
    return last(raws);
  },
});

export const listOption = (description: Description<readonly string[]>): Option<readonly string[]> => ({
  ...description,
  kind: 'list',
  default: [],
  parse: (raws) => {
    if (raws.includes('')) throw new BadValue('one of the values is empty');
    return raws;
  },
});

export const numberOption = (
  description: Description<number> & { readonly default: number; readonly least: number },
): Option<number> => ({
  defaultText: String(description.default),
  ...description,
  kind: 'value',
  parse: (raws) => {
    const value = Number(last(raws));
    if (last(raws) === '' || !Number.isSafeInteger(value) || value < description.least)
      throw new BadValue(`"${last(raws)}" is not a whole number from ${description.least}`);
    return value;
  },
});

export const choiceOption = <const T extends string, D extends T | undefined>(
  description: Description<T | D> & { readonly choices: readonly T[]; readonly default: D },
): Option<T | D> => ({
  ...(description.default === undefined ? {} : { defaultText: description.default }),
  ...description,
  kind: 'value',
  parse: (raws) => parseChoice(last(raws), description.choices),
});

function parseChoice<T extends string>(raw: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === raw.toLowerCase());
  if (found !== undefined) return found;
  const near = didYouMean(raw, choices);
  throw new BadValue(`"${raw}" is not one of ${choices.join(', ')}`, near === undefined ? undefined : near);
}

/** `--fail-on` is `WINNOW_FAIL_ON`. */
export const environmentName = (option: Pick<Option<unknown>, 'flag'>): string =>
  `WINNOW_${option.flag.toUpperCase().replaceAll('-', '_')}`;
