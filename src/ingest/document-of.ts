/** The document of a record that is known to be sound and of a certain shape: for one that was only scanned. */
import { isObject, type JsonObject } from '../data/document.ts';
import type { Origin } from '../model/event.ts';
import { parseJson } from './decode/json.ts';
import { shapeNamed } from './normalise/index.ts';
import type { IngestOptions } from './types.ts';

export function documentOf(shape: string, text: string, origin: Origin, options: IngestOptions): JsonObject {
  const outcome = shapeNamed(shape).normalise(objectOf(text), { origin, text, depth: 0 }, options);
  return (typeof outcome === 'string' ? undefined : outcome[0]?.document) ?? {};
}

/** The object that a text is, which was read before. */
export function objectOf(text: string): JsonObject {
  const parsed = parseJson(text);
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}
