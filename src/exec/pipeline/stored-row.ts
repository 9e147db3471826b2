/** Rows between the prefix of a pipeline and the rest, as plain JSON: what is kept for a look-back, and stored. */
import { isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue } from '../../data/column.ts';

/** A whole number beyond 2^53 as text; objects in a wrapping of their own, so that none is taken for one. */
type StoredAtom = string | number | boolean | { readonly integer: string } | { readonly object: Atom };
type StoredValue = StoredAtom | null | readonly StoredAtom[];

/** The values of the columns that are read behind the prefix, in the order of the pipeline's layout. */
export type StoredRow = readonly StoredValue[];

export const storeRow = (values: readonly (ColumnValue | undefined)[]): StoredRow =>
  values.map((value) => storeValue(value ?? null));

export const restoreRow = (stored: StoredRow): ColumnValue[] => stored.map(restoreValue);

const storeValue = (value: ColumnValue): StoredValue =>
  value === null ? null : isMulti(value) ? value.map(storeAtom) : storeAtom(value);

function storeAtom(atom: Atom): StoredAtom {
  if (typeof atom === 'bigint') return { integer: String(atom) };
  return typeof atom === 'object' ? { object: atom } : atom;
}

const restoreValue = (value: StoredValue): ColumnValue =>
  value === null ? null : isList(value) ? value.map(restoreAtom) : restoreAtom(value);

const isList = (value: StoredValue): value is readonly StoredAtom[] => Array.isArray(value);

function restoreAtom(atom: StoredAtom): Atom {
  if (typeof atom !== 'object') return atom;
  return 'integer' in atom ? BigInt(atom.integer) : atom.object;
}
