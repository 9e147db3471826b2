/** The conditions of steps, each once: `with runs` repeats a step many times. */
import type { Step } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';

export function conditionsOf(steps: readonly Step[]): {
  readonly conditions: readonly Predicate[];
  readonly positionOf: (step: Step) => number;
} {
  const conditions = [...new Set(steps.map(({ where }) => where))];
  const positions = new Map(steps.map((step) => [step, conditions.indexOf(step.where)]));
  return { conditions, positionOf: (step) => positions.get(step) ?? -1 };
}
