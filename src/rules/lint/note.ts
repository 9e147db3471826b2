import type { Lint } from './lint.ts';

/** Serious rules need an investigation guide (engine B2). */
export const note: Lint = {
  code: 'RULE035',
  profile: 'custom',
  *check({ rule }) {
    const { severity, note: guide = '' } = rule.document.rule;
    if (severity === 'low' || severity === 'medium') return;
    if (guide.trim() === '')
      yield { message: `a rule of severity "${severity}" has no note`, path: ['rule', 'note'] };
    else if (!/^## Triage and analysis\s*$/m.test(guide)) {
      yield { message: 'the note has no heading "## Triage and analysis"', path: ['rule', 'note'] };
    }
  },
};
