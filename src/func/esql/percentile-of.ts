/** Percentiles of all values, exact: each distinct number with how often it came. */
import { atomsOf } from '../../data/atom.ts';
import type { Accumulator } from './define.ts';

interface Counted {
  total: number;
  distinct: number;
  readonly counts: Record<string, number>;
}

/** Between the two numbers that are nearest, in proportion. The sign keeps keys from being places of a list. */
export const percentileOf = (percent: number): Accumulator<Counted> => ({
  empty: () => ({ total: 0, distinct: 0, counts: {} }),
  add: (partial, [value = null]) => {
    for (const number of atomsOf(value)) count(partial, `=${Number(number)}`, 1);
    return partial;
  },
  merge: (left, right) => {
    for (const [key, times] of Object.entries(right.counts)) count(left, key, times);
    return left;
  },
  finish: ({ total, counts }) => {
    if (total === 0) return null;
    const numbers = Object.entries(counts)
      .map(([key, times]): readonly [number, number] => [Number(key.slice(1)), times])
      .sort(([a], [b]) => a - b);
    const place = (Math.min(Math.max(percent, 0), 100) / 100) * (total - 1);
    const [below, above] = [numberAt(numbers, Math.floor(place)), numberAt(numbers, Math.ceil(place))];
    return below + (above - below) * (place - Math.floor(place));
  },
  size: ({ distinct }) => distinct,
});

function count(counted: Counted, key: string, times: number): void {
  const known = counted.counts[key];
  if (known === undefined) counted.distinct++;
  counted.counts[key] = (known ?? 0) + times;
  counted.total += times;
}

/** The number at a place of the sorted list, counted from 0. */
function numberAt(numbers: readonly (readonly [number, number])[], place: number): number {
  let passed = 0;
  for (const [number, times] of numbers) {
    passed += times;
    if (place < passed) return number;
  }
  return NaN;
}
