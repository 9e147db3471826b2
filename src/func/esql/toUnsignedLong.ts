import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toUnsignedLong = scalar({
  name: 'TO_UNSIGNED_LONG',
  aliases: ['TO_UL', 'TO_ULONG'],
  category: 'conversion',
  summary: 'The value as a whole number of 64 bits without a sign.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'unsigned_long',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('unsigned_long'),
  examples: [
    { call: 'TO_UNSIGNED_LONG("18446744073709551615")', gives: 18446744073709551615n },
    { call: 'TO_UNSIGNED_LONG(-1)', gives: null },
  ],
});
