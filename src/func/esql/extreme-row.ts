/** FIRST and LAST: the value of the row whose sort value is least or greatest (esql §2.4). */
import { atomsOf, columnValue } from '../../data/atom.ts';
import type { ColumnType } from '../../data/column.ts';
import type { Accumulator } from './define.ts';
import type { Stored } from './partials.ts';
import { better, restore, store, storeValue } from './partials.ts';

interface Row {
  readonly sort: Stored | null;
  readonly value: readonly Stored[];
}

/**
 * Null before the first row. Of equal sort values the first row stays for FIRST and the last one for LAST; a row
 * without one stays only when no row has one.
 */
export function extremeRow(type: ColumnType, sign: 1 | -1): Accumulator<Row | null> {
  const choose = (left: Row | null, right: Row | null): Row | null => {
    if (left === null || right === null) return left ?? right;
    if (right.sort === null) return left;
    if (left.sort === null) return right;
    return sign === 1
      ? better(left.sort, right.sort, type, 1) === left.sort
        ? left
        : right
      : better(right.sort, left.sort, type, -1) === right.sort
        ? right
        : left;
  };
  return {
    empty: () => null,
    add: (partial, [value = null, sort = null]) =>
      choose(partial, {
        value: storeValue(value),
        sort: atomsOf(sort).reduce<Stored | null>(
          (best, atom) => better(best, store(atom), type, sign),
          null,
        ),
      }),
    merge: choose,
    finish: (partial) => (partial === null ? null : columnValue(partial.value.map(restore))),
    size: (partial) => partial?.value.length ?? 0,
  };
}
