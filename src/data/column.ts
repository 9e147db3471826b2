/**
 * Columns of a row, as ES|QL has them (esql §2.1, §2.2). Text is `keyword` everywhere; `integer` is a whole number of
 * 32 bits, `long` of 64, `unsigned_long` of 64 without a sign; `datetime` has milliseconds.
 */
import type { JsonObject } from './document.ts';

export type ColumnType =
  | 'keyword'
  | 'integer'
  | 'long'
  | 'unsigned_long'
  | 'double'
  | 'boolean'
  | 'datetime'
  | 'ip'
  | 'version'
  | 'geo_point'
  /** Of `null` itself: fits wherever a value may stand. */
  | 'null'
  /** Literals only: calendar units, from days upwards. */
  | 'date_period'
  /** Literals only: units of fixed length, up to hours. */
  | 'time_duration'
  /** The document as it came: only JSON_EXTRACT reads it. */
  | '_source';

/** Both kinds of time span; only those parts are set that its type has. Weeks are 7 days, quarters 3 months. */
export interface Timespan {
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

/** Degrees. */
export interface GeoPoint {
  readonly lat: number;
  readonly lon: number;
}

/**
 * One value. By type: keyword, ip (canonical text, a mapped IPv4 address as IPv4) and version are strings; integer and
 * double are numbers; long and unsigned_long are numbers up to 2^53 and bigints beyond; datetime is milliseconds since
 * the epoch as a number.
 */
export type Atom = string | number | bigint | boolean | GeoPoint | Timespan | JsonObject;

/** What a column holds in one row. A multi-value has at least two elements; none is null, one is the value itself. */
export type ColumnValue = Atom | null | readonly Atom[];

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}
