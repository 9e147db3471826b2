/** What the rules with memory did, as the summary of a run says it. */
import type { StateSummary } from '../../model/summary.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { ClockCounts } from '../clock/clock.ts';
import { byText } from './distinct.ts';

type OfAlerts = Pick<StateSummary, 'sequenceParts' | 'suppressed' | 'looped' | 'remembered' | 'largest'>;

export const stateSummary = (counts: ClockCounts, ofAlerts: OfAlerts): StateSummary => ({
  late: counts.late,
  untimed: counts.untimed,
  ahead: counts.ahead,
  evictions: [...counts.evictions]
    .map(([limit, { count, rules }]) => ({ what: limit, count, rules: [...rules].map(nameOf).sort(byText) }))
    .sort((a, b) => b.count - a.count || byText(a.what, b.what)),
  learning: [...counts.learningRules]
    .map(([rule, { until, count }]) => ({ rule: nameOf(rule), until, count }))
    .sort((a, b) => byText(a.rule, b.rule)),
  ...ofAlerts,
  folded: counts.folded,
  dropped: counts.dropped,
  gaps: [...counts.gaps]
    .map(([rule, milliseconds]) => ({ rule: nameOf(rule), milliseconds }))
    .sort((a, b) => byText(a.rule, b.rule)),
});

const nameOf = ({ document }: LoadedRule): string => document.rule.name;
