import { numberOrLost } from './calls.ts';
import type { Whole } from '../../data/whole.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const abs = scalar({
  name: 'ABS',
  category: 'number',
  summary: 'The number without its sign.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The number.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    ({ returns }) =>
    ([value], context) => {
      const number = value as Whole;
      return numberOrLost(number < 0 ? -number : number, returns, context);
    },
  examples: [
    { call: 'ABS(-1.5)', gives: 1.5 },
    { call: 'ABS(-3)', gives: 3 },
    { call: 'ABS(-9223372036854775808)', gives: null },
    { call: 'ABS(null)', gives: null },
  ],
});
