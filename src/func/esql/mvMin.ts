import { atomsOf, compareAtoms } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const mvMin = scalar({
  name: 'MV_MIN',
  category: 'list',
  summary: 'The least value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    ({ returns }) =>
    ([value]) =>
      atomsOf(value ?? null).reduce((best, next) => (compareAtoms(next, best, returns) < 0 ? next : best)),
  examples: [
    { call: 'MV_MIN([2, 3, 1])', gives: 1 },
    { call: 'MV_MIN(["b", "a"])', gives: 'a' },
    { call: 'MV_MIN(null)', gives: null },
  ],
});
