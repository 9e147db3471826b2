/** The tactics, techniques and subtechniques of a rule with their places. */
import type { Path } from '../format/positions.ts';
import type { RuleFile } from '../format/rule-file.ts';

export interface AttackEntry {
  readonly kind: 'tactic' | 'technique' | 'subtechnique';
  readonly id: string;
  readonly reference: string | undefined;
  readonly path: Path;
  /** Of a subtechnique: its technique's id. */
  readonly parent?: string;
}

export function* attackEntries({ document }: RuleFile): Generator<AttackEntry> {
  for (const [index, { tactic, technique }] of (document.rule.threat ?? []).entries()) {
    const path = ['rule', 'threat', index];
    yield { kind: 'tactic', id: tactic.id, reference: tactic.reference, path: [...path, 'tactic'] };
    for (const [t, { id, reference, subtechnique }] of technique.entries()) {
      const at = [...path, 'technique', t];
      yield { kind: 'technique', id, reference, path: at };
      for (const [s, sub] of subtechnique.entries()) {
        const subPath = [...at, 'subtechnique', s];
        yield { kind: 'subtechnique', id: sub.id, reference: sub.reference, path: subPath, parent: id };
      }
    }
  }
}
