import { numberOrLost } from './calls.ts';
import { numberSum } from './number-sum.ts';
import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const avg = aggregate({
  name: 'AVG',
  category: 'aggregate',
  summary: 'The mean of the numbers.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  prepare: ({ types: [type] }) =>
    numberSum(type === 'double', (sum, context, count) =>
      count === 0 ? null : numberOrLost(Number(sum) / count, 'double', context),
    ),
  examples: [
    { call: 'AVG(x)', rows: [[1], [[2, 3]], [null]], gives: 2 },
    { call: 'AVG(x)', rows: [[1.5], [2.5]], gives: 2 },
    { call: 'AVG(x)', rows: [], gives: null },
  ],
});
