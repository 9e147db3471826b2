import type { Lint } from './lint.ts';

/** Both dates are given, the creation first (engine B1). */
export const dates: Lint = {
  code: 'RULE036',
  profile: 'elastic',
  *check({ rule }) {
    const { creation_date: created, updated_date: updated } = rule.document.metadata;
    if (created === undefined) yield { message: 'the metadata has no "creation_date"', path: ['metadata'] };
    if (updated === undefined) yield { message: 'the metadata has no "updated_date"', path: ['metadata'] };
    if (created !== undefined && updated !== undefined && updated < created) {
      const message = `updated_date ${updated} is before creation_date ${created}`;
      yield { message, path: ['metadata', 'updated_date'] };
    }
  },
};
