/**
 * Dates as a date field reads them: `strict_date_optional_time||epoch_millis` (kql §4.8). Times are milliseconds
 * since the epoch, UTC; finer digits are read and dropped.
 */
import type { Scalar } from './document.ts';
import { numberOf } from './scalar.ts';

/** How exactly a text names a moment. */
export type Precision = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

export interface Moment {
  readonly milliseconds: number;
  readonly precision: Precision;
}

/** ISO texts, dates without a time, milliseconds since the epoch as a number or as digits; undefined for the rest. */
export function parseDate(value: Scalar): number | undefined {
  if (typeof value === 'boolean') return undefined;
  if (typeof value !== 'string') return inRange(Number(numberOf(value)));
  return parseMoment(value)?.milliseconds;
}

/** The moment that a text names, with parts that it leaves out at their least. Four digits alone are a year. */
export function parseMoment(text: string): Moment | undefined {
  if (!/^(-\d+|\d{1,3}|\d{5,})$/.test(text)) return parseIso(text);
  const milliseconds = inRange(Number(text));
  return milliseconds === undefined ? undefined : { milliseconds, precision: 'millisecond' };
}

/** What stands before the month, day, hour, minute and second. */
const MARKS = '--T::';
const precisions: readonly Precision[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];

function parseIso(text: string): Moment | undefined {
  const parts = [readDigits(text, 0, 4), 1, 1, 0, 0, 0];
  let last = 0;
  let at = 4;
  while (last < MARKS.length && text[at] === MARKS[last]) {
    const part = readDigits(text, at + 1, 2);
    if (part === -1) break;
    parts[++last] = part;
    at += 3;
  }
  const fraction = last === 5 ? fractionAt(text, at) : NO_FRACTION;
  const hasTime = last > 2 || (last === 2 && text[at] === 'T');
  at += last === 2 && hasTime ? 1 : fraction.length;
  const offset = hasTime ? zoneOffset(text.slice(at)) : at === text.length ? 0 : undefined;
  const local = localTime(parts);
  if (offset === undefined || local === undefined) return undefined;
  const precision = fraction.length > 0 ? 'millisecond' : (precisions[last] ?? 'second');
  return { milliseconds: local + fraction.milliseconds - offset, precision };
}

/** The parts as if they were UTC; undefined when one of them is out of its range. */
function localTime(parts: readonly number[]): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  if (year === -1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1))
    return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return utc(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The number that so many digits write at a place; -1 when there are other characters or too few. */
function readDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const NO_FRACTION = { milliseconds: 0, length: 0 };

/** A point or comma and one to nine digits; more digits are left for the zone to stumble over. */
function fractionAt(text: string, at: number): { readonly milliseconds: number; readonly length: number } {
  if (text[at] !== '.' && text[at] !== ',') return NO_FRACTION;
  let count = 0;
  while (count < 9 && readDigits(text, at + 1 + count, 1) !== -1) count++;
  if (count === 0) return NO_FRACTION;
  const shown = Math.min(count, 3);
  return { milliseconds: readDigits(text, at + 1, shown) * 10 ** (3 - shown), length: count + 1 };
}

const ZONE = /^([+-])(\d\d)(?::?(\d\d))?$/;

/** Milliseconds that local time is ahead of UTC. */
function zoneOffset(zone: string): number | undefined {
  if (zone === '' || zone === 'Z') return 0;
  const [, sign, hours, minutes = '0'] = ZONE.exec(zone) ?? [];
  if (sign === undefined || Number(hours) > 18 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Midnight of a day, the month counted from 0. `Date.UTC` alone would take the years 0 to 99 for 1900 to 1999. */
export const utc = (year: number, month: number, day: number): number =>
  year > 99 ? Date.UTC(year, month, day) : new Date(0).setUTCFullYear(year, month, day);

/** The month counts from 0. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 1) return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** The most that JavaScript's dates can hold, in milliseconds on either side of the epoch. */
const FURTHEST = 8.64e15;

const inRange = (milliseconds: number): number | undefined =>
  Math.abs(milliseconds) <= FURTHEST ? Math.trunc(milliseconds) : undefined;
