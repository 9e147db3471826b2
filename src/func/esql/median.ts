import { percentileOf } from './percentile-of.ts';
import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const median = aggregate({
  name: 'MEDIAN',
  category: 'aggregate',
  summary: 'The number in the middle, or the mean of the two in the middle.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  prepare: () => percentileOf(50),
  examples: [
    { call: 'MEDIAN(x)', rows: [[1], [[4, 2]], [null], [3]], gives: 2.5 },
    { call: 'MEDIAN(x)', rows: [[3]], gives: 3 },
    { call: 'MEDIAN(x)', rows: [], gives: null },
  ],
});
