import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toInteger = scalar({
  name: 'TO_INTEGER',
  aliases: ['TO_INT'],
  category: 'conversion',
  summary: 'The value as a whole number of 32 bits; null when it does not fit.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'integer',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('integer'),
  examples: [
    { call: 'TO_INTEGER("2.6")', gives: 3 },
    { call: 'TO_INTEGER(true)', gives: 1 },
    { call: 'TO_INTEGER(2147483648)', gives: null },
    { call: 'TO_INTEGER("x")', gives: null },
  ],
});
