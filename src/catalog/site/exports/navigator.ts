/** A layer for ATT&CK Navigator: how many benign explanations each technique has. */
import type { SiteContext } from '../context.ts';
import { tacticsOf } from '../context.ts';
import { technique } from '../../attack/attack.ts';

/** Format 4.5 of layers. A technique that is gone counts for the one that replaces it. */
export function navigatorLayer({ catalogue, byTechnique }: SiteContext): string {
  const scores = new Map<string, Set<string>>();
  for (const { id, statements } of byTechnique.values()) {
    const current = currentId(id);
    const all = scores.get(current) ?? new Set<string>();
    scores.set(current, all);
    for (const one of statements) all.add(one.id);
  }
  const highest = Math.max(1, ...[...scores.values()].map(({ size }) => size));
  const layer = {
    name: 'Benign explanations',
    versions: { attack: catalogue.attack.version.split('.')[0], navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: 'How many benign explanations public detection rules give for each technique',
    sorting: 3,
    gradient: { colors: ['#fdf6e3', '#e0a030', '#9a4a00'], minValue: 0, maxValue: highest },
    techniques: [...scores]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([techniqueID, { size }]) => ({
        techniqueID,
        score: size,
        comment: `${size} benign explanations`,
      })),
  };
  return `${JSON.stringify(layer, undefined, 1)}\n`;
}

/** Later versions of ATT&CK than the table's would be unknown to Navigator at this version. */
function currentId(id: string): string {
  const now = technique(id).now?.id;
  return now !== undefined && tacticsOf(now).length > 0 ? now : id;
}
