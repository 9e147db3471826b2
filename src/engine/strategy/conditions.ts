/** What steps ask and read; `with runs` repeats a step many times. */
import type { Step } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { plainPaths } from '../state/key.ts';

/** Each condition once. */
export function conditionsOf(steps: readonly Step[]): {
  readonly conditions: readonly Predicate[];
  readonly positionOf: (step: Step) => number;
} {
  const conditions = [...new Set(steps.map(({ where }) => where))];
  const positions = new Map(steps.map((step) => [step, conditions.indexOf(step.where)]));
  return { conditions, positionOf: (step) => positions.get(step) ?? -1 };
}

/** The paths that tie the events together; undefined when only documents tell their values. */
export const keyPaths = (steps: readonly Step[]): readonly string[] | undefined =>
  plainPaths(steps.flatMap(({ key }) => key.map(({ field }) => field)));
