import type { AttackEntry } from './attack.ts';
import { attackEntries } from './attack.ts';
import type { Lint } from './lint.ts';

const forms = {
  tactic: { pattern: /^(TA|AML\.TA)\d{4}$/, example: 'TA0001' },
  technique: { pattern: /^(T|AML\.T)\d{4}$/, example: 'T1059' },
  subtechnique: { pattern: /^(T|AML\.T)\d{4}\.\d{3}$/, example: 'T1059.001' },
};

/** Ids of ATT&CK and ATLAS have one form each, and a subtechnique stands below its technique (engine B3). */
export const attackIds: Lint = {
  code: 'RULE031',
  profile: 'lenient',
  *check({ rule }) {
    for (const entry of attackEntries(rule)) {
      const message = mistake(entry);
      if (message !== undefined) yield { message, path: [...entry.path, 'id'] };
    }
  },
};

function mistake({ kind, id, parent }: AttackEntry): string | undefined {
  const { pattern, example } = forms[kind];
  if (!pattern.test(id)) return `"${id}" is no ${kind} id such as "${example}"`;
  if (parent === undefined || id.startsWith(`${parent}.`)) return undefined;
  return `subtechnique "${id}" stands below technique "${parent}"`;
}
