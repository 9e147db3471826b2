/** Reading single fields of a document for people: absent, empty and null are all the same here. */
import type { JsonObject } from '../../data/document.ts';
import { isObject, valuesAt } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';

/** All values of a field as text, without empty ones. */
export const textsAt = (document: JsonObject, path: string): string[] =>
  valuesAt(document, path)
    .map(textOf)
    .filter((text) => text !== '');

/** The first value of a field as text. */
export const textAt = (document: JsonObject, path: string): string | undefined =>
  plainText(document, path) ?? textsAt(document, path)[0];

/** The first of several fields that has a value. */
export function firstText(document: JsonObject, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(document, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The usual case, nested objects and one string, without building lists. */
function plainText(document: JsonObject, path: string): string | undefined {
  let node: unknown = document;
  for (const key of path.split('.')) {
    if (!isObject(node) || !Object.hasOwn(node, key)) return undefined;
    node = node[key];
  }
  return typeof node === 'string' && node !== '' ? node : undefined;
}
