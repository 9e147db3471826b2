import type { Lint } from './lint.ts';

const together = [
  ['metadata', 'min_stack_version', 'min_stack_comments'],
  ['rule', 'timeline_id', 'timeline_title'],
] as const;

/** Keys that stand together or not at all (engine B1, B2). */
export const pairs: Lint = {
  code: 'RULE038',
  profile: 'elastic',
  *check({ rule }) {
    for (const [table, one, other] of together) {
      const values: Readonly<Record<string, unknown>> = rule.document[table];
      const [has, lacks] = values[one] === undefined ? [other, one] : [one, other];
      if (values[has] === undefined || values[lacks] !== undefined) continue;
      yield { message: `"${has}" needs "${lacks}" beside it`, path: [table, has] };
    }
  },
};
