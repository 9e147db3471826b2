/**
 * DISSECT patterns (esql §2.4): keys in `%{…}` with delimiters between them. A key is everything up to the first `}`.
 * `?name` and the empty key are read and not kept, `+name` appends, `+name/2` appends in the order of the numbers,
 * `name->` also takes repeats of the delimiter behind it.
 */

/** The value of each column, in their order in `columns`; undefined when the text does not fit. */
export type DissectMatch = (text: string) => readonly string[] | undefined;

export type Dissect =
  | { readonly ok: true; readonly columns: readonly string[]; readonly match: DissectMatch }
  | { readonly ok: false; readonly message: string };

interface Key {
  /** Empty for a key that is not kept. */
  readonly name: string;
  readonly append: boolean;
  readonly order: number;
  /** Repeats of the delimiter behind it are skipped. */
  readonly padded: boolean;
  /** What stands behind it; empty for the last key when nothing does. */
  readonly delimiter: string;
}

const KEY = /%\{([^}]*)\}/g;

/** `separator` stands between the values of a key that is appended to. */
export function readDissect(pattern: string, separator = ''): Dissect {
  const marks = [...pattern.matchAll(KEY)];
  if (marks.length === 0) return { ok: false, message: 'the pattern has no key such as "%{name}"' };
  const prefix = pattern.slice(0, marks[0]?.index);
  const keys = marks.map((mark, i): Key => {
    const end = mark.index + mark[0].length;
    return {
      ...readKey(mark[1] ?? ''),
      delimiter: pattern.slice(end, marks[i + 1]?.index ?? pattern.length),
    };
  });
  if (marks.some(({ 1: key = '' }) => key.startsWith('*') || key.startsWith('&')))
    return { ok: false, message: 'keys that are named by a value ("*" and "&") are not supported' };
  const columns = [...new Set(keys.filter(({ name }) => name !== '').map(({ name }) => name))];
  if (columns.length === 0) return { ok: false, message: 'every key of the pattern is skipped' };
  const match: DissectMatch = (text) => {
    const values = split(prefix, keys, text);
    return values && columns.map((column) => join(column, keys, values, separator));
  };
  return { ok: true, columns, match };
}

function readKey(text: string): Omit<Key, 'delimiter'> {
  const padded = text.endsWith('->');
  const key = padded ? text.slice(0, -2) : text;
  if (key === '' || key.startsWith('?')) return { name: '', append: false, order: 0, padded };
  const [, plus, name = key, order] = /^(\+?)(.*?)(?:\/(\d+))?$/s.exec(key) ?? [];
  const append = plus === '+';
  return { name: append ? name : key, append, order: append ? Number(order ?? 0) : 0, padded };
}

/** The value of every key; undefined when the prefix or a delimiter is missing. */
function split(prefix: string, keys: readonly Key[], text: string): string[] | undefined {
  if (!text.startsWith(prefix) || text.length <= prefix.length) return undefined;
  const values: string[] = [];
  let at = prefix.length;
  for (const { delimiter, padded } of keys) {
    const end = delimiter === '' ? text.length : text.indexOf(delimiter, at);
    if (end === -1) return undefined;
    values.push(text.slice(at, end));
    at = end + delimiter.length;
    if (padded && delimiter !== '') at = skipRepeats(text, delimiter, at);
  }
  return values;
}

function skipRepeats(text: string, delimiter: string, start: number): number {
  let at = start;
  while (text.startsWith(delimiter, at)) at += delimiter.length;
  return at;
}

/** Appended values in order; of a key that is given twice without `+`, the last value. */
function join(column: string, keys: readonly Key[], values: readonly string[], separator: string): string {
  const parts = keys.flatMap(({ name, append, order }, i) =>
    name === column ? [{ append, order, value: values[i] ?? '' }] : [],
  );
  if (!parts.some(({ append }) => append)) return parts.at(-1)?.value ?? '';
  return parts
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
    .join(separator);
}
