/** Checkouts and the catalogue on disk. */
import { readFileSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { diagnostic } from '../base/diagnostic.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import type { Built } from '../catalog/assemble/assemble.ts';
import { buildCatalogue } from '../catalog/assemble/assemble.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import type { CheckoutFiles } from '../catalog/files.ts';
import type { HarvestedCheckout } from '../catalog/harvest/checkout.ts';
import { harvestCheckout } from '../catalog/harvest/checkout.ts';
import type { Catalogue } from '../catalog/model.ts';
import { CATALOGUE_SCHEMA } from '../catalog/model.ts';
import { printCatalogue } from '../catalog/print.ts';
import type { StatementSearch } from '../catalog/search/answer.ts';
import type { SavedSearch } from '../catalog/search/search.ts';
import { saveSearch, searchIn } from '../catalog/search/search.ts';
import { behavioursFor } from './behaviours.ts';
import { makeFolder } from './folders.ts';
import { RulePathError } from '../rules/load/files.ts';

/** What to give instead of something that holds no rules. */
const CHECKOUTS =
  'give the folder of a checkout of detection-rules, sigma or security_content, or of your own rules';

export const nodeCheckoutFiles: CheckoutFiles = {
  async list(folder, isWanted) {
    const found = await stat(folder).catch(() => {
      throw new RulePathError(diagnostic('RULE007', `there is no file or folder "${folder}"`));
    });
    if (!found.isDirectory())
      throw new RulePathError(diagnostic('CAT005', `"${folder}" is a file`, { hint: CHECKOUTS }));
    return walk(folder, '', isWanted);
  },

  async read(folder, file) {
    try {
      // At once: thousands of small files cost more in waiting than in reading.
      return success(utf8.decode(readFileSync(join(folder, file))));
    } catch (error) {
      const why = error instanceof TypeError ? 'it is not UTF-8 text' : messageOf(error);
      return failure(diagnostic('CAT001', `cannot be read: ${why}`, { source: source(file, '') }));
    }
  },

  commit: (folder) => commitOf(resolve(folder)),

  place: (folder) => resolve(folder).split(sep),
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function walk(root: string, below: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const path = join(root, below);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    const why = `the folder cannot be read: ${messageOf(error)}`;
    throw new RulePathError(diagnostic('CAT001', why, { source: source(path, '') }));
  });
  const lists = entries.filter(isOpen).map(async (entry) => {
    const place = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return walk(root, place, isWanted);
    return entry.isFile() && isWanted(entry.name) ? [place] : [];
  });
  return (await Promise.all(lists)).flat().toSorted();
}

const isOpen = ({ name }: Dirent): boolean =>
  name === '.github' || (!name.startsWith('.') && name !== 'node_modules');

/** Of the git checkout that the folder lies in, without asking git. */
async function commitOf(folder: string): Promise<string | undefined> {
  const git = join(folder, '.git');
  const kind = await stat(git).catch(() => undefined);
  if (kind === undefined) return dirname(folder) === folder ? undefined : commitOf(dirname(folder));
  const place = kind.isDirectory() ? git : resolve(folder, (await textAt(git)).replace(/^gitdir:\s*/, ''));
  const head = await textAt(join(place, 'HEAD'));
  const name = /^ref:\s*(.+)$/.exec(head)?.[1];
  return name === undefined ? commitIn(head) : refOf(place, name);
}

/** A branch has a file of its own, or a line in the list of packed ones; work trees share those of their repository. */
async function refOf(place: string, name: string): Promise<string | undefined> {
  const common = await textAt(join(place, 'commondir'));
  const shared = common === '' ? place : resolve(place, common);
  const own = commitIn(await textAt(join(shared, name)));
  if (own !== undefined) return own;
  const packed = (await textAt(join(shared, 'packed-refs'))).split('\n');
  return commitIn(packed.find((line) => line.endsWith(` ${name}`))?.split(' ')[0] ?? '');
}

const commitIn = (text: string): string | undefined => /^[0-9a-f]{40,64}$/.exec(text)?.[0];

const textAt = async (path: string): Promise<string> => (await readFile(path, 'utf8').catch(() => '')).trim();

export const CATALOGUE_FILE = 'catalogue.json';
/** The search over it, so that it need not be made anew for every question. */
export const SEARCH_FILE = 'search.json';

/** Reads the catalogue of a folder; CAT006 when there is none that can be used. */
export async function readCatalogue(folder: string): Promise<Result<Catalogue>> {
  const file = join(folder, CATALOGUE_FILE);
  try {
    return parseCatalogue(file, await readFile(file, 'utf8'));
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const hint = `make one: winnow lofp build CHECKOUT… --out ${folder}`;
    return failure(unusable(file, gone ? 'there is none yet' : messageOf(error), gone ? hint : undefined));
  }
}

function parseCatalogue(file: string, text: string): Result<Catalogue> {
  const parsed = jsonOf(text) as Partial<Catalogue> | null | undefined;
  const schema: unknown = parsed?.schema;
  if (typeof schema !== 'number') return failure(unusable(file, 'the file is no catalogue'));
  if (schema === CATALOGUE_SCHEMA) {
    const missing = LISTS.filter((name) => !Array.isArray(parsed?.[name]));
    return missing.length === 0
      ? success(parsed as Catalogue)
      : failure(unusable(file, `the file is damaged: it has no list of ${missing.join(', ')}`));
  }
  return failure(unusable(file, `it has version ${schema}, and this Winnow knows ${CATALOGUE_SCHEMA}`));
}

/** What every reader of a catalogue goes through. */
const LISTS = ['rules', 'statements', 'behaviours', 'tombstones'] as const;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unusable = (file: string, why: string, hint?: string): Diagnostic =>
  diagnostic('CAT006', why, { source: source(file, ''), hint });

/** The search over a catalogue of the folder; made anew when none that can be read was saved for it. */
export async function openSearch(folder: string, catalogue: Catalogue): Promise<StatementSearch> {
  const saved = await readFile(join(folder, SEARCH_FILE), 'utf8')
    .then((text) => JSON.parse(text) as SavedSearch | null)
    .catch(() => undefined);
  return searchIn(catalogue, saved ?? undefined);
}

/** A catalogue to read from. */
export interface OpenCatalogue {
  readonly catalogue: Catalogue;
  /** Opened when first needed: it is as large as the catalogue. */
  search(): Promise<StatementSearch>;
}

export async function openCatalogue(folder: string): Promise<Result<OpenCatalogue>> {
  const read = await readCatalogue(folder);
  if (!read.ok) return read;
  const catalogue = read.value;
  return success({ catalogue, search: () => openSearch(folder, catalogue) });
}

export interface CatalogueBuild extends Built {
  /** The catalogue that stood there before. */
  readonly past: Catalogue | undefined;
  /** What was written, with its size in bytes. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  /** Wall-clock milliseconds. */
  readonly milliseconds: number;
  /** The most memory that the process held so far, in bytes. */
  readonly peakMemory: number;
}

/**
 * Builds the catalogue of the checkouts into `folder`, following the one that is there. Fails with CAT005 for a checkout
 * without rules, CAT006 for a catalogue that cannot be read, and CAT014 for a folder that cannot be written to; nothing is
 * written then.
 */
export async function buildCatalogueFolder(
  checkouts: readonly string[],
  behaviours: readonly Behaviour[],
  folder: string,
): Promise<Result<CatalogueBuild>> {
  const started = Date.now();
  const before = await pastOf(folder);
  if (!before.ok) return before;
  const harvested = await Promise.all(checkouts.map((one) => harvestCheckout(one, nodeCheckoutFiles)));
  const empty = harvested.filter(({ rules }) => rules.length === 0);
  if (empty.length > 0) return failure(...empty.flatMap(whyEmpty));
  const past = before.value;
  const { catalogue, diagnostics } = buildCatalogue({ checkouts: harvested, behaviours, past });
  const texts = [
    [CATALOGUE_FILE, printCatalogue(catalogue)],
    [SEARCH_FILE, JSON.stringify(saveSearch(catalogue))],
  ] as const;
  const files: CatalogueBuild['files'][number][] = [];
  try {
    for (const [name, text] of texts) files.push(await replaceFile(join(folder, name), text));
  } catch (error) {
    return failure(unwritable(folder, error));
  }
  const found = [...harvested.flatMap((one) => one.diagnostics), ...diagnostics];
  return success({
    catalogue,
    diagnostics: found,
    past,
    files,
    milliseconds: Date.now() - started,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  });
}

/** What was wrong with its files, if any were rules, and that nothing is left. */
const whyEmpty = ({ name, diagnostics }: HarvestedCheckout): Diagnostic[] => [
  ...diagnostics,
  diagnostic('CAT005', `no rules in "${name}"`, { hint: CHECKOUTS }),
];

/** CAT014: for whatever the file system says when something is written. */
export const unwritable = (folder: string, error: unknown): Diagnostic =>
  diagnostic('CAT014', `"${folder}" cannot be written to: ${messageOf(error)}`);

/** The same with the behaviours that Winnow ships and those below the paths; fails with every mistake in these. */
export async function buildKnownCatalogue(
  checkouts: readonly string[],
  folder: string,
  own: readonly string[] = [],
): Promise<Result<CatalogueBuild>> {
  const known = await behavioursFor({ behaviours: own });
  if (!known.ok) return known;
  const built = await buildCatalogueFolder(checkouts, known.value, folder);
  return { ...built, diagnostics: [...known.diagnostics, ...built.diagnostics] };
}

async function pastOf(folder: string): Promise<Result<Catalogue | undefined>> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory() === false) return failure(unwritable(folder, 'it is a file'));
  const exists = await stat(join(folder, CATALOGUE_FILE)).then(
    () => true,
    () => false,
  );
  return exists ? readCatalogue(folder) : success(undefined);
}

/** A reader never sees half a file. */
async function replaceFile(file: string, text: string): Promise<CatalogueBuild['files'][number]> {
  await makeFolder(dirname(file));
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return { file, bytes: Buffer.byteLength(text) };
}
