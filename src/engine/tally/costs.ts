/** What rules cost, as the summary of a run says it: the tail is always a handful. */
import type { RuleSummary } from '../../model/summary.ts';
import type { Detector } from '../detector.ts';

/** Rules that are named. */
const NAMED = 10;

export function costsOf(detector: Detector): Pick<RuleSummary, 'costs'> {
  const costs = detector.costs();
  if (costs === undefined) return {};
  const most = costs.filter(({ tried }) => tried > 0).sort((a, b) => b.tried - a.tried);
  return {
    costs: {
      tried: costs.reduce((sum, { tried }) => sum + tried, 0),
      most: most.slice(0, NAMED).map(({ rule, tried, held }) => ({ rule: nameOf(rule), tried, held })),
      unindexed: costs.flatMap(({ rule, isIndexed }) => (isIndexed ? [] : nameOf(rule))),
    },
  };
}

const nameOf = ({ document }: { readonly document: { readonly rule: { readonly name: string } } }): string =>
  document.rule.name;
