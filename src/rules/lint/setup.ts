import type { Lint } from './lint.ts';

/** `## Setup` of the note is moved into `setup`, where nothing may be yet (engine A14). */
export const setup: Lint = {
  code: 'RULE045',
  profile: 'elastic',
  *check({ rule }) {
    const { note = '', setup: own = '' } = rule.document.rule;
    if (own.trim() === '' || !/^## Setup\s*$/im.test(note)) return;
    yield { message: '"## Setup" stands in the note and there is a "setup" too', path: ['rule', 'setup'] };
  },
};
