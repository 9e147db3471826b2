import { atomsOf } from '../../data/atom.ts';
import { exactSum } from '../../data/exact-sum.ts';
import type { Whole } from '../../data/whole.ts';
import { numberOrLost } from './calls.ts';
import { addWhole } from './partials.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const mvSum = scalar({
  name: 'MV_SUM',
  category: 'list',
  summary: 'The sum of the values.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    ({ returns }) =>
    ([value = null], context) => {
      const numbers = atomsOf(value) as Whole[];
      const sum = returns === 'double' ? exactSum(numbers.map(Number)) : numbers.reduce<Whole>(addWhole, 0);
      return numberOrLost(sum, returns, context);
    },
  examples: [
    { call: 'MV_SUM([1, 2, 3])', gives: 6 },
    { call: 'MV_SUM([0.1, 0.2, -0.1])', gives: 0.2 },
    { call: 'MV_SUM([2147483647, 1])', gives: null },
    { call: 'MV_SUM(null)', gives: null },
  ],
});
