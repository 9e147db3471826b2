/** Groups of column types that parameters take. */
import type { ColumnType } from '../../data/column.ts';

export const TEXT: readonly ColumnType[] = ['keyword'];
export const WHOLE: readonly ColumnType[] = ['integer', 'long', 'unsigned_long'];
export const NUMERIC: readonly ColumnType[] = [...WHOLE, 'double'];
export const DATE: readonly ColumnType[] = ['datetime'];
export const SPAN: readonly ColumnType[] = ['date_period', 'time_duration'];
/** Types that have an order, and those that a multi-value may have without one. */
export const ORDERED: readonly ColumnType[] = [...NUMERIC, 'keyword', 'boolean', 'datetime', 'ip', 'version'];
export const ANY: readonly ColumnType[] = [...ORDERED, 'geo_point'];

/** The type that holds the values of both: of numbers the wider one; undefined when there is none. */
export function commonType(left: ColumnType, right: ColumnType): ColumnType | undefined {
  if (left === right || right === 'null') return left;
  if (left === 'null') return right;
  const [a, b] = [NUMERIC.indexOf(left), NUMERIC.indexOf(right)];
  return a === -1 || b === -1 ? undefined : widerNumber(left, right);
}

/** A long beside an unsigned long has no common whole type. */
function widerNumber(left: ColumnType, right: ColumnType): ColumnType {
  const pair = [left, right];
  if (pair.includes('double')) return 'double';
  if (pair.includes('unsigned_long')) return 'unsigned_long';
  return 'long';
}
