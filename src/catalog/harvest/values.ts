/** Values of files that may hold anything: wrong types are missing values, never errors. */

export type Table = Readonly<Record<string, unknown>>;

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const tableOf = (value: unknown): Table => (isTable(value) ? value : {});

export const tablesOf = (value: unknown): readonly Table[] =>
  Array.isArray(value) ? value.filter(isTable) : [];

/** A scalar as text; the empty string for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** One text or a list of texts, empty ones left out. */
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text.trim() !== '');

/** `{ name: value }`, or nothing when there is no value. */
export const optional = <K extends string, V>(
  name: K,
  value: V | undefined | '',
): { readonly [P in K]?: V } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [P in K]?: V };

/** `2024/03/01` and `2024-03-01T…` as `2024-03-01`. */
export function dayOf(value: unknown): string | undefined {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})/.exec(textOf(value));
  if (found === null) return undefined;
  const [, year = '', month = '', day = ''] = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
