import { numberOrLost } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const sqrt = scalar({
  name: 'SQRT',
  category: 'number',
  summary: 'The square root; null of a negative number.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The number.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([number], context) =>
      numberOrLost(Math.sqrt(Number(number)), 'double', context),
  examples: [
    { call: 'SQRT(9)', gives: 3 },
    { call: 'SQRT(2.25)', gives: 1.5 },
    { call: 'SQRT(-1)', gives: null },
  ],
});
