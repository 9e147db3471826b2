import { atomKey, atomsOf, columnValue, distinctAtoms } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvIntersection = scalar({
  name: 'MV_INTERSECTION',
  category: 'list',
  summary: 'The values that are in both; null when there is none.',
  parameters: [
    { name: 'left', types: ANY, same: true, doc: 'The one multi-value.' },
    { name: 'right', types: ANY, same: true, doc: 'The other.' },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([left = null, right = null]) => {
      const keys = new Set(atomsOf(right).map(atomKey));
      return columnValue(distinctAtoms(atomsOf(left).filter((value) => keys.has(atomKey(value)))));
    },
  examples: [
    { call: 'MV_INTERSECTION(["a", "b", "c"], ["c", "a"])', gives: ['a', 'c'] },
    { call: 'MV_INTERSECTION("a", ["a", "b"])', gives: 'a' },
    { call: 'MV_INTERSECTION("a", "b")', gives: null },
    { call: 'MV_INTERSECTION(null, "b")', gives: null },
  ],
});
