/** The catalogue's site on disk, and served to this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import type { Catalogue } from '../catalog/model.ts';
import type { SiteInput } from '../catalog/site/context.ts';
import { siteFiles } from '../catalog/site/site.ts';
import { behavioursFor } from './behaviours.ts';
import { CATALOGUE_FILE, unwritable } from './catalog.ts';
import { makeFolder } from './folders.ts';

/** Lies at the same place seen from `src` and from `dist`; `npm run build` writes it. */
const assetFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const assets = ['site.css', 'site.js', 'search.js', 'icon.svg'] as const;

/** Lists what the site's folder holds, so that the next build can remove what is gone, and nothing else. */
const LIST = 'site-files.txt';

export interface WrittenSite {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files of the last build that this one has no more. */
  readonly removed: number;
  readonly milliseconds: number;
  /** In bytes: the most that the process has had so far. */
  readonly peakMemory: number;
}

/**
 * Writes the site into `folder`. CAT011 when the folder holds something that is not a site of Winnow's; nothing is
 * written then. CAT014 when it cannot be written to, CAT015 when styles and scripts have not been built.
 */
export async function writeSite(input: SiteInput, folder: string): Promise<Result<WrittenSite>> {
  const start = performance.now();
  const before = await listed(folder);
  if (before === undefined)
    return failure(
      diagnostic('CAT011', `"${folder}" has files and no ${LIST}`, {
        hint: 'name a folder that is new or empty',
      }),
    );
  const missing = assets.filter((name) => !existsSync(join(assetFolder, name)));
  if (missing.length > 0)
    return failure(diagnostic('CAT015', `${missing.join(', ')} missing`, { hint: 'run npm run build' }));
  try {
    return success(await write(input, folder, before, start));
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    return failure(unwritable(folder, error));
  }
}

const isOfFiles = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

async function write(
  input: SiteInput,
  folder: string,
  before: readonly string[],
  start: number,
): Promise<WrittenSite> {
  const writer = new SiteWriter(folder);
  // A folder that only a part was written to is known as one of a site, and not as a whole one.
  await makeFolder(folder);
  await writeFile(join(folder, LIST), '', { flag: 'a' });
  for (const name of assets) await writer.write(name, readFileSync(join(assetFolder, name)));
  for (const { path, text } of siteFiles(input)) await writer.write(path, Buffer.from(text));
  const gone = before.filter((path) => !writer.paths.has(path) && isInside(folder, join(folder, path)));
  await Promise.all(gone.map((path) => rm(join(folder, path), { force: true })));
  const list = [...writer.paths].toSorted().map((path) => `${path}\n`);
  await writer.write(LIST, Buffer.from(list.join('')));
  await writer.done();
  return {
    folder,
    files: writer.paths.size,
    bytes: writer.bytes,
    removed: gone.length,
    milliseconds: performance.now() - start,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}

/** The same with the behaviours that Winnow ships. */
export async function writeKnownSite(
  catalogue: Catalogue,
  folder: string,
  own: readonly string[] = [],
): Promise<Result<WrittenSite>> {
  const known = await behavioursFor({ behaviours: own });
  if (!known.ok) return known;
  const ids = new Set(known.value.map(({ id }) => id));
  const missing = catalogue.behaviours.map(({ id }) => id).filter((id) => !ids.has(id));
  return missing.length === 0
    ? writeSite({ catalogue, behaviours: known.value }, folder)
    : failure(diagnostic('CAT016', `${missing.join(', ')} missing`));
}

/** Undefined for a folder of something else; nothing for one that is empty or not there. */
async function listed(folder: string): Promise<readonly string[] | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0) return [];
  if (!names.includes(LIST)) return undefined;
  return (await readFile(join(folder, LIST), 'utf8')).split('\n').filter((path) => path !== '');
}

/** So many files are open at once. */
const PARALLEL = 64;

class SiteWriter {
  readonly #folder: string;
  readonly #folders = new Set<string>();
  readonly #open = new Set<Promise<void>>();
  readonly paths = new Set<string>();
  bytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Waits only when enough files are being written already. */
  async write(path: string, content: Uint8Array): Promise<void> {
    const file = join(this.#folder, path);
    await this.#makeFolder(dirname(file));
    this.paths.add(path);
    this.bytes += content.length;
    const writing: Promise<void> = writeFile(file, content).finally(() => this.#open.delete(writing));
    this.#open.add(writing);
    if (this.#open.size >= PARALLEL) await Promise.race(this.#open);
  }

  async done(): Promise<void> {
    await Promise.all(this.#open);
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    await makeFolder(folder);
    this.#folders.add(folder);
  }
}

/** Whether there is a site that is not older than the catalogue. Both are folders. */
export async function isSiteCurrent(folder: string, catalogue: string): Promise<boolean> {
  const files = [join(folder, LIST), join(catalogue, CATALOGUE_FILE)];
  const [list, source] = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return list !== undefined && list.size > 0 && list.mtimeMs >= (source?.mtimeMs ?? 0);
}

export interface ServedSite {
  readonly url: string;
  close(): Promise<void>;
}

const LOCAL = '127.0.0.1';

/**
 * Serves a site to this machine only; port 0 takes any that is free. CAT012 when the folder holds no site, CAT013 when
 * the port cannot be had.
 */
export async function serveSite(folder: string, port: number): Promise<Result<ServedSite>> {
  const paths = await listed(folder);
  if (paths === undefined || paths.length === 0)
    return failure(
      diagnostic('CAT012', `there is no site in "${folder}"`, {
        hint: `write one: winnow lofp site ${folder}`,
      }),
    );
  const server = createServer((request, response) => void answer(folder, request, response));
  const problem = await new Promise<Error | undefined>((settled) => {
    server.once('error', settled);
    server.listen(port, LOCAL, () => settled(undefined));
  });
  if (problem !== undefined) return failure(diagnostic('CAT013', `port ${port}: ${problem.message}`));
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return success({
    url: `http://${LOCAL}:${taken}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ndjson': 'application/x-ndjson; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-cache',
};

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, why: string): void => {
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
  };
  // A page of another site can make its own name mean this machine; it cannot change the name that it asks for.
  if (!isLocalName(request.headers.host))
    return refuse(421, 'This site answers to 127.0.0.1 and localhost only.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, 'There is nothing to change here.');
  const file = fileOf(folder, request.url ?? '/');
  const content = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || content === undefined) return refuse(404, 'There is no such page.');
  const type = types[extname(file)] ?? 'text/plain; charset=utf-8';
  response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-length': content.length });
  response.end(request.method === 'HEAD' ? undefined : content);
}

const isLocalName = (host = ''): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host);

/** Undefined for addresses that are broken or lead out of the folder. */
function fileOf(folder: string, url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    if (path.includes('\0')) return undefined;
    const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
    return isInside(folder, file) ? file : undefined;
  } catch {
    return undefined;
  }
}

const isInside = (folder: string, file: string): boolean =>
  resolve(file).startsWith(resolve(folder).replace(/[\\/]$/, '') + sep);
