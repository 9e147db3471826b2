/** Folders of rule files to a rule set. One broken file never stops the rest. */
import type { Profile } from '../format/profile.ts';
import type { RuleSet } from '../rule.ts';
import { candidate, linted, loaded, withoutDeprecated } from './candidate.ts';
import type { Toolkit } from './compile.ts';
import { withoutDuplicates } from './duplicates.ts';
import type { RuleFiles } from './files.ts';
import { readRules } from './read.ts';
import { standardToolkit } from './toolkit.ts';

export interface LoadOptions {
  /** `lenient` unless given. */
  readonly profile?: Profile;
  /** Deprecated rules run like others; otherwise they are listed with the reason `deprecated`. */
  readonly deprecated?: boolean;
  /** Languages, filters and field types; Winnow's own unless given. */
  readonly toolkit?: Toolkit;
}

/**
 * Loads every rule below the paths, in a fixed order, each file once. Throws `RulePathError` for a path that does
 * not exist; whatever else is wrong is in the set.
 */
export async function loadRules(
  paths: readonly string[],
  files: RuleFiles,
  options: LoadOptions = {},
): Promise<RuleSet> {
  const started = Date.now();
  const { profile = 'lenient', deprecated = false, toolkit = standardToolkit } = options;
  const read = await readRules(paths, files, profile);
  const compiled = read.rules.map(({ rule, diagnostics }) => candidate(rule, diagnostics, toolkit));
  const wanted = deprecated ? compiled : compiled.map(withoutDeprecated);
  return {
    rules: withoutDuplicates(linted(wanted, profile)).map(loaded),
    refused: read.refused,
    diagnostics: read.diagnostics,
    milliseconds: Date.now() - started,
  };
}
