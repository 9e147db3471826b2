import { percentileOf } from './percentile-of.ts';
import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const percentile = aggregate({
  name: 'PERCENTILE',
  category: 'aggregate',
  summary: 'The number below which so many percent of them lie, interpolated.',
  parameters: [
    { name: 'number', types: NUMERIC, doc: 'The numbers.' },
    {
      name: 'percentile',
      types: NUMERIC,
      constant: true,
      mistake: (share) =>
        Number(share) >= 0 && Number(share) <= 100 ? undefined : 'is not between 0 and 100',
      doc: 'From 0 to 100.',
    },
  ],
  returns: 'double',
  prepare: ({ constants: [, share] }) => percentileOf(Number(share)),
  examples: [
    { call: 'PERCENTILE(x, 25)', rows: [[1], [2], [3], [4], [5]], gives: 2 },
    { call: 'PERCENTILE(x, 90)', rows: [[1], [2]], gives: 1.9 },
    { call: 'PERCENTILE(x, 50)', rows: [], gives: null },
  ],
});
