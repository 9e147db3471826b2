/**
 * What stands at a path in a JSON text (esql §2.6): keys with dots or as `['key']`, places as `[0]`, after an optional
 * `$`. The text is taken as it is written, so a number keeps its digits.
 */

import type { JsonValue } from './document.ts';
import { isObject } from './document.ts';
import { Numeral } from './numeral.ts';

export type JsonStep = string | number;

const STEP = /\.([^.[\]]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/gy;

/** Undefined when the path is malformed. */
export function jsonSteps(path: string): JsonStep[] | undefined {
  const text = /^[$[]/.test(path) ? path.replace('$', '') : `.${path}`;
  const steps: JsonStep[] = [];
  let read = 0;
  for (const match of text.matchAll(STEP)) {
    const [piece, key, single, double, place] = match;
    steps.push(place === undefined ? (key ?? single ?? double ?? '') : Number(place));
    read = match.index + piece.length;
  }
  return read === text.length ? steps : undefined;
}

/** A string without its quotes, anything else as it is written; undefined when the text is no JSON or holds nothing there. */
export function extractJson(json: string, steps: readonly JsonStep[]): string | undefined {
  if (!isJson(json)) return undefined;
  const found = steps.reduce<number | undefined>(
    (at, step) => (at === undefined ? undefined : childAt(json, at, step)),
    skipSpace(json, 0),
  );
  if (found === undefined) return undefined;
  const text = json.slice(found, skipValue(json, found));
  if (text === 'null') return undefined;
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** The same of a value that was read already: a number keeps its text as far as reading has kept it. */
export function extractValue(value: JsonValue, steps: readonly JsonStep[]): string | undefined {
  let at: JsonValue | undefined = value;
  for (const step of steps) {
    if (typeof step === 'number') at = Array.isArray(at) ? (at as readonly JsonValue[])[step] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  if (at === undefined || at === null) return undefined;
  return typeof at === 'string' ? at : at instanceof Numeral ? at.text : JSON.stringify(at);
}

function readable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Several paths are often taken from one text. */
let last = { text: '{}', isJson: true };

function isJson(text: string): boolean {
  if (last.text !== text) last = { text, isJson: readable(text) };
  return last.isJson;
}

/** Where the child begins; the last one of several with the same key, as JSON's readers have it. */
function childAt(json: string, at: number, step: JsonStep): number | undefined {
  const isList = json[at] === '[';
  if (!isList && json[at] !== '{') return undefined;
  if (isList !== (typeof step === 'number')) return undefined;
  let found: number | undefined;
  for (const child of childrenAt(json, at))
    if (isList ? child.place === step : child.key === step) found = child.start;
  return found;
}

interface Child {
  readonly key: string | undefined;
  readonly place: number;
  readonly start: number;
}

function* childrenAt(json: string, open: number): Generator<Child> {
  const keyed = json[open] === '{';
  let at = skipSpace(json, open + 1);
  for (let place = 0; json[at] !== ']' && json[at] !== '}'; place++) {
    let key: string | undefined;
    if (keyed) {
      const end = skipValue(json, at);
      key = JSON.parse(json.slice(at, end)) as string;
      at = skipSpace(json, skipSpace(json, end) + 1);
    }
    yield { key, place, start: at };
    at = skipSpace(json, skipValue(json, at));
    if (json[at] === ',') at = skipSpace(json, at + 1);
  }
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

function skipSpace(json: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(json);
  return SPACE.lastIndex;
}

/** Where the value that begins here ends; the text is JSON. */
function skipValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    at = skipSpace(json, at);
    const character = json[at] ?? '';
    if ('[{'.includes(character)) [depth, at] = [depth + 1, at + 1];
    else if (']}'.includes(character)) [depth, at] = [depth - 1, at + 1];
    else if (',:'.includes(character)) at++;
    else {
      SCALAR.lastIndex = at;
      SCALAR.test(json);
      at = SCALAR.lastIndex;
    }
  } while (depth > 0);
  return at;
}
