import type { Timespan } from '../../data/column.ts';
import { truncateTo } from '../../data/timespan.ts';
import { scalar } from './define.ts';
import { DATE, SPAN } from './types.ts';

export const dateTrunc = scalar({
  name: 'DATE_TRUNC',
  category: 'date',
  summary: 'The date rounded down, in UTC.',
  parameters: [
    {
      name: 'interval',
      types: SPAN,
      constant: true,
      doc: 'What it is rounded down to: a calendar unit, or a length of time counted from the epoch.',
    },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'datetime',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([interval, date]) =>
      truncateTo(Number(date), interval as Timespan),
  examples: [
    { call: 'DATE_TRUNC(1 hour, "2026-01-31T08:05:09.123Z")', gives: Date.UTC(2026, 0, 31, 8) },
    { call: 'DATE_TRUNC(1 month, "2026-01-31T08:05:09.123Z")', gives: Date.UTC(2026, 0, 1) },
    { call: 'DATE_TRUNC(1 week, "2026-01-31T08:05:09.123Z")', gives: Date.UTC(2026, 0, 26) },
    { call: 'DATE_TRUNC(1 day, null)', gives: null },
  ],
});
