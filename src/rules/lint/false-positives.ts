import type { Lint } from './lint.ts';

const JUNK = /^(unknown|none|n\/?a|tbd|todo|unlikely|legitimate (use|activity)|-)?\.?$/i;

/** Each statement must say something that helps to recognise benign behaviour. */
export const falsePositives: Lint = {
  code: 'RULE034',
  profile: 'custom',
  *check({ rule }) {
    const statements = rule.document.rule.false_positives;
    if (statements?.length === 0)
      yield { message: 'false_positives is empty', path: ['rule', 'false_positives'] };
    for (const [index, statement] of (statements ?? []).entries()) {
      if (!JUNK.test(statement.trim())) continue;
      const path = ['rule', 'false_positives', index];
      yield { message: `"${statement.trim()}" says nothing about false positives`, path };
    }
  },
};
