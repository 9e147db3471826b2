/**
 * The keys that tie events together. A field with several values gives a key for each of them, several such fields one
 * for each combination; every value counts once (eql §6.1, engine A5.4, A5.5). Values are compared as text, exactly.
 */
import type { Documented } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import { isPlain, toldReader } from '../../exec/field-reader.ts';
import type { KeyPart } from '../../plan/plan.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';

/** One value for each part; null for an optional field that is missing. */
export type KeyValues = readonly (string | null)[];

/** The text under which memory is kept: the same for equal values, and readable again. */
export const keyText = (values: KeyValues): string => JSON.stringify(values);
export const keyValues = (key: string): KeyValues => JSON.parse(key) as KeyValues;

/** A field by its path, as keys outside of EQL name it. */
export const requiredField = (name: string): KeyPart => ({ field: { name, path: name }, optional: false });

/** The paths of fields that may all be told without a document; undefined when some may not. */
export const plainPaths = (fields: readonly FieldRef[]): readonly string[] | undefined =>
  fields.every(isPlain) ? fields.map(({ path }) => path as string) : undefined;

/** The different values of a field as text, in document order. */
export type ValuesReader = (event: Documented) => readonly string[];

export function valuesReader(field: FieldRef): ValuesReader {
  const read = toldReader(field);
  return (event) => {
    const values = read(event);
    const [only] = values;
    return values.length === 1 && only !== undefined ? [textOf(only)] : [...new Set(values.map(textOf))];
  };
}

/** Every key of an event; none when a field that is not optional is missing. */
export type KeyReader = (event: Documented, onEviction: OnEviction) => readonly string[];

export function keyReader(parts: readonly KeyPart[]): KeyReader {
  const readers = parts.map(({ field, optional }) => ({ read: valuesReader(field), optional }));
  return (event, onEviction) => {
    const choices: (readonly (string | null)[])[] = [];
    for (const { read, optional } of readers) {
      const values = read(event);
      if (values.length === 0 && !optional) return [];
      choices.push(values.length === 0 ? [null] : values);
    }
    return combinations(choices, onEviction).map(keyText);
  };
}

/** The cartesian product, the last part changing fastest; beyond `limits.keyCombinations` it ends, and says so. */
function combinations<T>(choices: readonly (readonly T[])[], onEviction: OnEviction): T[][] {
  if (choices.every(({ length }) => length === 1)) return [choices.map(([only]) => only as T)];
  let found: T[][] = [[]];
  for (const values of choices) {
    found = found.flatMap((before) => values.map((value) => [...before, value]));
    if (found.length > limits.keyCombinations) {
      onEviction('keyCombinations');
      found = found.slice(0, limits.keyCombinations);
    }
  }
  return found;
}
