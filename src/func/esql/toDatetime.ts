import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toDatetime = scalar({
  name: 'TO_DATETIME',
  aliases: ['TO_DT'],
  category: 'conversion',
  summary: 'The date that a text in ISO 8601 or a number of milliseconds means.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'datetime'], doc: 'The value.' }],
  returns: 'datetime',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('datetime'),
  examples: [
    { call: 'TO_DATETIME("2026-01-31T08:05:00Z")', gives: Date.UTC(2026, 0, 31, 8, 5) },
    { call: 'TO_DATETIME(1000)', gives: 1000 },
    { call: 'TO_DATETIME("soon")', gives: null },
  ],
});
