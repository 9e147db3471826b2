/**
 * Dates in the patterns of Java's DateTimeFormatter, as far as dates and times in UTC need them (esql §2.6):
 * `y u M L d D H h K k m s S n a E e A x X Z z V O` with text between single quotes. Milliseconds since the epoch.
 */
import { daysInMonth, utc } from './date.ts';
import { DAY } from './timespan.ts';

/** `2026-01-31T08:05:00.000Z`. */
export function isoDate(time: number): string {
  const text = new Date(time).toISOString();
  // A year of five digits has no sign and two more zeros than ISO 8601 in Java.
  return text.replace(/^([+-])0*(\d{4,})/, (_, sign: string, year: string) =>
    sign === '-' ? `-${year}` : `+${year}`,
  );
}

type Part = { readonly literal: string } | { readonly letter: string; readonly count: number };

/** Undefined when a letter of the pattern is not one of those above, or a quote does not end. */
export function formatDate(pattern: string, time: number): string | undefined {
  const parts = partsOf(pattern);
  if (parts === undefined) return undefined;
  const fields = new Date(time);
  return parts
    .map((part) => ('literal' in part ? part.literal : format(part.letter, part.count, fields)))
    .join('');
}

/** What is wrong with a pattern, as the end of a sentence about it; undefined when it can be used. */
export function dateFormatMistake(pattern: string): string | undefined {
  if (partsOf(pattern) !== undefined) return undefined;
  const unquoted = pattern.replaceAll(/'(?:[^']|'')*'/g, '');
  if (unquoted.includes("'")) return 'has a quote that does not end';
  const letter = [...unquoted].find((one) => /[A-Za-z]/.test(one) && !LETTERS.includes(one));
  return `has "${letter}", which stands for no part of a date; text stands between single quotes`;
}

/** Undefined when the pattern is none or the text does not fit it. */
export function parseDateWith(pattern: string, text: string): number | undefined {
  const parts = partsOf(pattern);
  if (parts === undefined) return undefined;
  const groups: Part[] = [];
  const expression = parts.map((part, i) => {
    if ('literal' in part) return part.literal.replace(/[^\w\s]/g, '\\$&');
    groups.push(part);
    return `(${expressionOf(part.letter, part.count, parts[i + 1])})`;
  });
  const match = new RegExp(`^${expression.join('')}$`, 'i').exec(text);
  if (match === null) return undefined;
  const read: Reading = {};
  groups.forEach(
    (part, i) => 'letter' in part && readField(part.letter, part.count, match[i + 1] ?? '', read),
  );
  return momentOf(read);
}

const PIECE = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/gy;
const LETTERS = 'yuMLdDHhKkmsSnNaEexXZzVOA';

function partsOf(pattern: string): Part[] | undefined {
  const parts: Part[] = [];
  let read = 0;
  for (const match of pattern.matchAll(PIECE)) {
    const [piece, quoted, letter] = match;
    read = match.index + piece.length;
    if (letter !== undefined) {
      if (!LETTERS.includes(letter)) return undefined;
      parts.push({ letter, count: piece.length });
    } else parts.push({ literal: quoted === undefined ? piece : quoted.replaceAll("''", "'") || "'" });
  }
  return read === pattern.length ? parts : undefined;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const padded = (value: number, count: number): string => String(value).padStart(count, '0');
/** Three letters for the short form. */
const word = (name: string, count: number): string =>
  count >= 5 ? name.slice(0, 1) : count === 4 ? name : name.slice(0, 3);

function format(letter: string, count: number, date: Date): string {
  const hour = date.getUTCHours();
  const time = date.getTime() - Math.floor(date.getTime() / DAY) * DAY;
  switch (letter) {
    case 'y':
    case 'u': {
      const year = date.getUTCFullYear();
      return count === 2
        ? padded(((year % 100) + 100) % 100, 2)
        : (year < 0 ? '-' : '') + padded(Math.abs(year), count);
    }
    case 'M':
    case 'L':
      return count > 2
        ? word(MONTHS[date.getUTCMonth()] ?? '', count)
        : padded(date.getUTCMonth() + 1, count);
    case 'd':
      return padded(date.getUTCDate(), count);
    case 'D':
      return padded(dayOfYear(date), count);
    case 'H':
      return padded(hour, count);
    case 'k':
      return padded(hour === 0 ? 24 : hour, count);
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12, count);
    case 'K':
      return padded(hour % 12, count);
    case 'm':
      return padded(date.getUTCMinutes(), count);
    case 's':
      return padded(date.getUTCSeconds(), count);
    case 'S':
      return padded(date.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count);
    case 'A':
      return padded(time, count);
    case 'n':
      return padded(date.getUTCMilliseconds() * 1_000_000, count);
    case 'N':
      return padded(time * 1_000_000, count);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'E':
      return word(DAYS[dayOfWeek(date) - 1] ?? '', count);
    case 'e':
      return count > 2 ? word(DAYS[dayOfWeek(date) - 1] ?? '', count) : padded(dayOfWeek(date), count);
    default:
      return zone(letter, count);
  }
}

/** UTC in the form of the letter. */
function zone(letter: string, count: number): string {
  if (letter === 'X') return 'Z';
  if (letter === 'z' || letter === 'V') return 'Z';
  if (letter === 'O') return 'GMT';
  if (letter === 'Z') return count < 4 ? '+0000' : count === 4 ? 'GMT' : 'Z';
  return count === 1 ? '+00' : count % 2 === 0 ? '+0000' : '+00:00';
}

export const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - utc(date.getUTCFullYear(), 0, 1)) / DAY) + 1;
/** Monday is 1. */
export const dayOfWeek = (date: Date): number => ((date.getUTCDay() + 6) % 7) + 1;

const names = (list: readonly string[], count: number): string =>
  list.map((name) => word(name, count)).join('|');

function expressionOf(letter: string, count: number, next: Part | undefined): string {
  if (letter === 'S') return `\\d{${count}}`;
  if (letter === 'a') return 'AM|PM';
  if (letter === 'E' || (letter === 'e' && count > 2)) return names(DAYS, count);
  if ((letter === 'M' || letter === 'L') && count > 2) return names(MONTHS, count);
  if ('xXZzVO'.includes(letter)) return 'Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?';
  if (letter === 'y' || letter === 'u') return count === 2 ? '\\d{2}' : count === 4 ? '\\d{4,9}' : '\\d+';
  // Neighbours without anything between them have the width that the pattern gives them.
  if (next !== undefined && 'letter' in next) return `\\d{${count}}`;
  return count === 1 ? '\\d{1,9}' : `\\d{${count}}`;
}

/** What the letters have given so far. */
interface Reading {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  halfHour?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  milliseconds?: number;
  offset?: number;
}

function readField(letter: string, count: number, text: string, read: Reading): void {
  const number = Number(text);
  switch (letter) {
    case 'y':
    case 'u':
      read.year = count === 2 ? 2000 + number : number;
      break;
    case 'M':
    case 'L':
      read.month = count > 2 ? indexOfName(MONTHS, text) + 1 : number;
      break;
    case 'd':
      read.day = number;
      break;
    case 'D':
      read.dayOfYear = number;
      break;
    case 'H':
    case 'k':
      read.hour = letter === 'k' ? number % 24 : number;
      break;
    case 'h':
    case 'K':
      read.halfHour = number % 12;
      break;
    case 'a':
      read.afternoon = text.toUpperCase() === 'PM';
      break;
    case 'm':
      read.minute = number;
      break;
    case 's':
      read.second = number;
      break;
    case 'S':
      read.milliseconds = Number(text.padEnd(3, '0').slice(0, 3));
      break;
    default:
      if ('xXZzVO'.includes(letter)) read.offset = offsetOf(text);
  }
}

const indexOfName = (list: readonly string[], text: string): number =>
  list.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase());

function offsetOf(text: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function momentOf(read: Reading): number | undefined {
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, milliseconds = 0, offset = 0 } = read;
  const hour = read.hour ?? (read.halfHour ?? 0) + (read.afternoon === true ? 12 : 0);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month - 1)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight =
    read.dayOfYear === undefined ? utc(year, month - 1, day) : utc(year, 0, 1) + (read.dayOfYear - 1) * DAY;
  const time = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset;
  return Math.abs(time) <= 8.64e15 ? time : undefined;
}
