/** Every event that fulfils the rule's query is a detection of its own (engine A5.1, A5.2). */
import type { LoadedRule } from '../../rules/rule.ts';
import type { Stateless } from './strategy.ts';

export function singleEvents(rule: LoadedRule): Stateless | undefined {
  if (rule.plan?.kind !== 'filter') return undefined;
  return {
    kind: 'stateless',
    conditions: [rule.plan.where],
    detect: (event) => [{ rule, events: [event] }],
  };
}
