/** JSON text to values. Numbers that a double would change keep their text; nothing here throws. */
import { randomUUID } from 'node:crypto';
import { isObject, type JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { type Fields, put } from '../fields.ts';

export type Parsed =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly why: string };

export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: valueOf(text) };
  } catch (error) {
    return { ok: false, why: reasonOf(error as Error) };
  }
}

/**
 * Numbers that are not their own text are read as texts, which are made numerals afterwards: reading all of a record in a
 * way that tells the text of each number takes several times as long.
 *
 * @throws SyntaxError for what is no JSON
 */
function valueOf(text: string): JsonValue {
  const numbers = inexactNumbers(text);
  if (numbers.length === 0) return JSON.parse(text) as JsonValue;
  try {
    return withNumerals(JSON.parse(marked(text, numbers)) as JsonValue);
  } catch {
    // What is nested too deep for recursion is refused later, whatever its numbers.
    return JSON.parse(text) as JsonValue;
  }
}

interface Inexact {
  readonly from: number;
  readonly text: string;
}

/**
 * Behind a number that a double would perhaps change (a fraction, an exponent, a negative zero, sixteen digits) comes
 * a comma or a bracket. Those are rarer than digits, so looking back from them costs little.
 */
const BEHIND_PERHAPS_INEXACT = /[,}\]](?<=(?:\d[.eE][-+]?\d+|\d{16}|-0)\s*[,}\]])/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Those outside of strings that a double would change, in their order. */
function inexactNumbers(text: string): Inexact[] {
  const found: Inexact[] = [];
  const quotes = new Quotes(text);
  for (const { index } of text.matchAll(BEHIND_PERHAPS_INEXACT)) {
    const number = numberBefore(text, index);
    const isInexact = NUMBER.test(number.text) && String(Number(number.text)) !== number.text;
    if (isInexact && !quotes.isInString(index)) found.push(number);
  }
  return found;
}

function numberBefore(text: string, behind: number): Inexact {
  let to = behind;
  while (to > 0 && /\s/.test(text[to - 1] as string)) to--;
  let from = to;
  while (from > 0 && /[-+.\deE]/.test(text[from - 1] as string)) from--;
  return { from, text: text.slice(from, to) };
}

/** Tells what stands in a string, asked from front to back. */
class Quotes {
  readonly #text: string;
  #next: number;
  #isInside = false;

  constructor(text: string) {
    this.#text = text;
    this.#next = text.indexOf('"');
  }

  isInString(at: number): boolean {
    while (this.#next !== -1 && this.#next < at) {
      if (!this.#isInside || !this.#isEscaped(this.#next)) this.#isInside = !this.#isInside;
      this.#next = this.#text.indexOf('"', this.#next + 1);
    }
    return this.#isInside;
  }

  #isEscaped(quote: number): boolean {
    let from = quote;
    while (this.#text[from - 1] === '\\') from--;
    return (quote - from) % 2 === 1;
  }
}

/** Stands before the text of a number. Nobody can write it who does not know it. */
const MARK = `${randomUUID()} `;

function marked(text: string, numbers: readonly Inexact[]): string {
  let [whole, at] = ['', 0];
  for (const number of numbers) {
    whole += `${text.slice(at, number.from)}"${MARK}${number.text}"`;
    at = number.from + number.text.length;
  }
  return whole + text.slice(at);
}

/** In place. */
function withNumerals(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value.startsWith(MARK) ? new Numeral(value.slice(MARK.length)) : value;
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) value[at] = withNumerals(item as JsonValue);
  else if (isObject(value))
    for (const key of Object.keys(value)) {
      const [before, after] = [value[key] ?? null, withNumerals(value[key] ?? null)];
      if (after !== before) put(value as Fields, key, after);
    }
  return value;
}

/** The engine's reason without its quotation of the text, which may hold secrets. */
const reasonOf = (error: Error): string =>
  error.message
    .replace(/,? ?(?:\.{3})?".*" is not valid JSON$/s, '')
    .replace(/ \(line \d+ column \d+\)$/, '');
