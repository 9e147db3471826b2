/**
 * The JSON of an alert's document. Most of it is what all alerts of a rule share, by the same objects and texts: that is
 * spelled once.
 */
import { safeJson } from '../base/safe-json.ts';
import type { JsonObject, JsonValue } from '../data/document.ts';

const OF_RULE = 'kibana.alert.rule.';
const OURS = 'winnow';
/** Of `winnow`, what is known about the rule. */
const KNOWN_OF_RULE: ReadonlySet<string> = new Set(['false_positives', 'benign_behaviours']);

/** Shorter texts are spelled as fast as they are found. */
const SHORTEST = 64;
/** Texts, and names, that are remembered: events may bring some of their own. */
const MOST_TEXTS = 8192;
const LONGEST_NAME = 128;

const objects = new WeakMap<object, string>();
const texts = new Map<string, string>();
const names = new Map<string, string>();

/** In one line, as `safeJson` writes it. */
export const alertText = (document: JsonObject): string => objectText(document, fieldText);

function fieldText(name: string, value: JsonValue): string {
  if (name.startsWith(OF_RULE)) return sharedText(value);
  return name === OURS && isPlain(value) ? objectText(value, ourText) : safeJson(value);
}

const ourText = (name: string, value: JsonValue): string =>
  KNOWN_OF_RULE.has(name) ? sharedText(value) : safeJson(value);

function objectText(object: JsonObject, textOf: (name: string, value: JsonValue) => string): string {
  let text = '';
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value !== undefined) text += `${text === '' ? '' : ','}${nameText(name)}:${textOf(name, value)}`;
  }
  return `{${text}}`;
}

/** Alerts have the same names again and again. */
function nameText(name: string): string {
  if (name.length > LONGEST_NAME) return safeJson(name);
  if (names.size >= MOST_TEXTS) names.clear();
  return remembered(names, name);
}

const isPlain = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function sharedText(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) return remembered(objects, value);
  if (typeof value !== 'string' || value.length < SHORTEST) return safeJson(value);
  if (texts.size >= MOST_TEXTS) texts.clear();
  return remembered(texts, value);
}

interface Memory<Key> {
  get(key: Key): string | undefined;
  set(key: Key, text: string): unknown;
}

function remembered<Key>(memory: Memory<Key>, value: Key): string {
  const known = memory.get(value);
  if (known !== undefined) return known;
  const text = safeJson(value);
  memory.set(value, text);
  return text;
}
