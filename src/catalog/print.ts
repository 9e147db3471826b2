/** The catalogue as text: one record a line, so that two of them can be compared line by line. */
import type { Catalogue } from './model.ts';

/** JSON; ends with a line end. */
export function printCatalogue(catalogue: Catalogue): string {
  const members = Object.entries(catalogue).map(
    ([name, value]) => `${JSON.stringify(name)}: ${print(value)}`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

const print = (value: unknown): string =>
  Array.isArray(value) && value.length > 0
    ? `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]`
    : JSON.stringify(value);
