import { attackEntries } from './attack.ts';
import type { Lint } from './lint.ts';

/** The address of an entry ends with its id, a subtechnique's with a slash for the dot (engine B3). */
export const attackReferences: Lint = {
  code: 'RULE042',
  profile: 'elastic',
  *check({ rule }) {
    for (const { id, reference, path } of attackEntries(rule)) {
      const tail = id.startsWith('AML.') ? id : id.replace('.', '/');
      if (reference === undefined || reference.replace(/\/$/, '').endsWith(`/${tail}`)) continue;
      yield { message: `the reference of "${id}" leads elsewhere`, path: [...path, 'reference'] };
    }
  },
};
