/** The fields that rules read and no event had, with the number of rules that each of them silences. */
import { fieldsOf } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { Count } from '../../model/summary.ts';
import { byText } from './distinct.ts';
import { cannotHold } from './silence.ts';

/** The full paths that conditions read. */
export const pathsOf = (conditions: readonly Predicate[]): string[] =>
  conditions.flatMap(fieldsOf).flatMap(({ path }) => (typeof path === 'string' ? path : []));

/** A rule as far as its silence goes. */
export interface Asker {
  readonly conditions: readonly Predicate[];
  readonly severity: Severity;
}

interface Silenced {
  rules: number;
  /** Of the most severe of the rules. */
  rank: number;
}

/**
 * A rule is silenced when one of its conditions cannot hold without the missing fields; it counts for each field that
 * does so alone, else for the alternatives together, of which the first is named. Fields that silence nothing are left
 * out. What silences the most severe rules comes first, then what silences most.
 */
export function missingFields(rules: readonly Asker[], missing: ReadonlySet<string>): Count[] {
  const silenced = new Map<string, Silenced>();
  for (const { conditions, severity } of rules) {
    const lacking = [...new Set(pathsOf(conditions))].filter((path) => missing.has(path));
    for (const what of blamed(conditions, lacking)) {
      const known = silenced.get(what) ?? { rules: 0, rank: 0 };
      const rank = Math.max(known.rank, severities.indexOf(severity));
      silenced.set(what, { rules: known.rules + 1, rank });
    }
  }
  return [...silenced]
    .sort(([a, x], [b, y]) => y.rank - x.rank || y.rules - x.rules || byText(a, b))
    .map(([what, { rules: count }]) => ({ what, count }));
}

function blamed(conditions: readonly Predicate[], lacking: readonly string[]): readonly string[] {
  const silencedBy = (paths: readonly string[]): boolean =>
    conditions.some((condition) => cannotHold(condition, new Set(paths)));
  if (!silencedBy(lacking)) return [];
  const alone = lacking.filter((path) => silencedBy([path]));
  if (alone.length > 0) return alone;
  const [first, ...others] = lacking.reduce((needed, path) => {
    const without = needed.filter((other) => other !== path);
    return silencedBy(without) ? without : needed;
  }, lacking);
  const alternatives = others.length === 1 ? 'alternative' : 'alternatives';
  return first === undefined ? [] : [`${first} or ${others.length} ${alternatives}`];
}
