/** Values inside the partials of aggregates, which are plain JSON. */
import { atomsOf, atomKey, compareAtoms } from '../../data/atom.ts';
import type { Atom, ColumnType, ColumnValue } from '../../data/column.ts';
import type { Whole } from '../../data/whole.ts';
import { wholeOf } from '../../data/whole.ts';

/** A value; a whole number beyond 2^53 as text. */
export type Stored = Exclude<Atom, bigint> | { readonly integer: string };

export const store = (atom: Atom): Stored => (typeof atom === 'bigint' ? { integer: String(atom) } : atom);

export const restore = (stored: Stored): Atom =>
  typeof stored === 'object' && 'integer' in stored ? BigInt(stored.integer as string) : (stored as Atom);

export const storeValue = (value: ColumnValue): readonly Stored[] => atomsOf(value).map(store);

/** Distinct values in the order in which they came. The sign keeps keys from being names of the runtime, or numbers. */
export type StoredSet = Record<string, Stored>;

export const keyOf = (atom: Atom): string => `=${atomKey(atom)}`;

/** Whether the value is new. */
export function addTo(set: StoredSet, atom: Atom): boolean {
  const key = keyOf(atom);
  if (Object.hasOwn(set, key)) return false;
  set[key] = store(atom);
  return true;
}

/** The one that comes first in the order, or with -1 last; the left one of equals. */
export function better(
  left: Stored | null,
  right: Stored | null,
  type: ColumnType,
  sign: 1 | -1,
): Stored | null {
  if (left === null || right === null) return left ?? right;
  return sign * compareAtoms(restore(right), restore(left), type) < 0 ? right : left;
}

/** An exact sum; fast where numbers are small. */
export function addWhole(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return wholeOf(BigInt(a) + BigInt(b));
}
