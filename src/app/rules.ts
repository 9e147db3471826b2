/** The rules of a run: which ones are loaded, and which of these were asked for. */
import { fileURLToPath } from 'node:url';
import { loadRules } from '../rules/load/load.ts';
import type { RuleFilter } from '../rules/load/select.ts';
import { selectRules } from '../rules/load/select.ts';
import type { RuleSet } from '../rules/rule.ts';
import { nodeRuleFiles } from './rule-files.ts';

/** Lies at the same place below `src` and below `dist`. */
export const shippedRules = fileURLToPath(new URL('../../content/rules', import.meta.url));

/** The rules below the paths, or the shipped ones, as a scan chooses them. Throws `RulePathError`. */
export async function rulesFor(paths: readonly string[], filter: RuleFilter): Promise<RuleSet> {
  const from = paths.length === 0 ? [shippedRules] : paths;
  return selectRules(await loadRules(from, nodeRuleFiles, { deprecated: filter.deprecated }), filter);
}
