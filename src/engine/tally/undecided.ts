/** What rules could not answer or take up, as the summary of a run says it. */
import type { RuleSummary } from '../../model/summary.ts';
import type { Detector } from '../detector.ts';
import { byCount, byText } from './distinct.ts';

export function lossesOf(detector: Detector): Pick<RuleSummary, 'losses'> {
  const losses = detector.losses().map(({ rule, losses: counts }) => ({
    rule: rule.document.rule.name,
    counts: byCount(counts),
  }));
  return losses.length === 0 ? {} : { losses };
}

export const undecidedOf = ({ undecided }: Detector): RuleSummary['undecided'] =>
  [...undecided]
    .map(([limit, { count, rules }]) => ({
      what: limit,
      count,
      rules: [...rules].map(({ document }) => document.rule.name).sort(byText),
    }))
    .sort((a, b) => b.count - a.count || byText(a.what, b.what));
