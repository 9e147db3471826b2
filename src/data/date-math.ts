/**
 * Date expressions (kql §4.8): a date, or an anchor (`now`, or a date and `||`) followed by any of `+N u`, `-N u` and
 * `/u` with the units y M w d h|H m s. Everything is UTC, in milliseconds since the epoch.
 */
import { daysInMonth, parseMoment, utc } from './date.ts';
import type { Moment, Precision } from './date.ts';
import type { Order } from './fold.ts';

export type Rounding = 'down' | 'up';

/** One half of a range over a date field. */
export interface DateBound {
  readonly order: Order;
  readonly than: string;
}

/** Undefined when the text is no date expression, or leaves the range of dates. */
export function resolveDate(expression: string, now: number, round: Rounding): number | undefined {
  const parts = EXPRESSION.exec(expression)?.groups;
  if (parts === undefined) {
    const moment = parseMoment(expression);
    return moment && (round === 'up' ? endOf(moment) : moment.milliseconds);
  }
  const anchor = parts.date === undefined ? now : parseMoment(parts.date)?.milliseconds;
  return anchor === undefined ? undefined : applySteps(anchor, parts.steps ?? '', round);
}

/** What `resolveDate` gives for the expression at any time, rounded down. */
export type DateReader = (now: number) => number | undefined;

/** Always as far from now: without rounding, and without units whose length varies. */
const FIXED = /^now(?:[+-]\d*[wdhHms])*$/;

/** How far the expression lies from now, in milliseconds; undefined unless that is always the same. */
export const fixedOffset = (expression: string): number | undefined =>
  FIXED.test(expression) ? resolveDate(expression, 0, 'down') : undefined;

/** For many times: an expression that always lies as far from now is read once. */
export function dateReader(expression: string): DateReader {
  const offset = fixedOffset(expression);
  if (offset === undefined) return (now) => resolveDate(expression, now, 'down');
  return (now) => (Math.abs(now + offset) <= FURTHEST ? now + offset : undefined);
}

/** The furthest moment from the epoch that a date can be. */
const FURTHEST = 8.64e15;

/** Whether `resolveDate` can read it. */
export const isDateExpression = (expression: string): boolean =>
  resolveDate(expression, 0, 'down') !== undefined;

/** Which end of a rounded span a bound means: `gte` and `lt` its first millisecond, `gt` and `lte` its last. */
export const roundingOf = (order: Order): Rounding => (order === 'gte' || order === 'lt' ? 'down' : 'up');

/** The moment that a bound compares with, rounded as its order asks. */
export const resolveBound = (bound: DateBound, now: number): number | undefined =>
  resolveDate(bound.than, now, roundingOf(bound.order));

/** `field: date` as a range: the whole span that the expression's precision leaves open. */
export const dateBounds = (expression: string): readonly [DateBound, DateBound] => [
  { order: 'gte', than: expression },
  { order: 'lte', than: expression },
];

const EXPRESSION = /^(?:now|(?<date>.+?)\|\|)(?<steps>(?:[+-]\d*[yMwdhHms]|\/[yMwdhHms])*)$/;
const STEP = /(?<sign>[+\-/])(?<count>\d*)(?<unit>[yMwdhHms])/g;

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'H' | 'm' | 's';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const fixedLength = { s: SECOND, m: MINUTE, h: HOUR, H: HOUR, d: DAY, w: 7 * DAY } as const;

function applySteps(anchor: number, steps: string, round: Rounding): number | undefined {
  let time = anchor;
  for (const { groups } of steps.matchAll(STEP)) {
    const unit = groups?.unit as Unit;
    const count = groups?.count === '' ? 1 : Number(groups?.count);
    if (groups?.sign === '/') time = roundTo(time, unit, round);
    else time = add(time, groups?.sign === '-' ? -count : count, unit);
  }
  return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

function roundTo(time: number, unit: Unit, round: Rounding): number {
  const start = startOf(time, unit);
  return round === 'down' ? start : add(start, 1, unit) - 1;
}

function startOf(time: number, unit: Unit): number {
  const date = new Date(time);
  if (unit === 'y') return utc(date.getUTCFullYear(), 0, 1);
  if (unit === 'M') return utc(date.getUTCFullYear(), date.getUTCMonth(), 1);
  // Weeks begin on Monday, and the epoch was a Thursday.
  const shift = unit === 'w' ? 3 * DAY : 0;
  const length = fixedLength[unit];
  return Math.floor((time + shift) / length) * length - shift;
}

function add(time: number, count: number, unit: Unit): number {
  if (unit === 'y') return addMonths(time, 12 * count);
  if (unit === 'M') return addMonths(time, count);
  return time + count * fixedLength[unit];
}

/** A day that the month does not have becomes its last one. */
function addMonths(time: number, count: number): number {
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count;
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month));
  const timeOfDay = time - startOf(time, 'd');
  return utc(year, month, day) + timeOfDay;
}

/** A year or a month alone means its first day: only the time of day is filled up. */
const lengthOf: Readonly<Record<Precision, number>> = {
  year: DAY,
  month: DAY,
  day: DAY,
  hour: HOUR,
  minute: MINUTE,
  second: SECOND,
  millisecond: 1,
};

const endOf = ({ milliseconds, precision }: Moment): number => milliseconds + lengthOf[precision] - 1;
