/** The rules of a run: which ones are loaded, what changes and excepts them, and which of these were asked for. */
import { hash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnostic } from '../base/diagnostic.ts';
import { builtinFieldTypes } from '../data/fields/index.ts';
import type { Tables } from '../lang/kit/language.ts';
import { exceptionWarnings } from '../engine/exception/warnings.ts';
import { isExceptionName, loadExceptions } from '../rules/exception/load.ts';
import type { RuleFiles } from '../rules/load/files.ts';
import { RulePathError, SHIPPED } from '../rules/load/files.ts';
import { loadRules } from '../rules/load/load.ts';
import type { RuleFilter } from '../rules/load/select.ts';
import { selectRules } from '../rules/load/select.ts';
import { standardToolkit } from '../rules/load/toolkit.ts';
import { loadOverlays } from '../rules/overlay/read.ts';
import type { RuleSet } from '../rules/rule.ts';
import { tablesOf } from './tables.ts';
import { keeper } from './kept-texts.ts';
import { filesNamed, nodeRuleFiles } from './rule-files.ts';

/** Lies at the same place below `src` and below `dist`. */
export const shippedRules = fileURLToPath(new URL('../../content/rules', import.meta.url));

/** The path of what `shipped:…` stands for; any other path is itself. */
export const pathOnDisk = (path: string): string =>
  path.startsWith(SHIPPED) ? join(shippedRules, path.slice(SHIPPED.length)) : path;

/** Rule files on disk, and those that come with Winnow under names that mean the same on every machine. */
const ruleFiles: RuleFiles = {
  async list(path) {
    if (!path.startsWith(SHIPPED)) return nodeRuleFiles.list(path);
    const { files, diagnostics } = await nodeRuleFiles.list(pathOnDisk(path)).catch(() => {
      const hint = 'winnow rules list shows the rules that come with Winnow';
      throw new RulePathError(diagnostic('RULE007', `no shipped rule or folder is "${path}"`, { hint }));
    });
    return { files: files.map((listed) => ({ ...listed, file: shippedName(listed.file) })), diagnostics };
  },
  read: (file) => nodeRuleFiles.read(pathOnDisk(file)),
  keeper,
};

const shippedName = (path: string): string => SHIPPED + relative(shippedRules, path).split(sep).join('/');

/** What a user's own files do to rules: paths of files or folders. */
export interface LocalFiles {
  readonly exceptions?: readonly string[];
  readonly overlays?: readonly string[];
  /** For ENRICH and LOOKUP JOIN, each as `NAME=FILE`. */
  readonly tables?: readonly string[];
  /** In place of `tables` where they were read already. */
  readonly shapes?: Tables;
}

/** The rules below the paths, or the shipped ones (`shipped:`), as a scan chooses them. Throws `RulePathError`. */
export async function rulesFor(
  paths: readonly string[],
  filter: RuleFilter,
  { exceptions = [], overlays = [], tables = [], shapes }: LocalFiles = {},
): Promise<RuleSet> {
  const types = builtinFieldTypes;
  const [known, excepted, overlaid] = await Promise.all([
    shapes ?? tablesOf(tables).then((read) => read.shapes),
    loadExceptions(exceptions, filesNamed(isExceptionName), { types, now: Date.now() }),
    loadOverlays(overlays, nodeRuleFiles, (text) => hash('sha256', text, 'hex')),
  ]);
  const set = await loadRules(paths.length === 0 ? [SHIPPED] : paths, ruleFiles, {
    deprecated: filter.deprecated,
    exceptions: excepted,
    overlays: overlaid,
    toolkit: { ...standardToolkit, tables: known },
  });
  const chosen = selectRules(set, filter);
  const running = chosen.rules.filter(({ status }) => status.runnable);
  return { ...chosen, diagnostics: [...chosen.diagnostics, ...exceptionWarnings(running)] };
}
