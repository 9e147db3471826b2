import { DAY, monthsBetween } from '../../data/timespan.ts';
import { lost, numberOrLost } from './calls.ts';
import type { DateUnit } from './date-words.ts';
import { DATE_UNITS, dateUnit } from './date-words.ts';
import { scalar } from './define.ts';
import { DATE, TEXT } from './types.ts';

export const dateDiff = scalar({
  name: 'DATE_DIFF',
  category: 'date',
  summary: 'Whole units from start to end, cut off toward zero, negative when end is before start.',
  parameters: [
    { name: 'unit', types: TEXT, oneOf: DATE_UNITS, doc: 'The unit.' },
    { name: 'start', types: DATE, doc: 'From here.' },
    { name: 'end', types: DATE, doc: 'To here.' },
  ],
  returns: 'integer',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([word, start, end], context) => {
      const unit = dateUnit(String(word));
      if (unit === undefined) return lost('convFail', context);
      return numberOrLost(wholeUnits(unit, Number(start), Number(end)), 'integer', context);
    },
  examples: [
    { call: 'DATE_DIFF("minutes", "2026-01-01T00:00:59Z", "2026-01-01T00:01:00Z")', gives: 0 },
    { call: 'DATE_DIFF("days", "2026-01-03T00:00:00Z", "2026-01-01T12:00:00Z")', gives: -1 },
    { call: 'DATE_DIFF("months", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z")', gives: 2 },
    { call: 'DATE_DIFF("milliseconds", "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z")', gives: null },
  ],
});

/** Milliseconds in a unit of fixed length. */
const lengths: Readonly<Partial<Record<DateUnit, number>>> = {
  nanosecond: 1e-6,
  microsecond: 1e-3,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY,
  dayofyear: DAY,
  weekday: DAY,
  week: 7 * DAY,
};
const months: Readonly<Partial<Record<DateUnit, number>>> = { month: 1, quarter: 3, year: 12 };

function wholeUnits(unit: DateUnit, start: number, end: number): number {
  const count = months[unit];
  if (count !== undefined) return Math.trunc(monthsBetween(start, end) / count) + 0;
  const length = lengths[unit] ?? 1;
  return (length < 1 ? (end - start) * Math.round(1 / length) : Math.trunc((end - start) / length)) + 0;
}
