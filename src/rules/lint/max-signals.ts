import type { Lint } from './lint.ts';

/** Elastic's cap on the alerts of one run (engine A3). */
const MOST = 1000;

export const maxSignals: Lint = {
  code: 'RULE032',
  profile: 'lenient',
  *check({ rule }) {
    const { max_signals: most } = rule.document.rule;
    if (most === undefined || most <= MOST) return;
    yield { message: `max_signals ${most} is more than ${MOST}`, path: ['rule', 'max_signals'] };
  },
};
