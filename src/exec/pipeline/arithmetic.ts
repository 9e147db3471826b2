/** The four operations and the remainder on numbers of one type (esql §2.2). */
import type { ColumnType } from '../../data/column.ts';
import type { Whole, WholeType } from '../../data/whole.ts';
import { fitWhole, isWholeType } from '../../data/whole.ts';
import type { Arithmetic } from '../../plan/row.ts';

/** Undefined for an overflow, a division by zero and what is no finite number. */
export function calculate(op: Arithmetic['op'], type: ColumnType, a: Whole, b: Whole): Whole | undefined {
  if (!isWholeType(type)) {
    const result = doubles[op](Number(a), Number(b));
    return Number.isFinite(result) ? result : undefined;
  }
  if (b === 0 && (op === 'divide' || op === 'modulo')) return undefined;
  return small(op, type, a, b) ?? fitWhole(exact[op](BigInt(a), BigInt(b)), type);
}

const doubles: Readonly<Record<Arithmetic['op'], (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  modulo: (a, b) => a % b,
};

const exact: Readonly<Record<Arithmetic['op'], (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  modulo: (a, b) => a % b,
};

/** Without bigints where doubles are exact; undefined where they are not, or the type cannot hold the result. */
function small(op: Arithmetic['op'], type: WholeType, a: Whole, b: Whole): Whole | undefined {
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const result = Math.trunc(doubles[op](a, b)) + 0;
  return Number.isSafeInteger(result) ? fitWhole(result, type) : undefined;
}
