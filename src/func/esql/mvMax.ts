import { atomsOf, compareAtoms } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const mvMax = scalar({
  name: 'MV_MAX',
  category: 'list',
  summary: 'The greatest value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    ({ returns }) =>
    ([value]) =>
      atomsOf(value ?? null).reduce((best, next) => (compareAtoms(next, best, returns) > 0 ? next : best)),
  examples: [
    { call: 'MV_MAX([2, 3, 1])', gives: 3 },
    { call: 'MV_MAX(["b", "a"])', gives: 'b' },
    { call: 'MV_MAX(null)', gives: null },
  ],
});
