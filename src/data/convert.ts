/** Values of one column type as values of another: the TO_ functions and casts (esql §2.6). */
import { addressText, parseAddress } from './address.ts';
import type { Atom, ColumnType, GeoPoint } from './column.ts';
import { parseMoment } from './date.ts';
import { isoDate } from './date-format.ts';
import { parseWellKnownText } from './geo.ts';
import { Numeral } from './numeral.ts';
import type { Whole, WholeType } from './whole.ts';
import { fitWhole } from './whole.ts';

type Target = Exclude<ColumnType, 'null' | 'date_period' | 'time_duration' | '_source'>;

/** Undefined when the value has no counterpart in the type: bad text, a number that does not fit. */
export function convertAtom(value: Atom, from: ColumnType, to: Target): Atom | undefined {
  return from === to ? value : conversions[to](value, from);
}

const conversions: Readonly<Record<Target, (value: Atom, from: ColumnType) => Atom | undefined>> = {
  keyword: textFrom,
  integer: (value) => wholeFrom(value, 'integer'),
  long: (value) => wholeFrom(value, 'long'),
  unsigned_long: (value) => wholeFrom(value, 'unsigned_long'),
  double: doubleFrom,
  boolean: (value) => (typeof value === 'string' ? value.toLowerCase() === 'true' : Number(value) !== 0),
  datetime: dateFrom,
  ip: (value) => {
    const address = parseAddress(String(value));
    return address && addressText(address);
  },
  version: String,
  geo_point: (value) => (typeof value === 'string' ? parseWellKnownText(value) : undefined),
};

function textFrom(value: Atom, from: ColumnType): string {
  if (from === 'datetime') return isoDate(Number(value));
  if (from === 'double') return doubleText(Number(value));
  return from === 'geo_point' ? pointText(value as GeoPoint) : String(value);
}

const pointText = ({ lat, lon }: GeoPoint): string => `POINT (${doubleText(lon)} ${doubleText(lat)})`;

/** As Java writes a double: always a fraction, an exponent below a thousandth and from ten million. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Object.is(value, -0)) return '-0.0';
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return withFraction(String(value));
  // Where doubles lie far apart, two digits come closer than the one that is enough to tell it from its neighbours.
  const shortest = value.toExponential();
  const [digits = '', exponent = ''] = (shortest.includes('.') ? shortest : value.toExponential(1)).split(
    'e',
  );
  return `${withFraction(digits)}E${exponent.replace('+', '')}`;
}

const withFraction = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);

/** Halves are rounded up. */
function wholeFrom(value: Atom, to: WholeType): Whole | undefined {
  const number = typeof value === 'string' ? numberFrom(value) : value;
  if (typeof number === 'boolean') return Number(number);
  if (typeof number === 'bigint') return fitWhole(number, to);
  return typeof number === 'number' && Number.isFinite(number)
    ? fitWhole(Math.round(number) + 0, to)
    : undefined;
}

function doubleFrom(value: Atom): number | undefined {
  const number = typeof value === 'string' ? numberFrom(value) : Number(value);
  return number !== undefined && Number.isFinite(Number(number)) ? Number(number) : undefined;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function numberFrom(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? new Numeral(trimmed).valueOf() : undefined;
}

function dateFrom(value: Atom): number | undefined {
  if (typeof value !== 'string') return fitDate(Number(value));
  return /^-?\d+$/.test(value) && value.length !== 4 ? undefined : parseMoment(value)?.milliseconds;
}

const fitDate = (value: number): number | undefined =>
  Math.abs(value) <= 8.64e15 ? Math.trunc(value) : undefined;
