/** The strategy of each rule type that runs: a new type adds its file and its line. */
import type { RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { EngineInputs } from '../ports.ts';
import { esqlRules } from './esql.ts';
import { newTerms } from './new-terms.ts';
import { pipedEvents } from './piped-events.ts';
import { samples } from './sample.ts';
import { sequences } from './sequence.ts';
import { singleEvents } from './single-events.ts';
import type { Strategy, StrategyMaker } from './strategy.ts';
import { threatMatches } from './threat-match.ts';
import { thresholds } from './threshold.ts';

/** Of those for a type, the first that can run the rule does. */
const makers: Readonly<Partial<Record<RuleType, readonly StrategyMaker[]>>> = {
  query: [singleEvents],
  saved_query: [singleEvents],
  eql: [pipedEvents, singleEvents, sequences, samples],
  esql: [esqlRules],
  threshold: [thresholds],
  new_terms: [newTerms],
  threat_match: [threatMatches],
  machine_learning: [singleEvents],
};

/** @throws {Error} for a rule that was declared runnable and is not: it must not be skipped in silence. */
export function strategyOf(rule: LoadedRule, inputs: EngineInputs): Strategy {
  const { type, name } = rule.document.rule;
  for (const make of makers[type] ?? []) {
    const strategy = make(rule, inputs);
    if (strategy !== undefined) return strategy;
  }
  throw new Error(`The rule "${name}" of type ${type} cannot run.`);
}

export type { Strategy } from './strategy.ts';
