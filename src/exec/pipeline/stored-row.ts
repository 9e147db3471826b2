/** Rows between the prefix of a pipeline and the rest, as plain JSON: what is kept for a look-back, and stored. */
import { isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue } from '../../data/column.ts';

/** A whole number beyond 2^53 as text; objects in a wrapping of their own, so that none is taken for one. */
type StoredAtom = string | number | boolean | { readonly integer: string } | { readonly object: Atom };
type StoredValue = StoredAtom | null | readonly StoredAtom[];

/** The values of the columns that are read behind the prefix, in the order of the pipeline's layout. */
export type StoredRow = readonly StoredValue[];

/** Mostly the values themselves, which must not be changed any more. */
export const storeRow = (values: readonly (ColumnValue | undefined)[]): StoredRow =>
  areAll(values, isPlain) ? (values as StoredRow) : values.map((value) => storeValue(value ?? null));

/** The same the other way: a row to be read. */
export const restoreRow = (stored: StoredRow): ColumnValue[] =>
  areAll(stored, isPlain) ? (stored as ColumnValue[]) : stored.map(restoreValue);

/** Rows are short and many: asked one by one this takes half of the time of `every`. */
function areAll<T>(items: readonly T[], fits: (item: T) => boolean): boolean {
  for (let i = 0; i < items.length; i++) if (!fits(items[i] as T)) return false;
  return true;
}

/** Whether the value is stored as it is. */
function isPlain(value: ColumnValue | StoredValue | undefined): boolean {
  if (typeof value !== 'object') return value !== undefined && typeof value !== 'bigint';
  return value === null || (Array.isArray(value) && areAll(value, isPlainAtom));
}

const isPlainAtom = (atom: unknown): boolean => typeof atom !== 'object' && typeof atom !== 'bigint';

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
