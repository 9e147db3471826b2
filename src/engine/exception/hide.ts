/**
 * Exceptions of rules that ask for several events. Such a rule never sees an excepted event, in none of its steps, as in
 * Elastic, where exceptions are part of the filter that events pass before the query (engine A5.3, A7).
 */
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule } from '../../rules/rule.ts';

/** The events that the rule is to take no notice of; undefined for a rule without exceptions. */
export function exceptionFor({ exceptions = [] }: Pick<LoadedRule, 'exceptions'>): Predicate | undefined {
  const [only, ...others] = exceptions.map(({ where }) => where);
  if (only === undefined) return undefined;
  return others.length === 0 ? only : { kind: 'or', args: [only, ...others] };
}

export interface Guarded {
  /** In their places the given conditions, which no excepted event fulfils; then perhaps one more. */
  readonly conditions: readonly Predicate[];
  /** Position of the condition that holds for excepted events, for counting them; undefined without exceptions. */
  readonly hidden?: number;
}

/** The conditions of a rule's strategy as the matcher is to ask them. */
export function guarded(rule: Pick<LoadedRule, 'exceptions'>, conditions: readonly Predicate[]): Guarded {
  const excepted = exceptionFor(rule);
  if (excepted === undefined) return { conditions };
  const unhidden = conditions.map((condition): Predicate => ({
    kind: 'and',
    args: [condition, { kind: 'not', arg: excepted }],
  }));
  const hidden: Predicate = { kind: 'and', args: [{ kind: 'or', args: conditions }, excepted] };
  return { conditions: [...unhidden, hidden], hidden: conditions.length };
}
