/** A record made from another by naming what differs: the form of the events in tests of rules and of behaviours. */
import type { JsonObject } from './document.ts';
import { isObject } from './document.ts';

/** The record with `put` put over it and without what stands at the dotted paths. */
export const changed = (record: JsonObject, put: JsonObject, paths: readonly string[]): JsonObject =>
  paths.reduce((rest: JsonObject, path) => without(rest, path.split('.')), merged(record, put));

/** Tables are merged key by key; anything else replaces what was there. */
function merged(base: JsonObject, change: JsonObject): JsonObject {
  const entries = Object.entries(change).map(([key, value]) => {
    const before = base[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function without(record: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const { [key]: removed, ...others } = record;
  if (rest.length === 0 || !isObject(removed)) return rest.length === 0 ? others : record;
  return { ...record, [key]: without(removed, rest) };
}
