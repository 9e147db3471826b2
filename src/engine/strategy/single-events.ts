/** Every event that fulfils the rule's query is a detection of its own (engine A5.1, A5.2). */
import type { StrategyMaker } from './strategy.ts';

export const singleEvents: StrategyMaker = (rule) => {
  if (rule.plan?.kind !== 'filter') return undefined;
  return {
    conditions: [rule.plan.where],
    take: (event) => [{ rule, events: [event] }],
    end: () => [],
  };
};
