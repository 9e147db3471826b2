/** Paths to parsed rules: lists files, reads them a few at a time, and sorts out what is no rule. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Profile } from '../format/profile.ts';
import type { RuleFile } from '../format/rule-file.ts';
import { RuleTexts } from '../format/rule-texts.ts';
import { parseRules } from '../format/rules.ts';
import type { ListedFile, RuleFiles } from './files.ts';

export interface ReadRules {
  readonly rules: readonly { readonly rule: RuleFile; readonly diagnostics: readonly Diagnostic[] }[];
  readonly refused: readonly { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[];
  /** About folders and files that are no rules. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Every rule below the paths, in the order of the listings, each file once. Throws `RulePathError`. */
export async function readRules(
  paths: readonly string[],
  files: RuleFiles,
  profile: Profile,
): Promise<ReadRules> {
  const listings = await Promise.all(paths.map((path) => files.list(path)));
  const rules: ReadRules['rules'][number][] = [];
  const refused: ReadRules['refused'][number][] = [];
  const noRules: string[] = [];
  const kept = new RuleTexts(files.keeper?.());
  for await (const { listed, read } of texts(eachOnce(listings.flatMap((listing) => listing.files)), files)) {
    const results = read.ok ? parseRules(listed.file, read.value, profile, kept) : [read];
    for (const result of results) {
      if (result.ok) rules.push({ rule: result.value, diagnostics: result.diagnostics });
      else if (isLeftOut(listed, result.diagnostics)) noRules.push(listed.file);
      else refused.push({ file: listed.file, diagnostics: result.diagnostics });
    }
  }
  const found = listings.flatMap((listing) => listing.diagnostics);
  return { rules, refused, diagnostics: [...found, ...leftOut(noRules)] };
}

/** A file that was reached twice is one file, and was named if it was named once. */
function eachOnce(listed: readonly ListedFile[]): ListedFile[] {
  const byIdentity = new Map<string, ListedFile>();
  for (const one of listed) {
    const known = byIdentity.get(one.identity) ?? one;
    byIdentity.set(one.identity, { ...known, named: known.named || one.named });
  }
  return [...byIdentity.values()];
}

/** So many files are open at once. */
const BATCH = 32;

async function* texts(listed: readonly ListedFile[], files: RuleFiles) {
  for (let start = 0; start < listed.length; start += BATCH) {
    const batch = listed.slice(start, start + BATCH);
    yield* await Promise.all(batch.map(async (one) => ({ listed: one, read: await files.read(one.file) })));
  }
}

const isLeftOut = ({ named }: ListedFile, found: readonly Diagnostic[]): boolean =>
  !named && found.every(({ code }) => code === 'RULE003');

function leftOut(files: readonly string[]): Diagnostic[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');
  const count = files.length === 1 ? '1 file' : `${files.length} files`;
  return [diagnostic('RULE004', `${count} without a [rule] table left out: ${shown}`)];
}
