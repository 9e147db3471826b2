/** The strategy of each rule type that runs: a new type adds its file and its line. */
import type { RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { singleEvents } from './single-events.ts';
import type { Strategy, StrategyMaker } from './strategy.ts';

const makers: Readonly<Partial<Record<RuleType, StrategyMaker>>> = {
  query: singleEvents,
  saved_query: singleEvents,
  eql: singleEvents,
};

/** @throws {Error} for a rule that was declared runnable and is not: it must not be skipped in silence. */
export function strategyOf(rule: LoadedRule): Strategy {
  const { type, name } = rule.document.rule;
  const strategy = makers[type]?.(rule);
  if (strategy === undefined) throw new Error(`The rule "${name}" of type ${type} cannot run.`);
  return strategy;
}

export type { Strategy } from './strategy.ts';
