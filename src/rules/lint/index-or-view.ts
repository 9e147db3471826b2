import type { Lint } from './lint.ts';

/** A data view wins over index patterns (engine A0). */
export const indexOrView: Lint = {
  code: 'RULE039',
  profile: 'custom',
  *check({ rule }) {
    const document = rule.document.rule;
    if (!('index' in document) || document.index === undefined || document.data_view_id === undefined) return;
    yield { message: 'the rule has both "index" and "data_view_id"', path: ['rule', 'index'] };
  },
};
