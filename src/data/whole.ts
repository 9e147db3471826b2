/** Whole numbers of columns: numbers up to 2^53, bigints beyond (esql §2.1). */
import type { ColumnType } from './column.ts';

export type Whole = number | bigint;
export type WholeType = Extract<ColumnType, 'integer' | 'long' | 'unsigned_long'>;

const bounds: Readonly<Record<WholeType, readonly [least: bigint, greatest: bigint]>> = {
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  unsigned_long: [0n, 2n ** 64n - 1n],
};

export const isWholeType = (type: ColumnType): type is WholeType => Object.hasOwn(bounds, type);

/** A number where that is exact. */
export const wholeOf = (value: bigint): Whole =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

/** The value in the form that columns have; undefined when the type cannot hold it. */
export function fitWhole(value: Whole, type: WholeType): Whole | undefined {
  const [least, greatest] = bounds[type];
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return undefined;
    if (Number.isSafeInteger(value)) return value >= least && value <= greatest ? value : undefined;
  }
  const exact = BigInt(value);
  return exact >= least && exact <= greatest ? wholeOf(exact) : undefined;
}
