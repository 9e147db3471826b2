import { bandOf, severityOf } from '../format/band.ts';
import type { Lint } from './lint.ts';

/** The score must lie in the band of the severity (engine B2). */
export const riskScore: Lint = {
  code: 'RULE030',
  profile: 'lenient',
  *check({ rule }) {
    const { severity, risk_score: score } = rule.document.rule;
    if (severityOf(score) === severity) return;
    yield {
      message: `risk_score ${score} does not fit severity "${severity}", which is ${bandOf(severity)}`,
      path: ['rule', 'risk_score'],
      hint: `a score of ${score} is "${severityOf(score)}"`,
    };
  },
};
