import type { Lint } from './lint.ts';
import { intervalOf, lookBackOf } from './schedule.ts';

const MINUTE = 60_000;

/** A run sees a whole sequence, and sequences of minutes are not searched for all the time (engine B4). */
export const sequenceTiming: Lint = {
  code: 'RULE044',
  profile: 'elastic',
  *check({ rule, plan }) {
    if (plan?.kind !== 'sequence' || plan.maxspan === undefined) return;
    const { maxspan } = plan;
    if ((lookBackOf(rule) ?? Infinity) + 10 * MINUTE < maxspan) {
      const message = `the rule looks back less far than its maxspan of ${maxspan / MINUTE} minutes`;
      yield { message, path: ['rule', 'from'] };
    }
    if (maxspan > 2.5 * MINUTE && (intervalOf(rule) ?? Infinity) < maxspan / 2) {
      const message = `the rule runs more than twice in its maxspan of ${maxspan / MINUTE} minutes`;
      yield { message, path: ['rule', 'interval'] };
    }
  },
};
