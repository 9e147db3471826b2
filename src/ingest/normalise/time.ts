/** Times as the sources write them, to milliseconds since the epoch. */
import { parseDate } from '../../data/date.ts';
import type { JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';

const ZERO = 48;
/** Numbers below are seconds since the epoch, those above milliseconds: the year 5138, or the spring of 1973. */
const SECONDS_BELOW = 1e11;

/**
 * RFC 3339 with any number of decimals, the same with a space and without a zone (UTC), seconds or milliseconds since
 * the epoch; undefined for anything else. Finer digits than milliseconds are dropped.
 */
export function timeOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'string') return utcTime(value) ?? looseTime(value);
  if (value instanceof Numeral) return epochTime(Number(value.text));
  return typeof value === 'number' ? epochTime(value) : undefined;
}

/** The first of several that can be read. */
export function firstTime(...values: readonly (JsonValue | undefined)[]): number | undefined {
  for (const value of values) {
    const time = timeOf(value);
    if (time !== undefined) return time;
  }
  return undefined;
}

const FURTHEST = 8.64e15;

function epochTime(value: number): number | undefined {
  const milliseconds = Math.trunc(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value);
  return Number.isFinite(value) && Math.abs(milliseconds) <= FURTHEST ? milliseconds : undefined;
}

/** The form that nearly every event has, `2026-03-02T09:05:43.012904Z`, without a regular expression. */
function utcTime(text: string): number | undefined {
  const end = text.length - 1;
  if (end < 19 || text.charCodeAt(end) !== 90 || text.charCodeAt(10) !== 84) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  const plainDay = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  if (!plainDay || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second) + fractionOf(text, end);
  return Number.isNaN(time) ? undefined : time;
}

/** NaN where something else than a digit stands. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function fractionOf(text: string, end: number): number {
  if (end === 19) return 0;
  if (text.charCodeAt(19) !== 46 || end === 20) return NaN;
  const shown = Math.min(end, 23);
  const value = digits(text, 20, shown) * 10 ** (23 - shown);
  return end > 23 && Number.isNaN(digits(text, 23, end)) ? NaN : value;
}

/** With a zone, with a space instead of the T, in the last days of a month or in years that need a calendar. */
function looseTime(text: string): number | undefined {
  const trimmed = text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T');
  if (!/^\d{4}-\d\d-\d\dT/.test(trimmed)) return undefined;
  return parseDate(trimmed.replace(/ UTC$/, 'Z').replace(/(\.\d{9})\d+/, '$1'));
}

/** The text as it is where it is a date in ISO form, else that date in ISO form. */
export function isoText(value: JsonValue | undefined, time: number): string {
  const iso = typeof value === 'string' && value.charCodeAt(10) === 84 && !value.includes(' ');
  return iso ? value : new Date(time).toISOString();
}
