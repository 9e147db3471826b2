import { numberOrLost } from './calls.ts';
import { numberSum } from './number-sum.ts';
import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const sum = aggregate({
  name: 'SUM',
  category: 'aggregate',
  summary: 'The sum: a long of whole numbers, else a double. Null when there is no number.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: ([type]) => (type === 'double' ? 'double' : 'long'),
  prepare: ({ types: [type] }) =>
    numberSum(type === 'double', (sum, context, count) =>
      count === 0 ? null : numberOrLost(sum, type === 'double' ? 'double' : 'long', context),
    ),
  examples: [
    { call: 'SUM(x)', rows: [[1], [[2, 3]], [null]], gives: 6 },
    { call: 'SUM(x)', rows: [[0.1], [0.2], [-0.1]], gives: 0.2 },
    { call: 'SUM(x)', rows: [[9223372036854775807n], [1]], gives: null },
    { call: 'SUM(x)', rows: [], gives: null },
  ],
});
