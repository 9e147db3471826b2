/** Sets of rules for the lanes: made up, and of a checkout of Elastic's repository that lies beside ours. */
import type { Predicate } from '../src/plan/predicate.ts';
import type { CheckoutCondition } from '../tests/support/checkout.ts';
import { checkoutConditions } from '../tests/support/checkout.ts';
import { matchingRules, syntheticRules } from './rules.ts';

export interface BenchRule {
  readonly where: Predicate;
  /** Patterns of the indices that the rule reads; undefined for all. */
  readonly index?: readonly string[] | undefined;
}

export interface RuleSet {
  readonly name: string;
  readonly rules: readonly BenchRule[];
}

export const madeUp = (count: number): RuleSet => ({
  name: `made-up ${count}`,
  rules: syntheticRules(count).map((where) => ({ where })),
});

/** Every event of every kind matches every one of them. */
export const matching = (count: number): RuleSet => ({
  name: `${count} that match`,
  rules: matchingRules(count).map((where) => ({ where })),
});

/** Reading a checkout takes seconds, and several lanes ask. */
let known: readonly RuleSet[] | undefined;

/**
 * The alert rules in KQL and EQL that decide single events, and all that rules in KQL and EQL ask of single events, each
 * with and without index patterns; nothing without a checkout.
 */
export const realSets = (): readonly RuleSet[] => (known ??= readSets());

function readSets(): RuleSet[] {
  const conditions = checkoutConditions();
  if (conditions === undefined) {
    console.log('No checkout of rules beside the repository: made-up rules only.\n');
    return [];
  }
  const alerts = conditions.filter(({ isAlert }) => isAlert);
  return [
    { name: `alert rules, ${alerts.length}`, rules: alerts.map(withoutIndex) },
    { name: '  with their indices', rules: alerts },
    { name: `all conditions, ${conditions.length}`, rules: conditions.map(withoutIndex) },
    { name: '  with their indices', rules: conditions },
  ];
}

const withoutIndex = ({ where }: CheckoutCondition): BenchRule => ({ where });
