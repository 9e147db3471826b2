/**
 * The slow and obvious evaluator: what every other one must agree with. It follows the specifications word by word,
 * reads the document anew for every question and keeps nothing.
 */
import type { JsonObject, Scalar } from '../../data/document.ts';
import { hasLeaf, leaves, leavesBelow, objectsAt, valuesAt } from '../../data/document.ts';
import { matchesPattern } from '../../data/glob.ts';
import { byKind } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Environment } from '../environment.ts';
import { anyHolds, everyHolds } from '../undecided.ts';
import { holdsForSomeChoice } from './expression.ts';
import { testValue } from './test.ts';

/**
 * Whether the document satisfies the predicate (kql §4–5, eql §3).
 * @throws {Undecided} when that would go over a limit and the answer depends on it.
 */
export const interpret: (predicate: Predicate, document: JsonObject, env: Environment) => boolean = byKind<
  Predicate,
  boolean,
  [JsonObject, Environment]
>({
  and: (p, go, document, env) => everyHolds(p.args, (arg) => go(arg, document, env)),
  or: (p, go, document, env) => anyHolds(p.args, (arg) => go(arg, document, env)),
  not: (p, go, document, env) => !go(p.arg, document, env),
  some: (p, _, document, env) =>
    fieldValues(document, p.field).some((value) => testValue(p.test, value, env)),
  exists: (p, _, document) => fieldExists(document, p.field),
  nested: (p, go, document, env) =>
    anyHolds(objectsAt(document, p.path), (object) => go(p.arg, scope(p.path, object), env)),
  compute: (p, _, document, env) =>
    holdsForSomeChoice(p.expression, (field) => fieldValues(document, field), env),
});

/** The values that a field has in a document, those of all leaves that match when it is named by a pattern. */
export function fieldValues(document: JsonObject, field: FieldRef): Scalar[] {
  const { path } = field;
  if (typeof path === 'string')
    return field.below === true ? leavesBelow(document, path) : valuesAt(document, path);
  return leaves(document)
    .filter(([name]) => matchesPattern(path, name))
    .map(([, value]) => value);
}

/** Whether the field, or for an object any leaf below it, has a value. */
function fieldExists(document: JsonObject, field: FieldRef): boolean {
  return typeof field.path === 'string'
    ? hasLeaf(document, field.path)
    : fieldValues(document, field).length > 0;
}

/** One object of a nested field as a document of its own in which absolute paths lead to its leaves (kql §4.10). */
export const scope = (path: string, object: JsonObject): JsonObject => ({ [path]: object });
