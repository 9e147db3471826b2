/** How functions read their arguments: the coercions of a field without a mapping (eql §4). */
import { numberOf } from '../data/scalar.ts';
import type { FunctionValue } from './define.ts';

/** Text as it is, numbers and booleans as they are written; null for null. */
export const textArgument = (value: FunctionValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Numbers, and texts that are decimal numbers; null for the rest. */
export function numberArgument(value: FunctionValue | undefined): number | bigint | null {
  if (typeof value === 'bigint') return value;
  return value === null || value === undefined ? null : (numberOf(value) ?? null);
}

/** A position in a text: a number without its fraction; null for the rest. */
export function positionArgument(value: FunctionValue | undefined): number | null {
  const number = numberArgument(value);
  return number === null ? null : Math.trunc(Number(number));
}
