/** What several documents have in common (engine A5.3): equal values, and of lists what stands in all of them. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';

export const intersection = ([first, ...others]: readonly [JsonObject, ...JsonObject[]]): JsonObject =>
  others.reduce(common, first);

function common(a: JsonObject, b: JsonObject): JsonObject {
  const entries = Object.entries(a).flatMap(([key, value]) => {
    const both = commonValue(value, Object.hasOwn(b, key) ? b[key] : undefined);
    return both === undefined ? [] : [[key, both] as const];
  });
  return Object.fromEntries(entries);
}

/** Undefined when nothing is left. */
function commonValue(a: JsonValue | undefined, b: JsonValue | undefined): JsonValue | undefined {
  if (a === undefined || a === null || b === undefined || b === null) return undefined;
  if (isObject(a) && isObject(b)) {
    const both = common(a, b);
    return Object.keys(both).length === 0 ? undefined : both;
  }
  if (Array.isArray(a) && Array.isArray(b))
    return commonItems(a as readonly JsonValue[], b as readonly JsonValue[]);
  return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
}

function commonItems(a: readonly JsonValue[], b: readonly JsonValue[]): JsonValue | undefined {
  const there = new Set(b.map((item) => JSON.stringify(item)));
  const both = a.filter((item) => there.has(JSON.stringify(item)));
  return both.length === 0 ? undefined : both;
}
