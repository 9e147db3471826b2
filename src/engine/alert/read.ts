/** Reading single fields of a document for people: absent, empty and null are all the same here. */
import type { JsonObject, Scalar } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import { pathReader } from '../../data/path-reader.ts';
import { textOf } from '../../data/scalar.ts';

/** A path that is read again and again, taken apart once. */
interface Path {
  readonly segments: readonly string[];
  readonly values: (document: JsonObject) => readonly Scalar[];
}

/** Paths stand in our own code, so they are few; more than that would be names out of events. */
const MOST_PATHS = 2048;
const known = new Map<string, Path>();

function pathOf(path: string): Path {
  const before = known.get(path);
  if (before !== undefined) return before;
  const made = { segments: path.split('.'), values: pathReader(path) };
  if (known.size < MOST_PATHS) known.set(path, made);
  return made;
}

/** Reads fields below a path, whose whole names are put together once. */
export class FieldsBelow {
  readonly #above: string;
  readonly #segments: readonly { readonly name: string; readonly asPrefix: string }[];
  readonly #known = new Map<string, Path>();

  constructor(above: string) {
    this.#above = above;
    this.#segments = above.split('.').map((name) => ({ name, asPrefix: `${name}.` }));
  }

  /** The first value of a field as text. */
  textAt(document: JsonObject, name: string): string | undefined {
    return firstTextAt(document, this.#pathOf(name));
  }

  /** All values of a field as text, without empty ones. */
  textsAt(document: JsonObject, name: string): string[] {
    return texts(document, this.#pathOf(name));
  }

  /**
   * The object that all fields below the path lie in, by their names in it; undefined where some may lie elsewhere, or no
   * object does.
   */
  objectIn(document: JsonObject): JsonObject | undefined {
    let node: JsonObject = document;
    for (const segment of this.#segments) {
      for (const key in node) if (key.startsWith(segment.asPrefix)) return undefined;
      const below = Object.hasOwn(node, segment.name) ? node[segment.name] : undefined;
      if (!isObject(below)) return undefined;
      node = below;
    }
    return node;
  }

  #pathOf(name: string): Path {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = pathOf(`${this.#above}.${name}`);
    if (this.#known.size < MOST_PATHS) this.#known.set(name, made);
    return made;
  }
}

/** What `valuesAt` finds for a path of our own. */
export const scalarsAt = (document: JsonObject, path: string): readonly Scalar[] =>
  pathOf(path).values(document);

/** Whether a field of Kibana's may be there: no alert lacks them, and few other events have any. */
export function mayBeAlert(document: JsonObject): boolean {
  for (const key in document) if (key.startsWith('kibana')) return true;
  return false;
}

/** All values of a field as text, without empty ones. */
export const textsAt = (document: JsonObject, path: string): string[] => texts(document, pathOf(path));

/** The first value of a field as text. */
export const textAt = (document: JsonObject, path: string): string | undefined =>
  firstTextAt(document, pathOf(path));

function firstTextAt(document: JsonObject, path: Path): string | undefined {
  return plainText(document, path) ?? texts(document, path)[0];
}

/** The first of several fields that has a value. */
export function firstText(document: JsonObject, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(document, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function texts(document: JsonObject, { values }: Path): string[] {
  const found = values(document);
  return found.length === 0 ? [] : found.map(textOf).filter((text) => text !== '');
}

/** The usual case, nested objects and one string, without building lists. */
function plainText(document: JsonObject, { segments }: Path): string | undefined {
  let node: unknown = document;
  for (const key of segments) {
    if (!isObject(node) || !Object.hasOwn(node, key)) return undefined;
    node = node[key];
  }
  return typeof node === 'string' && node !== '' ? node : undefined;
}
