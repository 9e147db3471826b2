/** The rules of a run: which ones are loaded, what changes and excepts them, and which of these were asked for. */
import { hash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { builtinFieldTypes } from '../data/fields/index.ts';
import { exceptionWarnings } from '../engine/exception/warnings.ts';
import { isExceptionName, loadExceptions } from '../rules/exception/load.ts';
import { loadRules } from '../rules/load/load.ts';
import type { RuleFilter } from '../rules/load/select.ts';
import { selectRules } from '../rules/load/select.ts';
import { loadOverlays } from '../rules/overlay/read.ts';
import type { RuleSet } from '../rules/rule.ts';
import { filesNamed, nodeRuleFiles } from './rule-files.ts';

/** Lies at the same place below `src` and below `dist`. */
export const shippedRules = fileURLToPath(new URL('../../content/rules', import.meta.url));

/** What a user's own files do to rules: paths of files or folders. */
export interface LocalFiles {
  readonly exceptions?: readonly string[];
  readonly overlays?: readonly string[];
}

/** The rules below the paths, or the shipped ones, as a scan chooses them. Throws `RulePathError`. */
export async function rulesFor(
  paths: readonly string[],
  filter: RuleFilter,
  { exceptions = [], overlays = [] }: LocalFiles = {},
): Promise<RuleSet> {
  const types = builtinFieldTypes;
  const [excepted, overlaid] = await Promise.all([
    loadExceptions(exceptions, filesNamed(isExceptionName), { types, now: Date.now() }),
    loadOverlays(overlays, nodeRuleFiles, (text) => hash('sha256', text, 'hex')),
  ]);
  const set = await loadRules(paths.length === 0 ? [shippedRules] : paths, nodeRuleFiles, {
    deprecated: filter.deprecated,
    exceptions: excepted,
    overlays: overlaid,
  });
  const chosen = selectRules(set, filter);
  const running = chosen.rules.filter(({ status }) => status.runnable);
  return { ...chosen, diagnostics: [...chosen.diagnostics, ...exceptionWarnings(running)] };
}
