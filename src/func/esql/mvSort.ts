import { atomsOf, columnValue, compareAtoms } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ORDERED, TEXT } from './types.ts';

export const mvSort = scalar({
  name: 'MV_SORT',
  category: 'list',
  summary: 'The values in order.',
  parameters: [
    { name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' },
    {
      name: 'order',
      types: TEXT,
      optional: true,
      constant: true,
      oneOf: ['asc', 'desc'],
      doc: '`"ASC"` or `"DESC"`.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare: ({ returns, constants: [, order = 'asc'] }) => {
    const sign = String(order).toLowerCase() === 'desc' ? -1 : 1;
    return ([value = null]) =>
      columnValue(atomsOf(value).toSorted((a, b) => sign * compareAtoms(a, b, returns)));
  },
  examples: [
    { call: 'MV_SORT([2, 1, 2])', gives: [1, 2, 2] },
    { call: 'MV_SORT(["a", "B"], "DESC")', gives: ['a', 'B'] },
    { call: 'MV_SORT(null)', gives: null },
  ],
});
