/** The parts of a date that DATE_EXTRACT gives, in UTC: Java's ChronoField. */
import { dayOfWeek, dayOfYear } from '../../data/date-format.ts';
import { DAY } from '../../data/timespan.ts';

/** Undefined for a part that is none, and for the era of days and months that ISO dates do not have. */
export const extractPart = (part: string, time: number): number | undefined => parts[part]?.(new Date(time));

const millisecondOfDay = (date: Date): number => date.getTime() - Math.floor(date.getTime() / DAY) * DAY;
const week = (day: number): number => Math.floor((day - 1) / 7) + 1;
const placeInWeek = (day: number): number => ((day - 1) % 7) + 1;
/** 12 for the first hour. */
const clock = (hour: number, hours: number): number => (hour % hours === 0 ? hours : hour % hours);

const parts: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  year_of_era: (date) => (date.getUTCFullYear() > 0 ? date.getUTCFullYear() : 1 - date.getUTCFullYear()),
  era: (date) => (date.getUTCFullYear() > 0 ? 1 : 0),
  proleptic_month: (date) => date.getUTCFullYear() * 12 + date.getUTCMonth(),
  month_of_year: (date) => date.getUTCMonth() + 1,
  aligned_week_of_month: (date) => week(date.getUTCDate()),
  aligned_week_of_year: (date) => week(dayOfYear(date)),
  aligned_day_of_week_in_month: (date) => placeInWeek(date.getUTCDate()),
  aligned_day_of_week_in_year: (date) => placeInWeek(dayOfYear(date)),
  day_of_year: dayOfYear,
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: dayOfWeek,
  epoch_day: (date) => Math.floor(date.getTime() / DAY),
  ampm_of_day: (date) => (date.getUTCHours() < 12 ? 0 : 1),
  hour_of_day: (date) => date.getUTCHours(),
  clock_hour_of_day: (date) => clock(date.getUTCHours(), 24),
  hour_of_ampm: (date) => date.getUTCHours() % 12,
  clock_hour_of_ampm: (date) => clock(date.getUTCHours(), 12),
  minute_of_hour: (date) => date.getUTCMinutes(),
  minute_of_day: (date) => Math.floor(millisecondOfDay(date) / 60_000),
  second_of_minute: (date) => date.getUTCSeconds(),
  second_of_day: (date) => Math.floor(millisecondOfDay(date) / 1000),
  instant_seconds: (date) => Math.floor(date.getTime() / 1000),
  offset_seconds: () => 0,
  milli_of_second: (date) => date.getUTCMilliseconds(),
  milli_of_day: millisecondOfDay,
  micro_of_second: (date) => date.getUTCMilliseconds() * 1000,
  micro_of_day: (date) => millisecondOfDay(date) * 1000,
  nano_of_second: (date) => date.getUTCMilliseconds() * 1_000_000,
  nano_of_day: (date) => millisecondOfDay(date) * 1_000_000,
};
