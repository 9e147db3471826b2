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
 * way that tells the text of each number takes several times as long. Keys with escapes are read without them.
 *
 * @throws SyntaxError for what is no JSON
 */
function valueOf(text: string): JsonValue {
  const [numbers, keys] = [inexactNumbers(text), escapedKeys(text)];
  if (numbers.length + keys.length === 0) return JSON.parse(text) as JsonValue;
  // With other keys, what is no JSON might become some.
  if (keys.length > 0) JSON.parse(text);
  const edits = [...numbers.map(markedNumber), ...keys.map((key) => plainKey(text, key))];
  let value: JsonValue;
  try {
    value = JSON.parse(edited(text, edits)) as JsonValue;
  } catch {
    return JSON.parse(text) as JsonValue;
  }
  return withoutMarks(value);
}

/** A part of a text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is to stand in its place. */
interface Edit extends Span {
  readonly by: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  let [whole, at] = ['', 0];
  for (const { from, to, by } of edits.toSorted((a, b) => a.from - b.from)) {
    whole += text.slice(at, from) + by;
    at = to;
  }
  return whole + text.slice(at);
}

/** Stands before the text of a number, and before the characters of a key. Nobody can write it who does not know it. */
const MARK = `${randomUUID()} `;

const markedNumber = (number: Inexact): Edit => ({ ...number, by: `"${MARK}${number.text}"` });

const COLON = /\s*:/y;

/**
 * The engine takes a key with escapes for one that an earlier object of the same keys had there, when that one is what the
 * first characters of the escapes spell (nodejs/node#63785): whoever may choose a key could hide another one.
 */
function escapedKeys(text: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf('\\'); at !== -1;) {
    const to = behindText(text, at);
    COLON.lastIndex = to;
    // No quote stands between the first one of a text and its first escape.
    if (COLON.test(text)) found.push({ from: text.lastIndexOf('"', at), to });
    at = text.indexOf('\\', to);
  }
  return found;
}

/** Behind the closing quote of the text that has an escape here. */
function behindText(text: string, escape: number): number {
  let at = escape;
  for (let code = BACKSLASH; code !== QUOTE && at < text.length; code = text.charCodeAt(at))
    at += code === BACKSLASH ? 2 : 1;
  return at + 1;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** As it is without escapes, or its characters as numbers behind the mark where it cannot be without any. */
function plainKey(text: string, { from, to }: Span): Edit {
  const key = JSON.parse(text.slice(from, to)) as string;
  const plain = JSON.stringify(key);
  const codes = Array.from({ length: key.length }, (_, at) => key.charCodeAt(at));
  return { from, to, by: plain.includes('\\') ? `"${MARK}${codes.join(' ')}"` : plain };
}

interface Inexact extends Span {
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
  return { from, to, text: text.slice(from, to) };
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

/** In place, and not by recursion, as values may be nested deeper than that goes. */
function withoutMarks(value: JsonValue): JsonValue {
  const whole = [value];
  const waiting: (Fields | JsonValue[])[] = [whole];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    if (Array.isArray(next)) for (const [at, item] of next.entries()) next[at] = unmarked(item, waiting);
    else for (const [key, item = null] of Object.entries(next)) put(next, key, unmarked(item, waiting));
  return whole[0] ?? null;
}

/** What a value is itself; what is in it has to wait. */
function unmarked(value: JsonValue, waiting: (Fields | JsonValue[])[]): JsonValue {
  if (typeof value === 'string')
    return value.startsWith(MARK) ? new Numeral(value.slice(MARK.length)) : value;
  if (Array.isArray(value)) waiting.push(value as JsonValue[]);
  else if (isObject(value)) {
    const own = withOwnKeys(value as Fields);
    waiting.push(own);
    return own;
  }
  return value;
}

function withOwnKeys(object: Fields): Fields {
  if (!Object.keys(object).some((key) => key.startsWith(MARK))) return object;
  const own: Fields = {};
  for (const [key, value = null] of Object.entries(object)) put(own, ownKey(key), value);
  return own;
}

function ownKey(key: string): string {
  if (!key.startsWith(MARK)) return key;
  const codes = key.slice(MARK.length).split(' ');
  return codes.map((code) => String.fromCharCode(Number(code))).join('');
}

/** The engine's reason without its quotation of the text, which may hold secrets. */
const reasonOf = (error: Error): string =>
  error.message
    .replace(/,? ?(?:\.{3})?".*" is not valid JSON$/s, '')
    .replace(/ \(line \d+ column \d+\)$/, '');
