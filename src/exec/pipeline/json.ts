/** Values of columns as a document holds them. */
import { atomsOf } from '../../data/atom.ts';
import type { Atom, ColumnType, ColumnValue } from '../../data/column.ts';
import { isoDate } from '../../data/date-format.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';

/** Dates as ISO texts, whole numbers with all their digits; undefined for null. */
export function jsonOf(value: ColumnValue, type: ColumnType): JsonValue | undefined {
  const atoms = atomsOf(value).map((atom) => jsonAtom(atom, type));
  return atoms.length > 1 ? atoms : atoms[0];
}

function jsonAtom(atom: Atom, type: ColumnType): JsonValue {
  if (type === 'datetime') return isoDate(Number(atom));
  return typeof atom === 'bigint'
    ? new Numeral(String(atom))
    : (atom as JsonObject | string | number | boolean);
}
