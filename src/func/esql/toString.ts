import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const toString = scalar({
  name: 'TO_STRING',
  aliases: ['TO_STR'],
  category: 'conversion',
  summary: 'The value as text: dates in ISO 8601, doubles with a fraction.',
  parameters: [{ name: 'value', types: ANY, doc: 'The value.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('keyword'),
  examples: [
    { call: 'TO_STRING(1.0)', gives: '1.0' },
    { call: 'TO_STRING([1, 2])', gives: ['1', '2'] },
    { call: 'TO_STRING(TO_DATETIME(0))', gives: '1970-01-01T00:00:00.000Z' },
    { call: 'TO_STRING(null)', gives: null },
  ],
});
