/** The sum and number of numbers: exact, so that parts merge in any order to the same outcome. */
import { atomsOf } from '../../data/atom.ts';
import type { ColumnValue } from '../../data/column.ts';
import { addExactly, roundExactly } from '../../data/exact-sum.ts';
import type { Whole } from '../../data/whole.ts';
import type { Accumulator, CallContext } from './define.ts';
import type { Stored } from './partials.ts';
import { addWhole, restore, store } from './partials.ts';

export interface NumberSum {
  count: number;
  /** Of whole numbers. */
  whole: Stored;
  /** Of doubles, as an expansion; null when no double is large enough. */
  parts: number[] | null;
}

type Finish = (sum: Whole, context: CallContext, count: number) => ColumnValue;

export function numberSum(doubles: boolean, finish: Finish): Accumulator<NumberSum> {
  const plus = (sum: NumberSum, number: Whole): void => {
    if (doubles) sum.parts = (sum.parts && addExactly(sum.parts, Number(number))) ?? null;
    else sum.whole = store(addWhole(restore(sum.whole) as Whole, number));
  };
  return {
    empty: () => ({ count: 0, whole: 0, parts: [] }),
    add: (sum, [value = null]) => {
      const numbers = atomsOf(value) as readonly Whole[];
      for (const number of numbers) plus(sum, number);
      sum.count += numbers.length;
      return sum;
    },
    merge: (left, right) => {
      if (doubles && right.parts === null) left.parts = null;
      for (const part of doubles ? (right.parts ?? []) : [restore(right.whole) as Whole]) plus(left, part);
      left.count += right.count;
      return left;
    },
    finish: ({ whole, parts, count }, context) =>
      finish(
        doubles ? (parts === null ? NaN : roundExactly(parts)) : (restore(whole) as Whole),
        context,
        count,
      ),
    size: () => 1,
  };
}
