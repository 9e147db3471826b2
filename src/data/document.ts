/**
 * A JSON document seen as Elasticsearch sees it (kql §5.1–5.2, eql §3): a field path has zero or more values.
 * Nested objects, dotted keys, arrays of scalars and arrays of objects all flatten to the same path, in any mix;
 * `null`, `[]` and `{}` are no value; the empty string is one.
 */
import { Numeral } from './numeral.ts';

export type Scalar = string | number | boolean | Numeral;
export type JsonValue = Scalar | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** What has a document. Of some, the values of single fields are known without making it. */
export interface Documented {
  readonly document: JsonObject;
  /** What `valuesAt` finds at the path, in its order; undefined where only the document tells. */
  told?(path: string): readonly Scalar[] | undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Numeral);

/** Every value at a path, in document order. The slow and obvious way; `exec/compile` extracts all paths at once. */
export function valuesAt(document: JsonObject, path: string): Scalar[] {
  const found: Scalar[] = [];
  for (const value of nodesAt(document, path)) collectScalars(value, found);
  return found;
}

/**
 * Every object at a path, arrays opened: what `nested` walks over. A single object counts as a list of one
 * (kql §4.10).
 */
export function objectsAt(document: JsonObject, path: string): JsonObject[] {
  const found: JsonObject[] = [];
  for (const value of nodesAt(document, path)) {
    for (const item of Array.isArray(value) ? (value.flat(Infinity) as JsonValue[]) : [value]) {
      if (isObject(item)) found.push(item);
    }
  }
  return found;
}

/** Whether anything lies at the path or below it: `exists` on an object is true when any leaf below it has a value. */
export function hasLeaf(document: JsonObject, path: string): boolean {
  return nodesAtOrBelow(document, path).some(anyLeaf);
}

/** Every value of the document with its full path, in document order: what field-name patterns look at. */
export function leaves(document: JsonValue): (readonly [path: string, value: Scalar])[] {
  const found: (readonly [string, Scalar])[] = [];
  walkLeaves(document, '', (path, value) => found.push([path, value]));
  return found;
}

/** The values below a path, of every leaf: the root of a flattened field is any of its leaves (kql §4.0). */
export function leavesBelow(document: JsonObject, path: string): Scalar[] {
  const found: Scalar[] = [];
  for (const node of nodesAtOrBelow(document, path)) walkLeaves(node, '', (_, value) => found.push(value));
  return found;
}

function* pieces(path: string): Generator<readonly [key: string, rest: string | undefined]> {
  yield [path, undefined];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    yield [path.slice(0, dot), path.slice(dot + 1)];
  }
}

type Reach = (object: JsonObject, path: string) => JsonValue[];

/** The JSON values at a path, arrays on the way opened; an array at the end is returned whole. */
const nodesAt = (node: JsonValue | undefined, path: string): JsonValue[] => reach(node, path, () => []);

/** Also what stands under keys that go further than the path: `{"a.b": 1}` has a leaf below `a`. */
const nodesAtOrBelow = (node: JsonValue | undefined, path: string): JsonValue[] =>
  reach(node, path, (object, rest) =>
    Object.keys(object)
      .filter((key) => key.startsWith(`${rest}.`))
      .map((key) => object[key] ?? null),
  );

/** `more` adds what an object holds for the path beyond the keys that spell it out. */
function reach(node: JsonValue | undefined, path: string, more: Reach): JsonValue[] {
  if (Array.isArray(node))
    return node.flatMap((item: JsonValue, index) => [
      ...reach(item, path, more),
      ...elementAt(item, index, path, more),
    ]);
  if (!isObject(node)) return [];
  const found: JsonValue[] = more(node, path);
  for (const [key, rest] of pieces(path)) {
    if (!Object.hasOwn(node, key)) continue;
    const child = node[key];
    if (rest === undefined) found.push(child ?? null);
    else found.push(...reach(child, rest, more));
  }
  return found;
}

/** A segment of digits names an element of an array, as pipelines write arrays out as objects (kql §5.1). */
function elementAt(item: JsonValue, index: number, path: string, more: Reach): JsonValue[] {
  const digits = String(index);
  if (path === digits) return [item];
  return path.startsWith(`${digits}.`) ? reach(item, path.slice(digits.length + 1), more) : [];
}

function collectScalars(value: JsonValue, found: Scalar[]): void {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) collectScalars(item, found);
  else if (value !== null && !isObject(value)) found.push(value as Scalar);
}

function anyLeaf(value: JsonValue | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.some(anyLeaf);
  return isObject(value) ? Object.values(value).some(anyLeaf) : true;
}

function walkLeaves(
  value: JsonValue | undefined,
  path: string,
  visit: (path: string, value: Scalar) => void,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) walkLeaves(item, path, visit);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value))
      walkLeaves(child, path === '' ? key : `${path}.${key}`, visit);
  } else {
    visit(path, value as Scalar);
  }
}
