/** What rules read besides events, and which rules run without it. */
import type { LoadedRule, RuleSet } from '../rule.ts';
import { withoutAnomalies, withoutIndicators, withoutProvider } from './strategies.ts';

export interface GivenInputs {
  /** Indicators of threats, which indicator match rules compare events with. */
  readonly indicators: boolean;
  /** Anomalies are among the events: machine learning rules find theirs. */
  readonly anomalies: boolean;
  /** COMPLETION is answered, or what stands before it is told. */
  readonly completion: boolean;
}

/** The set with the rules stopped that nothing is given for, and those running that wait for anomalies. */
export const withInputs = (set: RuleSet, given: GivenInputs): RuleSet => ({
  ...set,
  rules: set.rules.map((rule) => withInput(rule, given)),
});

/** The same for one rule. */
export function withInput(rule: LoadedRule, { indicators, anomalies, completion }: GivenInputs): LoadedRule {
  const { status, document } = rule;
  if (status.runnable && document.rule.type === 'threat_match' && !indicators)
    return { ...rule, status: withoutIndicators };
  const isGiven = (status === withoutAnomalies && anomalies) || (status === withoutProvider && completion);
  return isGiven ? { ...rule, status: { runnable: true } } : rule;
}
