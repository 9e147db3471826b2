import type { ColumnType, ColumnValue, Timespan } from '../../data/column.ts';
import { truncateTo } from '../../data/timespan.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { DATE, NUMERIC, SPAN } from './types.ts';

export const bucket = scalar({
  name: 'BUCKET',
  category: 'grouping',
  summary: 'The lower end of the bucket that the value falls into.',
  parameters: [
    { name: 'value', types: [...NUMERIC, ...DATE], doc: 'A date or a number.' },
    {
      name: 'buckets',
      types: [...NUMERIC, ...SPAN],
      constant: true,
      doc: 'The size of a bucket; or with bounds, about how many of them.',
    },
    { name: 'from', types: [...NUMERIC, ...DATE], optional: true, constant: true, doc: 'The lower bound.' },
    { name: 'to', types: [...NUMERIC, ...DATE], optional: true, constant: true, doc: 'The upper bound.' },
  ],
  misfit,
  returns: ([type]) => (type === 'datetime' ? 'datetime' : 'double'),
  nulls: 'null',
  multi: 'null',
  grouping: true,
  prepare: ({ types: [type], constants: [, buckets, from, to] }) => {
    const round = rounding(type === 'datetime', buckets, from, to);
    return ([value], context) => round(Number(value)) ?? lost('arithmetic', context);
  },
  examples: [
    { call: 'BUCKET(17, 5)', gives: 15 },
    { call: 'BUCKET(-1, 5)', gives: -5 },
    { call: 'BUCKET(17, 20, 0, 100)', gives: 15 },
    { call: 'BUCKET(TO_DATETIME("2026-01-31T08:05:00Z"), 1 hour)', gives: Date.UTC(2026, 0, 31, 8) },
    {
      call: 'BUCKET(TO_DATETIME("2026-01-31T08:05:00Z"), 20, "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z")',
      gives: Date.UTC(2026, 0, 1),
    },
  ],
});

/** Dates are cut by spans, numbers by numbers; a count of buckets needs both bounds. */
function misfit([value, buckets, ...bounds]: readonly ColumnType[]): string | undefined {
  const isDate = value === 'datetime';
  const hasSpan = buckets !== undefined && SPAN.includes(buckets);
  if (!isDate && hasSpan) return 'a number has buckets of a number';
  if (isDate && !hasSpan && bounds.length < 2)
    return 'a date has buckets of a span of time, or of a number with bounds';
  if (bounds.length === 1) return 'there are two bounds or none';
  if (hasSpan && bounds.length > 0) return 'a span of time has no bounds';
  const unlike = bounds.some((type) => type !== 'null' && (type === 'datetime') !== isDate);
  return unlike ? 'the bounds are of the type of the value' : undefined;
}

type Round = (value: number) => number | undefined;

function rounding(dates: boolean, buckets?: ColumnValue, from?: ColumnValue, to?: ColumnValue): Round {
  if (dates) {
    const span = isSpan(buckets) ? buckets : spanFor(Number(buckets), Number(from), Number(to));
    return (value) => truncateTo(value, span);
  }
  const size = from === undefined ? Number(buckets) : sizeFor(Number(buckets), Number(from), Number(to));
  return (value) => (size > 0 ? Math.floor(value / size) * size : undefined);
}

const isSpan = (value: ColumnValue | undefined): value is Timespan =>
  typeof value === 'object' && value !== null && 'months' in value;

const span = (months: number, days: number, milliseconds = 0): Timespan => ({ months, days, milliseconds });
const HOUR = 3_600_000;

/** Lengths that people read easily, the longest first. */
const spans: readonly Timespan[] = [
  span(12, 0),
  span(1, 0),
  span(0, 7),
  span(0, 1),
  ...[
    12 * HOUR,
    3 * HOUR,
    HOUR,
    HOUR / 2,
    HOUR / 6,
    HOUR / 12,
    HOUR / 60,
    30_000,
    10_000,
    5000,
    1000,
    100,
    50,
    10,
    1,
  ].map((milliseconds) => span(0, 0, milliseconds)),
];

/** The shortest of them that needs no more buckets. */
function spanFor(buckets: number, from: number, to: number): Timespan {
  const isEnough = ({ months, days, milliseconds }: Timespan): boolean =>
    (to - from) / (months * 30.4375 * 24 * HOUR + days * 24 * HOUR + milliseconds) <= buckets;
  return spans.findLast(isEnough) ?? span(12, 0);
}

/** The next power of ten, or half of it. */
function sizeFor(buckets: number, from: number, to: number): number {
  const exact = (to - from) / buckets;
  const power = 10 ** Math.ceil(Math.log10(exact));
  return exact <= power / 2 ? power / 2 : power;
}
