/** One event of a test case, as often as it happens: records that differ in their number and their times. */
import { parseDate } from '../data/date.ts';
import type { JsonObject, JsonValue } from '../data/document.ts';
import { isObject } from '../data/document.ts';
import { duration, moment } from './timeline/words.ts';

export interface Occurrence {
  readonly record: JsonObject;
  /** A moment as in timelines; where none is given, the moment of the record before. */
  readonly at?: string | undefined;
  /** How many times. Undefined is once, and then `{n}` is text like any other. */
  readonly repeat?: number | undefined;
  /** The time between two of them. */
  readonly every?: string | undefined;
}

/** A test is read by people; what needs more is a benchmark. */
const MOST = 10_000;
const DEFAULT_EVERY = '1s';

/** The first of the keys that cannot be what it is. */
export function occurrenceProblem({
  at,
  repeat,
  every,
}: Readonly<Record<'at' | 'repeat' | 'every', JsonValue | undefined>>):
  { readonly key: string; readonly message: string } | undefined {
  if (at !== undefined && !(typeof at === 'string' && Number.isFinite(moment(at, 0))))
    return { key: 'at', message: '`at` must be a moment like "30s", "+30s" or "-1d"' };
  if (repeat !== undefined && !(Number.isInteger(repeat) && Number(repeat) >= 1 && Number(repeat) <= MOST))
    return { key: 'repeat', message: `\`repeat\` must be a whole number from 1 to ${MOST}` };
  if (every === undefined) return undefined;
  if (!(typeof every === 'string' && duration(every) !== undefined))
    return { key: 'every', message: '`every` must be a length of time like "10s"' };
  return repeat === undefined
    ? { key: 'every', message: '`every` is the time between repeated events: it needs `repeat`' }
    : undefined;
}

/**
 * The records of a valid occurrence. `previous` is the moment of the record before it, in milliseconds since the times
 * that are written in the file; `end` is that of the last record.
 */
export function occurrences(
  { record, at, repeat, every = DEFAULT_EVERY }: Occurrence,
  previous: number,
): { readonly records: JsonObject[]; readonly end: number } {
  const start = at === undefined ? previous : (moment(at, previous) ?? previous);
  const step = duration(every) ?? 0;
  const times = Array.from({ length: repeat ?? 1 }, (_, index) => start + index * step);
  const records = times.map((time, index) => {
    const number = repeat === undefined ? undefined : String(index + 1);
    return mapped(record, (text) =>
      moved(number === undefined ? text : text.replaceAll('{n}', number), time),
    );
  });
  return { records, end: times.at(-1) ?? start };
}

const mapped = (record: JsonObject, change: (text: string) => string): JsonObject =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      value === undefined ? undefined : mappedValue(value, change),
    ]),
  );

function mappedValue(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => mappedValue(item, change));
  return isObject(value) ? mapped(value, change) : value;
}

/** Dates with a time move, all of a record together; a day alone is no moment. */
function moved(text: string, by: number): string {
  if (by === 0 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return text;
  const time = parseDate(text);
  return time === undefined ? text : new Date(time + by).toISOString();
}
