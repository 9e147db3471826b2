/** Dates and spans of time: milliseconds since the epoch, UTC (esql §2.6). */
import type { Timespan } from './column.ts';
import { daysInMonth, utc } from './date.ts';

export const DAY = 86_400_000;

/** The most that a date can be, on either side of the epoch. */
const FURTHEST = 8.64e15;

/** Months first, then days, then the rest; a day that the month does not have becomes its last one. */
export function addSpan(time: number, span: Timespan, sign: 1 | -1 = 1): number | undefined {
  const moved = addMonths(time, sign * span.months) + sign * (span.days * DAY + span.milliseconds);
  return Math.abs(moved) <= FURTHEST ? moved : undefined;
}

function addMonths(time: number, count: number): number {
  if (count === 0) return time;
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count;
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month));
  return utc(year, month, day) + (time - Math.floor(time / DAY) * DAY);
}

/** Weeks begin on Monday, and the epoch was a Thursday. */
const WEEK_SHIFT = 3 * DAY;

/**
 * The start of the stretch that the time lies in: lengths count from the epoch, days too; whole weeks from Mondays,
 * months from January of the year 0.
 */
export function truncateTo(time: number, { months, days, milliseconds }: Timespan): number {
  if (months > 0) return truncateToMonths(time, months);
  if (days > 0 && days % 7 === 0)
    return Math.floor((time + WEEK_SHIFT) / (days * DAY)) * days * DAY - WEEK_SHIFT;
  const length = days * DAY + milliseconds;
  return Math.floor(time / length) * length;
}

function truncateToMonths(time: number, months: number): number {
  const date = new Date(time);
  const count = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const start = Math.floor(count / months) * months;
  return utc(Math.floor(start / 12), ((start % 12) + 12) % 12, 1);
}

/** Whole months from one moment to another, cut off toward zero. */
export function monthsBetween(start: number, end: number): number {
  if (end < start) return -monthsBetween(end, start) || 0;
  const [from, to] = [new Date(start), new Date(end)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const timeInMonth = (date: Date): number =>
    date.getTime() - utc(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return timeInMonth(to) < timeInMonth(from) ? months - 1 : months;
}
