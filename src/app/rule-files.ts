/** Rule files on disk. */
import type { Dirent } from 'node:fs';
import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import type { ListedFile, Listing, RuleFiles } from '../rules/load/files.ts';
import { RulePathError } from '../rules/load/files.ts';
import { keeper } from './kept-texts.ts';

/** Files in folders are rules by their ending; tests of rules lie beside them and are none. */
const isRuleName = (name: string): boolean => extname(name) === '.toml' && !name.endsWith('.tests.toml');

/** The files of a folder whose names are wanted; a file that is given by itself is taken whatever its name. */
export const filesNamed = (isWanted: (name: string) => boolean): RuleFiles => ({
  async list(path) {
    const kind = await stat(path).catch((error: unknown) => {
      throw new RulePathError(missing(path, error));
    });
    const listing = new FolderListing(isWanted);
    if (kind.isDirectory()) await listing.folder(path, []);
    else listing.files.push({ file: path, identity: await realpath(path), named: true });
    return listing;
  },

  async read(file) {
    try {
      // Thousands of small files: opening each without waiting in between takes a quarter of the time.
      return success(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
    } catch (error) {
      return failure(unreadable(file, error));
    }
  },

  keeper,
});

export const nodeRuleFiles: RuleFiles = filesNamed(isRuleName);

class FolderListing implements Listing {
  readonly files: ListedFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #isWanted: (name: string) => boolean;

  constructor(isWanted: (name: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** `above` holds the real paths of the folders on the way here, to find links that lead back. */
  async folder(path: string, above: readonly string[]): Promise<void> {
    try {
      const real = await realpath(path);
      if (above.includes(real)) this.diagnostics.push(loop(path, real));
      else for (const entry of await sortedEntries(path)) await this.#entry(path, entry, [...above, real]);
    } catch (error) {
      this.diagnostics.push(unreadable(path, error));
    }
  }

  async #entry(folder: string, entry: Dirent, above: readonly string[]): Promise<void> {
    const file = join(folder, entry.name);
    const linked = entry.isSymbolicLink();
    const kind = linked ? await stat(file).catch(() => entry) : entry;
    if (kind.isDirectory()) await this.folder(file, above);
    else if (!this.#isWanted(entry.name)) return;
    // A pipe would make the run wait for ever; what a link leads to nowhere is told when it is read.
    else if (!kind.isFile() && !kind.isSymbolicLink())
      this.diagnostics.push(unreadable(file, 'it is no file'));
    else {
      // Only a link has another identity than its place; asking for each of thousands of files would take longer.
      const identity = linked ? await realpath(file).catch(() => file) : join(above.at(-1) ?? '', entry.name);
      this.files.push({ file, identity, named: false });
    }
  }
}

/** By code unit, so that the order is the same on every machine. */
async function sortedEntries(path: string): Promise<Dirent[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const named = (name: string) => ({ source: source(name, '') });

const loop = (path: string, real: string): Diagnostic =>
  diagnostic('RULE005', `a link leads back to ${basename(real)}, which is being read`, named(path));

function missing(path: string, error: unknown): Diagnostic {
  const gone = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
  return gone ? diagnostic('RULE007', `there is no file or folder "${path}"`) : unreadable(path, error);
}

function unreadable(path: string, error: unknown): Diagnostic {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it is gone, or a link to nothing',
    EISDIR: 'it is a folder',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
  };
  return diagnostic('RULE002', `cannot be read: ${reasons[code] ?? code}`, named(path));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
