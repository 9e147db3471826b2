import { numberOrLost } from './calls.ts';
import { atomsOf } from '../../data/atom.ts';
import { exactSum } from '../../data/exact-sum.ts';
import type { Whole } from '../../data/whole.ts';
import { addWhole } from './partials.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const mvAvg = scalar({
  name: 'MV_AVG',
  category: 'list',
  summary: 'The mean of the values.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The multi-value.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'own',
  prepare:
    ({ types: [type] }) =>
    ([value], context) => {
      const numbers = atomsOf(value ?? null) as Whole[];
      const sum =
        type === 'double' ? exactSum(numbers.map(Number)) : Number(numbers.reduce<Whole>(addWhole, 0));
      return numberOrLost(sum / numbers.length, 'double', context);
    },
  examples: [
    { call: 'MV_AVG([1, 2, 4, 5])', gives: 3 },
    { call: 'MV_AVG(1.5)', gives: 1.5 },
    { call: 'MV_AVG(null)', gives: null },
  ],
});
