/** The words of a timeline's lines: moments, fields, values. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { BEGINNING } from './model.ts';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A century: no case needs more, and every moment within it is a date. */
const LONGEST = 36_525 * UNITS.d;

/** `1h30m` in milliseconds; undefined for anything else. */
export function duration(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return undefined;
  const length = [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );
  return length <= LONGEST ? length : undefined;
}

/** `30s` since the beginning, `+30s` since the line before, `-1d` before the beginning, `end`. */
export function moment(text: string, previous: number): number | undefined {
  if (text === 'end') return Infinity;
  const length = duration(text.replace(/^[+-]/, ''));
  if (length === undefined) return undefined;
  return text.startsWith('+') ? previous + length : text.startsWith('-') ? -length : length;
}

/**
 * The words of a line; blanks inside quotes and brackets do not part them, `#` begins a comment. `rest` is what is no
 * word: a quote or a bracket that stays open, with what follows.
 */
export function wordsOf(line: string): { readonly words: string[]; readonly rest: string } {
  const words: string[] = [];
  let at = 0;
  for (const match of line.matchAll(
    /\s+|#.*$|(?:"(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]|[^\s"[])+/gy,
  )) {
    at = match.index + match[0].length;
    if (!/^[\s#]/.test(match[0])) words.push(match[0]);
  }
  return { words, rest: line.slice(at).trim() };
}

/** A word without the quotes around it. */
export const unquoted = (word: string): string => {
  const value = /^".*"$/.test(word) ? jsonOf(word) : undefined;
  return typeof value === 'string' ? value : word;
};

/** `name=value`; undefined for a word of another form. */
export function assignment(word: string): readonly [name: string, value: JsonValue] | undefined {
  const at = word.indexOf('=');
  return at <= 0 ? undefined : [word.slice(0, at), valueOf(word.slice(at + 1))];
}

/** JSON where it is some, `@30s` as that moment, a list in brackets, anything else as text. */
function valueOf(text: string): JsonValue {
  const time = text.startsWith('@') ? moment(text.slice(1), 0) : undefined;
  if (time !== undefined && time !== Infinity) return new Date(BEGINNING + time).toISOString();
  const value = jsonOf(text);
  if (value !== undefined) return value;
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map(valueOf);
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Keys with dots stay as they are: a document is read the same either way. */
export const documentOf = (fields: readonly (readonly [string, JsonValue])[]): JsonObject =>
  Object.fromEntries(fields);
