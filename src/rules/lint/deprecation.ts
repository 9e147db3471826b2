import type { Lint } from './lint.ts';

/** Maturity, date and folder of a deprecated rule agree (engine B1, B4). */
export const deprecation: Lint = {
  code: 'RULE037',
  profile: 'elastic',
  *check({ rule }) {
    const { maturity, deprecation_date: date, updated_date: updated } = rule.document.metadata;
    const deprecated = maturity === 'deprecated';
    const inFolder = /(^|[/\\])_deprecated[/\\]/.test(rule.file);
    if (deprecated !== inFolder) {
      const message = deprecated
        ? 'a deprecated rule lies outside a _deprecated folder'
        : 'a rule in a _deprecated folder has another maturity';
      yield { message, path: ['metadata', 'maturity'] };
    }
    const path = ['metadata', 'deprecation_date'];
    if (deprecated && date === undefined)
      yield { message: 'a deprecated rule has no "deprecation_date"', path };
    if (!deprecated && date !== undefined) {
      yield { message: 'a rule that is not deprecated has a "deprecation_date"', path };
    }
    if (deprecated && date !== undefined && date !== updated) {
      yield { message: 'the deprecation_date is not the updated_date', path };
    }
  },
};
