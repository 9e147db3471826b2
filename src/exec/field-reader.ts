/** The values of one field of many documents: its path is taken apart once. */
import type { JsonObject, Scalar } from '../data/document.ts';
import { pathReader } from '../data/path-reader.ts';
import type { FieldRef } from '../plan/predicate.ts';
import { fieldValues } from './interpret/index.ts';

/** What `fieldValues` finds, in its order. */
export function fieldReader(field: FieldRef): (document: JsonObject) => Scalar[] {
  return typeof field.path === 'string' && field.below !== true
    ? pathReader(field.path)
    : (document) => fieldValues(document, field);
}
