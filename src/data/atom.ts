/** Equality and order of the values of columns, by type (esql §2.1, §2.2). Both values have the type. */
import { compareAddresses, parseAddress } from './address.ts';
import { compareCodePoints } from './code-points.ts';
import type { Atom, ColumnType, ColumnValue, GeoPoint } from './column.ts';
import { compareNumbers } from './order.ts';
import { compareVersions } from './version.ts';

/** Negative, zero or positive: text and addresses by their bytes, versions by their parts, false before true. */
export function compareAtoms(a: Atom, b: Atom, type: ColumnType): number {
  if (a === b) return 0;
  if (type === 'keyword') return compareCodePoints(a as string, b as string);
  if (type === 'ip') return compareIps(a as string, b as string);
  if (type === 'version') return compareVersions(a as string, b as string);
  if (typeof a === 'object' || typeof b === 'object') return compareCodePoints(atomKey(a), atomKey(b));
  return compareNumbers(a as number, b as number);
}

function compareIps(a: string, b: string): number {
  const [left, right] = [parseAddress(a), parseAddress(b)];
  return left === undefined || right === undefined ? compareCodePoints(a, b) : compareAddresses(left, right);
}

/** The same text for equal values of one type. */
export function atomKey(atom: Atom): string {
  if (typeof atom !== 'object') return String(atom);
  return 'lat' in atom ? `${(atom as GeoPoint).lat} ${(atom as GeoPoint).lon}` : JSON.stringify(atom);
}

/** The values, none for null. */
export const atomsOf = (value: ColumnValue): readonly Atom[] =>
  value === null ? [] : isMulti(value) ? value : [value];

export const isMulti = (value: ColumnValue | undefined): value is readonly Atom[] => Array.isArray(value);

/** No value is null, one is itself. */
export const columnValue = (atoms: readonly Atom[]): ColumnValue =>
  atoms.length > 1 ? atoms : (atoms[0] ?? null);

/** The first of each set of equal values, in order. */
export function distinctAtoms(atoms: readonly Atom[]): Atom[] {
  const byKey = new Map<string, Atom>();
  for (const atom of atoms) {
    const key = atomKey(atom);
    if (!byKey.has(key)) byKey.set(key, atom);
  }
  return [...byKey.values()];
}
