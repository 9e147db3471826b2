/** Plans as text, for golden files: stable, and without spans. */
import { byKind } from './fold.ts';
import type { EventPlan, Plan, Step } from './plan.ts';
import { printPipeline } from './print-pipeline.ts';
import { printField, printPredicate } from './print.ts';

const printPipes = (plan: EventPlan): readonly string[] =>
  plan.pipes.map((pipe) => `| ${pipe.kind} ${pipe.count}`);

function printStep(step: Step): string {
  const keys = step.key.map((part) => (part.optional ? '?' : '') + printField(part.field));
  const by = keys.length === 0 ? '' : ` by ${keys.join(', ')}`;
  return `${step.absent ? '!' : ''}[${printPredicate(step.where)}]${by}`;
}

/** One line for each step and pipe. */
export const printPlan = byKind<Plan, string>({
  pipeline: printPipeline,
  filter: (plan) => [printPredicate(plan.where), ...printPipes(plan)].join('\n'),
  sequence: (plan) =>
    [
      plan.maxspan === undefined ? 'sequence' : `sequence with maxspan=${plan.maxspan}ms`,
      ...plan.steps.map(printStep),
      ...(plan.until === undefined ? [] : [`until ${printStep(plan.until)}`]),
      ...printPipes(plan),
    ].join('\n'),
  sample: (plan) => ['sample', ...plan.steps.map(printStep), ...printPipes(plan)].join('\n'),
});
