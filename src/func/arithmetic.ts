/**
 * Arithmetic over 64-bit integers and doubles (eql §4). Two integers give an integer, exactly, also beyond 2^53; what
 * has no value (division by zero, a result outside 64 bits, a text that is no number) is null.
 */
import { numberArgument } from './arguments.ts';
import type { FunctionValue } from './define.ts';

export interface Operation {
  readonly integers: (a: bigint, b: bigint) => bigint | null;
  readonly doubles: (a: number, b: number) => number;
}

/** Applies an operation to two arguments. */
export function arithmetic(operation: Operation, args: readonly FunctionValue[]): FunctionValue {
  const [a, b] = [numberArgument(args[0]), numberArgument(args[1])];
  if (a === null || b === null) return null;
  if (isInteger(a) && isInteger(b)) return integer(operation.integers(BigInt(a), BigInt(b)));
  const result = operation.doubles(Number(a), Number(b));
  return Number.isFinite(result) ? result : null;
}

/** As a plain number where that is exact; null outside 64 bits. */
export function integer(value: bigint | null): number | bigint | null {
  if (value === null || BigInt.asIntN(64, value) !== value) return null;
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
}

/** A double beyond 2^53 is no exact integer: documents give such integers as bigint. */
const isInteger = (value: number | bigint): boolean =>
  typeof value === 'bigint' || Number.isSafeInteger(value);
