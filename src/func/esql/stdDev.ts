import type { Accumulator } from './define.ts';
import { atomsOf } from '../../data/atom.ts';
import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const stdDev = aggregate({
  name: 'STD_DEV',
  category: 'aggregate',
  summary: 'The standard deviation of the population.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  prepare: (): Accumulator<Spread> => ({
    empty: () => ({ count: 0, mean: 0, squares: 0 }),
    add: (partial, [value = null]) =>
      atomsOf(value).reduce(
        (spread, number) => join(spread, { count: 1, mean: Number(number), squares: 0 }),
        partial,
      ),
    merge: join,
    finish: ({ count, squares }) => (count === 0 ? null : Math.sqrt(squares / count)),
    size: () => 1,
  }),
  examples: [
    { call: 'STD_DEV(x)', rows: [[1], [[3, 1]], [null], [3]], gives: 1 },
    { call: 'STD_DEV(x)', rows: [[3]], gives: 0 },
    { call: 'STD_DEV(x)', rows: [[null]], gives: null },
  ],
});

interface Spread {
  readonly count: number;
  readonly mean: number;
  /** The sum of the squares of the distances from the mean. */
  readonly squares: number;
}

/** Chan's way to join two parts without losing digits to large sums. */
function join(left: Spread, right: Spread): Spread {
  const count = left.count + right.count;
  if (count === 0) return left;
  const distance = right.mean - left.mean;
  return {
    count,
    mean: left.mean + (distance * right.count) / count,
    squares: left.squares + right.squares + (distance ** 2 * left.count * right.count) / count,
  };
}
