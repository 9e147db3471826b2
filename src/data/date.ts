/**
 * Dates as a date field reads them: `strict_date_optional_time||epoch_millis` (kql §4.8). Times are milliseconds
 * since the epoch, UTC; finer digits are read and dropped.
 */
import type { Scalar } from './document.ts';
import { numberOf, textOf } from './scalar.ts';

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
  return parseMoment(textOf(value))?.milliseconds;
}

/** The moment that a text names, with parts that it leaves out at their least. Four digits alone are a year. */
export function parseMoment(text: string): Moment | undefined {
  if (/^(-\d+|\d{1,3}|\d{5,})$/.test(text)) {
    const milliseconds = inRange(Number(text));
    return milliseconds === undefined ? undefined : { milliseconds, precision: 'millisecond' };
  }
  const parts = ISO.exec(text)?.groups;
  return parts === undefined ? undefined : momentOf(parts);
}

const ISO = new RegExp(
  [
    String.raw`^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)`,
    String.raw`(?:T(?:(?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?)?`,
    String.raw`(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?)?$`,
  ].join(''),
);

function momentOf(parts: Readonly<Record<string, string | undefined>>): Moment | undefined {
  const [year, month, day] = [Number(parts.year), Number(parts.month ?? 1), Number(parts.day ?? 1)];
  const [hour, minute, second] = [
    Number(parts.hour ?? 0),
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = zoneOffset(parts.zone);
  if (offset === undefined) return undefined;
  const fraction = Number((parts.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const local = utc(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  return { milliseconds: local - offset, precision: precisionOf(parts) };
}

function precisionOf(parts: Readonly<Record<string, string | undefined>>): Precision {
  if (parts.fraction !== undefined) return 'millisecond';
  return (
    (['second', 'minute', 'hour', 'day', 'month'] as const).find((p) => parts[p] !== undefined) ?? 'year'
  );
}

/** Milliseconds that local time is ahead of UTC. */
function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `Date.UTC` without its mapping of years 0–99 to the twentieth century; the month counts from 0. */
export function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** The month counts from 0. */
export const daysInMonth = (year: number, month: number): number =>
  new Date(utc(year, month + 1, 0)).getUTCDate();

/** The most that JavaScript's dates can hold, in milliseconds on either side of the epoch. */
const FURTHEST = 8.64e15;

const inRange = (milliseconds: number): number | undefined =>
  Math.abs(milliseconds) <= FURTHEST ? Math.trunc(milliseconds) : undefined;
