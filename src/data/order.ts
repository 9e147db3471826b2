/** Comparison of numbers and of texts, and what a comparison says about an order. */
import type { Order } from './fold.ts';

/** Negative, zero or positive, by exact value: a bigint and a double are compared without rounding either. */
export const compareNumbers = (a: number | bigint, b: number | bigint): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The same text for numbers that compare as equal, whichever type they have. */
export const numberKey = (number: number | bigint): string =>
  typeof number === 'number' && Number.isInteger(number) ? String(BigInt(number)) : String(number);

/** Negative, zero or positive, by UTF-16 code unit (eql §4). */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a comparison's outcome (negative, zero, positive) satisfies the order. */
export function inOrder(comparison: number, order: Order): boolean {
  switch (order) {
    case 'lt':
      return comparison < 0;
    case 'lte':
      return comparison <= 0;
    case 'gt':
      return comparison > 0;
    case 'gte':
      return comparison >= 0;
  }
}
