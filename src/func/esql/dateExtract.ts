import { lost } from './calls.ts';
import { extractPart } from './date-parts.ts';
import { DATE_PARTS } from './date-words.ts';
import { scalar } from './define.ts';
import { DATE, TEXT } from './types.ts';

export const dateExtract = scalar({
  name: 'DATE_EXTRACT',
  category: 'date',
  summary: 'One part of a date, in UTC.',
  parameters: [
    { name: 'part', types: TEXT, oneOf: DATE_PARTS, doc: 'The part, such as `"hour_of_day"`.' },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'long',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([part, date], context) =>
      extractPart(String(part).toLowerCase(), Number(date)) ?? lost('convFail', context),
  examples: [
    { call: 'DATE_EXTRACT("hour_of_day", "2026-01-31T08:05:09.123Z")', gives: 8 },
    { call: 'DATE_EXTRACT("day_of_week", "2026-01-31T08:05:09.123Z")', gives: 6 },
    { call: 'DATE_EXTRACT("DAY_OF_YEAR", "2026-01-31T08:05:09.123Z")', gives: 31 },
    { call: 'DATE_EXTRACT("epoch_day", "1970-01-02T00:00:00Z")', gives: 1 },
    { call: 'DATE_EXTRACT("year", null)', gives: null },
  ],
});
