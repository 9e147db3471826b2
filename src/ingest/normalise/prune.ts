/** Takes empty values away, all the way down (kubernetes §3 step 12), and finds what is nested without end. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { type Fields, put } from '../fields.ts';
import { NESTING_DEPTH } from '../limits.ts';

/** Thrown by what walks over a record; caught where records are read, which cut it then. */
export class NestedTooDeep extends Error {}

/** The object without `null`, `""`, `{}` and `[]`; undefined when nothing is left. May change the given one. */
export const pruned = (record: JsonObject): Fields | undefined => prunedObject(record as Fields, 1);

/** @throws NestedTooDeep */
export function checkDepth(value: JsonValue | undefined, depth = 1): void {
  if (typeof value !== 'object' || value === null || value instanceof Numeral) return;
  if (depth > NESTING_DEPTH) throw new NestedTooDeep();
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) checkDepth(item, depth + 1);
  else for (const key in value as JsonObject) checkDepth((value as JsonObject)[key], depth + 1);
}

/** The object, changed in place: without the objects and lists that lie more than `levels` deep. */
export function cutBelow(record: JsonObject, levels: number): JsonObject {
  // Not by recursion: the stack would end before the levels do.
  let layer: Fields[] = [record as Fields];
  for (let depth = 1; depth < levels && layer.length > 0; depth++) layer = layer.flatMap(containersIn);
  for (const container of layer) {
    for (const key of Object.keys(container)) if (isContainer(container[key])) container[key] = null;
  }
  return record;
}

const containersIn = (container: Fields): Fields[] =>
  Object.values(container).filter(isContainer) as Fields[];

const isContainer = (value: JsonValue | undefined): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Numeral);

function prunedValue(value: JsonValue | undefined, depth: number): JsonValue | undefined {
  if (typeof value !== 'object') return value === '' ? undefined : value;
  if (value === null) return undefined;
  if (depth > NESTING_DEPTH) throw new NestedTooDeep();
  if (Array.isArray(value)) return prunedList(value as JsonValue[], depth + 1);
  return value instanceof Numeral ? value : prunedObject(value as Fields, depth + 1);
}

/** The same object while nothing has to go, else a copy: deleting would make every later access slow. */
function prunedObject(object: Fields, depth: number): Fields | undefined {
  let [kept, dropped] = [0, false];
  for (const key in object) {
    const before = object[key];
    const after = prunedValue(before, depth);
    if (after === undefined) dropped = true;
    else kept++;
    if (after !== before) object[key] = after;
  }
  if (kept === 0) return undefined;
  return dropped ? withoutUndefined(object) : object;
}

function withoutUndefined(object: Fields): Fields {
  const copy: Fields = {};
  for (const key in object) {
    const value = object[key];
    if (value !== undefined) put(copy, key, value);
  }
  return copy;
}

function prunedList(list: JsonValue[], depth: number): JsonValue[] | undefined {
  let dropped = false;
  for (let at = 0; at < list.length; at++) {
    const after = prunedValue(list[at], depth);
    if (after === undefined) dropped = true;
    list[at] = after ?? null;
  }
  const kept = dropped ? list.filter((item) => item !== null) : list;
  return kept.length === 0 ? undefined : kept;
}
