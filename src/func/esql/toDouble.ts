import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toDouble = scalar({
  name: 'TO_DOUBLE',
  aliases: ['TO_DBL'],
  category: 'conversion',
  summary: 'The value as a double; null when it is no number.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('double'),
  examples: [
    { call: 'TO_DOUBLE("1.5")', gives: 1.5 },
    { call: 'TO_DOUBLE(["1", "x", "2"])', gives: [1, 2] },
    { call: 'TO_DOUBLE("x")', gives: null },
  ],
});
