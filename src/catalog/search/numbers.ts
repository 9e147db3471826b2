/** Lists of whole numbers as short text that is valid in JSON: a saved search is mostly such lists. */

/** A digit of the second half ends a number, one of the first half goes on. */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const BASE = 32;

/** From 0 on; each number takes one character for every five bits. */
export function writeNumber(value: number): string {
  let text = DIGITS.charAt(BASE + (value % BASE));
  for (let rest = Math.floor(value / BASE); rest > 0; rest = Math.floor(rest / BASE))
    text = DIGITS.charAt(rest % BASE) + text;
  return text;
}

/** By character code; what is no digit ends a number, so that damaged text is read to its end. */
const values = new Uint8Array(128).fill(BASE);
for (const [value, digit] of [...DIGITS].entries()) values[digit.charCodeAt(0)] = value;

/** Reads what `writeNumber` wrote, one after the other. */
export class NumberReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  next(): number {
    for (let value = 0; ;) {
      const digit = values[this.#text.charCodeAt(this.#at++)] ?? BASE;
      if (digit >= BASE) return value * BASE + digit - BASE;
      value = value * BASE + digit;
    }
  }
}

/** Rows of numbers: how many there are in each, then the numbers. */
export const writeRows = (rows: readonly (readonly number[])[]): string =>
  rows.map((row) => [row.length, ...row].map(writeNumber).join('')).join('');

export function readRows(text: string): number[][] {
  const reader = new NumberReader(text);
  const rows: number[][] = [];
  while (!reader.done) rows.push(Array.from({ length: reader.next() }, () => reader.next()));
  return rows;
}
