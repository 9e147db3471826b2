import { numberOrLost } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const pow = scalar({
  name: 'POW',
  category: 'number',
  summary: 'The base to the power of the exponent.',
  parameters: [
    { name: 'base', types: NUMERIC, doc: 'The base.' },
    { name: 'exponent', types: NUMERIC, doc: 'The exponent.' },
  ],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([base, exponent], context) =>
      numberOrLost(Number(base) ** Number(exponent), 'double', context),
  examples: [
    { call: 'POW(2, 10)', gives: 1024 },
    { call: 'POW(4, 0.5)', gives: 2 },
    { call: 'POW(10, 400)', gives: null },
    { call: 'POW(-1, 0.5)', gives: null },
  ],
});
