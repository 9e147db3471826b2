/** Literals, and text literals beside something that is no text (esql §2.1). */
import type { Span } from '../../../base/span.ts';
import { addressText, parseAddress } from '../../../data/address.ts';
import type { ColumnType, Timespan } from '../../../data/column.ts';
import { parseMoment } from '../../../data/date.ts';
import type { Constant, ConstantAtom } from '../../../plan/row.ts';
import type { TimeSpan } from '../1-parse/ast.ts';
import type { TimeUnit } from '../1-parse/time-unit.ts';
import { timeUnit } from '../1-parse/time-unit.ts';

const BIGGEST_INTEGER = 2n ** 31n - 1n;
const BIGGEST_LONG = 2n ** 63n - 1n;
const BIGGEST_UNSIGNED = 2n ** 64n - 1n;

/** A number by its digits: the narrowest whole type that holds it, or a double. */
export function numberConstant(text: string, negative: boolean, span: Span): Constant {
  const sign = negative ? '-' : '';
  if (!/^\d+$/.test(text)) return double(Number(sign + text), span);
  const value = BigInt(sign + text);
  const type = wholeType(value);
  if (type === undefined) return double(Number(value), span);
  return { kind: 'constant', type, value: whole(value), span };
}

const double = (value: number, span: Span): Constant => ({ kind: 'constant', type: 'double', value, span });

function wholeType(value: bigint): ColumnType | undefined {
  const size = value < 0n ? -value - 1n : value;
  if (size <= BIGGEST_INTEGER) return 'integer';
  if (size <= BIGGEST_LONG) return 'long';
  return value > 0n && value <= BIGGEST_UNSIGNED ? 'unsigned_long' : undefined;
}

const whole = (value: bigint): ConstantAtom =>
  Number.isSafeInteger(Number(value)) ? Number(value) : { integer: String(value) };

type Part = 'months' | 'days' | 'milliseconds';

const UNITS: Readonly<Record<TimeUnit, readonly [part: Part, size: number]>> = {
  millisecond: ['milliseconds', 1],
  second: ['milliseconds', 1000],
  minute: ['milliseconds', 60_000],
  hour: ['milliseconds', 3_600_000],
  day: ['days', 1],
  week: ['days', 7],
  month: ['months', 1],
  quarter: ['months', 3],
  year: ['months', 12],
};

function timespanConstant(count: number, unit: TimeUnit, span: Span): Constant {
  const [part, size] = UNITS[unit];
  const value: Timespan = { months: 0, days: 0, milliseconds: 0, [part]: count * size };
  return { kind: 'constant', type: part === 'milliseconds' ? 'time_duration' : 'date_period', value, span };
}

export const timespanOf = ({ count, unit, span }: TimeSpan): Constant => timespanConstant(count, unit, span);

/** Types that a text literal can become, with how it is read; undefined when it cannot. */
const READERS: Readonly<Partial<Record<ColumnType, (text: string) => ConstantAtom | undefined>>> = {
  keyword: (text) => text,
  datetime: (text) => parseMoment(text)?.milliseconds,
  ip: (text) => {
    const address = parseAddress(text);
    return address === undefined ? undefined : addressText(address);
  },
  version: (text) => text,
  boolean: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined),
  date_period: (text) => spanText(text, 'date_period'),
  time_duration: (text) => spanText(text, 'time_duration'),
};

function spanText(text: string, type: ColumnType): ConstantAtom | undefined {
  const [, digits = '', word = ''] = /^\s*(\d+)\s*([a-zA-Z]+)\s*$/.exec(text) ?? [];
  const unit = timeUnit(word);
  if (unit === undefined) return undefined;
  const constant = timespanConstant(Number(digits), unit, { start: 0, end: 0 });
  return constant.type === type ? (constant.value as ConstantAtom) : undefined;
}

/** Whether text literals can become values of the type at all. */
export const readsText = (type: ColumnType): boolean => Object.hasOwn(READERS, type);

/** The text literal as a constant of the type; undefined when the text says no such thing. */
export function castText(constant: Constant, type: ColumnType): Constant | undefined {
  const read = READERS[type];
  const values: readonly unknown[] = Array.isArray(constant.value) ? constant.value : [constant.value];
  const cast = values.map((value) => (typeof value === 'string' ? read?.(value) : undefined));
  if (cast.includes(undefined)) return undefined;
  const [only] = cast as readonly ConstantAtom[];
  return {
    ...constant,
    type,
    value: cast.length === 1 && only !== undefined ? only : (cast as ConstantAtom[]),
  };
}
