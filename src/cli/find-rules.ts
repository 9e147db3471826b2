/** The rules that words of the command line mean: paths of rule files, or ids, names and file names among `--rules`. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { SHIPPED } from '../rules/load/files.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { CommandContext } from './command.ts';

export interface FoundRules {
  readonly rules: readonly LoadedRule[];
  /** About the words and the files, not about the rules found. Something was not found unless it is empty. */
  readonly problems: readonly Diagnostic[];
}

/** Deprecated rules and building blocks are found too: whoever names a rule wants to see it. */
export async function findRules(
  words: readonly string[],
  { terminal, settings, services }: CommandContext,
): Promise<FoundRules> {
  const all = { tags: [], deprecated: true, buildingBlocks: true };
  const paths = words.filter((word) => word.startsWith(SHIPPED) || terminal.exists(word));
  const names = words.filter((word) => !paths.includes(word));
  const sets = [
    ...(paths.length > 0 ? [await services.loadRules(paths, { ...all, rules: [] }, settings)] : []),
    ...(names.length > 0
      ? [await services.loadRules(settings.rules, { ...all, rules: names }, settings)]
      : []),
  ];
  const rules = sets.flatMap((set) => set.rules);
  const problems = sets.flatMap((set) => set.diagnostics).map(wordAsError);
  // A broken file is to blame only when it may be the one that was meant.
  const files =
    rules.length > 0 ? [] : sets.flatMap((set) => set.refused).flatMap((file) => file.diagnostics);
  const found = [...problems, ...files];
  return { rules, problems: rules.length === 0 && found.length === 0 ? [nothingFits(words)] : found };
}

/** A word that fits nothing is a remark to a scan of many rules; here it is what was asked for. */
export const wordAsError = (d: Diagnostic): Diagnostic =>
  d.code === 'RULE008' ? { ...d, severity: 'error', hint: d.hint ?? HINT } : d;

const HINT =
  "winnow rules list shows what there is, --rules names another folder, and '*' is any run of characters";

const nothingFits = (words: readonly string[]): Diagnostic =>
  diagnostic('CLI005', `no rule fits ${words.map((word) => `"${word}"`).join(' or ')}`, {
    hint: HINT,
  });
