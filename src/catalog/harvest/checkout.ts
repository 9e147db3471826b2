/** One checkout of a rule set, whatever its kind: every file is known by what is in it, not by where it lies. */
import { diagnostic } from '../../base/diagnostic.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import type { CheckoutFiles } from '../files.ts';
import type { SourceName } from '../model.ts';
import { publisherOf, readElastic } from './elastic.ts';
import { isKnownList, readKnownList } from './known-list.ts';
import { isLicenseFile, licenseName } from './license.ts';
import type { Attachment, Harvested, HarvestedRule } from './rule.ts';
import { Unreadable } from './rule.ts';
import { isSigma, readSigma } from './sigma.ts';
import { isSplunk, readSplunk } from './splunk.ts';
import { readYaml } from './yaml.ts';

export interface PlacedRule extends HarvestedRule {
  /** Relative to the checkout. */
  readonly path: string;
  readonly set: string;
  /** When the checkout is a part of one: the folders from the set on that lead to it. */
  readonly within: readonly string[];
  readonly commit?: string;
  readonly license: string;
}

export interface HarvestedCheckout {
  readonly name: string;
  readonly commit?: string;
  readonly license: string;
  readonly rules: readonly PlacedRule[];
  readonly attachments: readonly Attachment[];
  readonly leftOut: number;
  readonly refused: readonly { readonly path: string; readonly problem: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The folders that rule sets keep their rules in. A checkout that has any holds no rules elsewhere. */
const HOME = /^(rules([-_].*)?|detections)$/;
/** The folders that they sort them into, beside those or below them. */
const SET = new RegExp(`${HOME.source}|^(deprecated|unsupported|removed)$`);

const isRuleName = (name: string): boolean => /\.(toml|ya?ml)$/.test(name) && !name.endsWith('.tests.toml');

/** Reads every rule below the folder; broken files are reported and skipped (CAT002, CAT003). */
export async function harvestCheckout(folder: string, files: CheckoutFiles): Promise<HarvestedCheckout> {
  const all = await files.list(
    folder,
    (name) => isRuleName(name) || isLicenseFile(name) || isKnownList(name),
  );
  const license = await licenseOf(folder, all, files);
  const commit = await files.commit(folder);
  const isWhole = all.some((path) => isRuleName(path) && foldersOf(path).some((one) => HOME.test(one)));
  const reader = new Reader(folder, files, isWhole ? [] : fromSetOn(files.place(folder)));
  for (const path of rulePaths(all, isWhole)) await reader.file(path);
  const known = { license, ...(commit === undefined ? {} : { commit }) };
  const publisher = publisherOf(reader.rules.filter(isUnclaimed));
  const rules = reader.rules.map((rule) => ({
    ...known,
    ...rule,
    ...(isUnclaimed(rule) ? { source: publisher } : {}),
  }));
  const { attachments, leftOut, refused, diagnostics } = reader;
  return { name: nameOf(folder), ...known, rules, attachments, leftOut, refused, diagnostics };
}

/** The format is Elastic's, and many write in it. */
const isUnclaimed = ({ source: of }: HarvestedRule): boolean => of === 'local';

/** The last folder that is not just a place for rules. */
function nameOf(folder: string): string {
  const parts = folder.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.at(-1) ?? folder;
}

/** Where the rules are: in a whole checkout below the known folders, and lists wherever they are. */
function rulePaths(all: readonly string[], isWhole: boolean): string[] {
  const rules = all.filter(
    (path) => isRuleName(path) && (isWhole ? setOf(path) !== undefined : !path.startsWith('.github/')),
  );
  return [...rules, ...all.filter(isKnownList)];
}

/** From the last folder on that sorts rules: `rules/integrations/kubernetes` of a checkout. */
function fromSetOn(folders: readonly string[]): readonly string[] {
  const last = folders.findLastIndex((folder) => SET.test(folder));
  const first = folders.findLastIndex((folder, index) => index < last && !SET.test(folder)) + 1;
  return last < 0 ? [] : folders.slice(first);
}

const foldersOf = (path: string): readonly string[] => path.split('/').slice(0, -1);

const setOf = (path: string): string | undefined => foldersOf(path).find((part) => SET.test(part));

async function licenseOf(folder: string, all: readonly string[], files: CheckoutFiles): Promise<string> {
  const candidates = all.filter(isLicenseFile).toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const nearest = candidates[0];
  if (nearest === undefined) return 'unknown';
  const text = await files.read(folder, nearest);
  return text.ok ? licenseName(text.value) : 'unknown';
}

const depth = (path: string): number => path.split('/').length;

class Reader {
  readonly rules: (HarvestedRule & Pick<PlacedRule, 'path' | 'set' | 'within'>)[] = [];
  readonly attachments: Attachment[] = [];
  readonly refused: { path: string; problem: string }[] = [];
  readonly diagnostics: Diagnostic[] = [];
  leftOut = 0;

  readonly #folder: string;
  readonly #above: readonly string[];
  readonly #files: CheckoutFiles;

  constructor(folder: string, files: CheckoutFiles, above: readonly string[]) {
    this.#folder = folder;
    this.#above = above;
    this.#files = files;
  }

  async file(path: string): Promise<void> {
    const text = await this.#files.read(this.#folder, path);
    if (!text.ok) return this.#refuse(path, text.diagnostics[0]?.message ?? 'cannot be read');
    try {
      // Its folders tell more than its name, also those that lead to a part of a checkout.
      this.#take(path, harvestFile([...this.#above, path].join('/'), text.value));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#refuse(path, error.message);
    }
  }

  #take(path: string, { rules, attachments = [], mended }: Harvested): void {
    const set = this.#above[0] ?? setOf(path) ?? nameOf(this.#folder);
    for (const rule of rules) this.rules.push({ ...rule, path, set, within: this.#above });
    this.attachments.push(...attachments);
    if (rules.length === 0 && attachments.length === 0) this.leftOut++;
    else if (mended !== undefined) this.diagnostics.push(diagnostic('CAT003', mended, this.#at(path)));
  }

  #refuse(path: string, problem: string): void {
    this.refused.push({ path, problem });
    this.diagnostics.push(diagnostic('CAT002', problem, this.#at(path)));
  }

  readonly #at = (path: string) => ({ source: source(path, '') });
}

/** What a file holds, by its contents. Throws `Unreadable`. */
export function harvestFile(path: string, text: string): Harvested {
  if (isKnownList(path)) return { rules: [], attachments: readKnownList(text) };
  if (path.endsWith('.toml')) return readElastic(path, text);
  const file = readYaml(path, text);
  if (isSigma(file)) return readSigma(path, file);
  return isSplunk(file) ? readSplunk(path, file) : { rules: [] };
}

/** The source that most rules are of. */
export function sourceOf(rules: readonly HarvestedRule[]): SourceName {
  const bySource = Map.groupBy(rules, ({ source: name }) => name);
  const [most] = [...bySource].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? 'local';
}
