/** `head n` and `tail n` (eql §7): which results of a run stay, in their order. */
import type { Pipe } from '../../plan/plan.ts';

export const piped = <T>(results: readonly T[], pipes: readonly Pipe[]): readonly T[] =>
  pipes.reduce(
    (left, { kind, count }) =>
      kind === 'head' ? left.slice(0, count) : count === 0 ? [] : left.slice(-count),
    results,
  );
