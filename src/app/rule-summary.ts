/** What a summary says about the rules, apart from what the engine saw of them. */
import { byText } from '../engine/tally/distinct.ts';
import type { RuleSummary } from '../model/summary.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';

type Loading = Pick<RuleSummary, 'loaded' | 'runnable' | 'notRunnable' | 'refusedFiles'>;

export const ruleSummary = (set: RuleSet): Loading => ({
  loaded: set.rules.length,
  runnable: runnableRules(set).length,
  notRunnable: notRunnable(set.rules),
  refusedFiles: set.refused.map(({ file, diagnostics }) => ({
    file,
    message: diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '),
  })),
});

export const runnableRules = ({ rules }: RuleSet): LoadedRule[] =>
  rules.filter(({ status }) => status.runnable);

/** By reason, the most frequent first. */
function notRunnable(rules: readonly LoadedRule[]): RuleSummary['notRunnable'] {
  const stopped = rules.flatMap(({ document, status }) =>
    status.runnable ? [] : { ...status, name: document.rule.name },
  );
  return [...Map.groupBy(stopped, ({ reason }) => reason)]
    .map(([reason, group]) => ({
      what: reason,
      count: group.length,
      explanation: common(group.map(({ explanation }) => explanation)),
      rules: group.map(({ name }) => name),
    }))
    .sort((a, b) => b.count - a.count || byText(a.what, b.what));
}

/** Rules with errors each have their own explanation. */
function common(explanations: readonly string[]): string {
  const [first = '', ...others] = new Set(explanations);
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
