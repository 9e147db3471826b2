/** Parts of JSON texts as they stand there: for records that lie inside others. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
/** `[` and `{`, `]` and `}` differ in this bit. */
const LOWER = 0x20;
/** A number, `true`, `false` or `null`. */
const WORD = /[\w.+-]+/y;

/**
 * The text of the value at this path of keys in the text of an object, which is known to be sound JSON: of keys that
 * stand twice the last one's. Undefined where there is none.
 */
export function jsonPart(text: string, path: readonly string[]): string | undefined {
  let at = skipBlank(text, 0);
  let end = text.length;
  for (const key of path) {
    const found = text.charCodeAt(at) === OPEN_OBJECT ? valueOf(text, at, key) : undefined;
    if (found === undefined) return undefined;
    [at, end] = found;
  }
  return text.slice(at, end);
}

/** The texts of the items of a list, which is known to be sound JSON. */
export function jsonItems(list: string): string[] {
  const items: string[] = [];
  let at = skipBlank(list, 1);
  while (list.charCodeAt(at) !== CLOSE_LIST) {
    const end = valueEnd(list, at);
    items.push(list.slice(at, end));
    at = skipBlank(list, end);
    if (list.charCodeAt(at) === COMMA) at = skipBlank(list, at + 1);
  }
  return items;
}

/** Where the value of a key lies in the object that begins here. */
function valueOf(text: string, object: number, key: string): [from: number, to: number] | undefined {
  let found: [number, number] | undefined;
  let at = skipBlank(text, object + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = textEnd(text, at);
    // Behind the colon.
    const from = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const to = valueEnd(text, from);
    if (isKey(text, at, keyEnd, key)) found = [from, to];
    at = skipBlank(text, to);
    if (text.charCodeAt(at) === COMMA) at = skipBlank(text, at + 1);
  }
  return found;
}

function isKey(text: string, from: number, to: number, key: string): boolean {
  const inner = text.slice(from + 1, to - 1);
  return inner === key || (inner.includes('\\') && JSON.parse(text.slice(from, to)) === key);
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at++;
  return at;
}

/** Behind the quote that ends the text that begins here. */
function textEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
}

function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return textEnd(text, from);
  if ((first | LOWER) !== OPEN_OBJECT) {
    WORD.lastIndex = from;
    return WORD.test(text) ? WORD.lastIndex : from;
  }
  for (let [at, depth] = [from, 0]; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = textEnd(text, at) - 1;
    else if ((code | LOWER) === OPEN_OBJECT) depth++;
    else if ((code | LOWER) === CLOSE_OBJECT && --depth === 0) return at + 1;
  }
}
