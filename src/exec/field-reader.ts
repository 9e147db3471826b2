/** The values of one field of many events: its path is taken apart once. */
import type { Documented, Scalar } from '../data/document.ts';
import { pathReader } from '../data/path-reader.ts';
import type { FieldRef } from '../plan/predicate.ts';
import { fieldValues } from './interpret/index.ts';

/** Whether the field is one path, whose values may be told without a document. */
export const isPlain = ({ path, below }: FieldRef): boolean => typeof path === 'string' && below !== true;

/** What `fieldValues` finds, in its order; from the document only if nothing else tells it. */
export function toldReader(field: FieldRef): (event: Documented) => readonly Scalar[] {
  const { path } = field;
  if (typeof path !== 'string' || !isPlain(field)) return ({ document }) => fieldValues(document, field);
  const read = pathReader(path);
  return (event) => event.told?.(path) ?? read(event.document);
}
