import type { Lint } from './lint.ts';
import { intervalOf, lookBackOf } from './schedule.ts';

/** A look-back below the interval leaves gaps that no run sees (engine A1, A2). */
export const lookBack: Lint = {
  code: 'RULE033',
  profile: 'lenient',
  *check({ rule }) {
    const back = lookBackOf(rule);
    const interval = intervalOf(rule);
    if (back === undefined || interval === undefined || back >= interval) return;
    const { from = 'now-6m', interval: every = '5m' } = rule.document.rule;
    const path = ['rule', rule.document.rule.from === undefined ? 'interval' : 'from'];
    yield { message: `the rule runs every ${every} and looks back from "${from}" only`, path };
  },
};
