/** The fields that rules read and no event had, with the number of rules that each of them silences. */
import { fieldsOf } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Count } from '../../model/summary.ts';
import { byCount } from './distinct.ts';
import { cannotHold } from './silence.ts';

/** The full paths that conditions read. */
export const pathsOf = (conditions: readonly Predicate[]): string[] =>
  conditions.flatMap(fieldsOf).flatMap(({ path }) => (typeof path === 'string' ? path : []));

/**
 * `rules` holds the conditions of each rule. A rule is silenced when one of its conditions cannot hold without the
 * missing fields; it counts for the fields that do so alone, else for all missing ones that it reads.
 */
export function missingFields(
  rules: readonly (readonly Predicate[])[],
  missing: ReadonlySet<string>,
): Count[] {
  const counts = new Map<string, number>();
  for (const conditions of rules) {
    const lacking = [...new Set(pathsOf(conditions))].filter((path) => missing.has(path));
    for (const path of lacking) counts.set(path, counts.get(path) ?? 0);
    for (const path of blamed(conditions, lacking)) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return byCount(counts);
}

function blamed(conditions: readonly Predicate[], lacking: readonly string[]): readonly string[] {
  const silencedBy = (paths: readonly string[]): boolean =>
    conditions.some((condition) => cannotHold(condition, new Set(paths)));
  if (!silencedBy(lacking)) return [];
  const alone = lacking.filter((path) => silencedBy([path]));
  return alone.length > 0 ? alone : lacking;
}
