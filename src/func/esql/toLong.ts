import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toLong = scalar({
  name: 'TO_LONG',
  category: 'conversion',
  summary: 'The value as a whole number of 64 bits; milliseconds of a date.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'long',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('long'),
  examples: [
    { call: 'TO_LONG("9223372036854775807")', gives: 9223372036854775807n },
    { call: 'TO_LONG(1.5)', gives: 2 },
    { call: 'TO_LONG("x")', gives: null },
  ],
});
