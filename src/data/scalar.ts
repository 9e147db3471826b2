/** How one value of a document is read as text, as a number, as a boolean (kql §4.1, §4.5, §4.6; eql §4). */
import type { Scalar } from './document.ts';
import { Numeral } from './numeral.ts';

/** The text that a keyword field indexes: a string as it is, a number's source text, `true` or `false`. */
export function textOf(value: Scalar): string {
  return typeof value === 'string' ? value : value instanceof Numeral ? value.text : String(value);
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/** The number that a numeric field indexes; undefined for booleans and for text that is no decimal number. */
export function numberOf(value: Scalar): number | bigint | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Numeral) return value.valueOf();
  if (typeof value === 'string' && NUMBER.test(value)) return new Numeral(value.trim()).valueOf();
  return undefined;
}

/** `true` and `"true"`; `false`, `"false"` and `""`; undefined for anything else. */
export function booleanOf(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' || value === '' ? false : undefined;
}

/** Folds the letters A to Z only, as Elasticsearch's case-insensitive queries do (eql §4). */
export const foldAscii = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Whether every character is one of the first 128. */
export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
