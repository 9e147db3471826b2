/** From what a user names (files, patterns, folders, `-`) to the files to read, in a fixed order. */
import { glob, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../base/diagnostic.ts';

const STDIN = '-';

export interface InputFile {
  /** As people call it: the path as given or found, or `<stdin>`. */
  readonly name: string;
  readonly stdin: boolean;
  readonly size: number | undefined;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  /** How many things in folders were left out, for each reason. */
  readonly passedOver: ReadonlyMap<string, number>;
}

const CHECK = 'check the path; give "-" to read standard input';
const NAMES =
  'in folders, logs are known by their names: .log, .json, .ndjson, .gz, … or no ending; name others one by one';

/** The one error that `readInputs` throws: an input that names nothing. */
export class InputNotFound extends Error {
  readonly diagnostic: Diagnostic;

  constructor(input: string, what = 'file, folder or match for', hint = CHECK) {
    const problem = diagnostic('INP001', `there is no ${what} "${input}"`, { hint });
    super(problem.message);
    this.diagnostic = problem;
  }
}

/**
 * Every file once, in the order of the inputs; what a pattern or a folder holds is sorted by name. Folders are walked
 * all the way down; hidden files and files that are no logs by their names are left out there, but never when named.
 * After the signal it is what was found until then, as walking a large folder takes minutes.
 * @throws InputNotFound for an input that names nothing
 */
export async function findInputs(inputs: readonly string[], signal?: AbortSignal): Promise<Inputs> {
  const found = new Found(signal);
  for (const input of inputs) {
    const before = found.seen;
    await find(input, found);
    if (found.seen === before && !found.isEnough) throw new InputNotFound(input, 'log file in', NAMES);
  }
  return { files: [...found.files.values()], passedOver: found.passedOver };
}

/** A folder may hold more files than a call may have arguments, so they are added one by one. */
class Found {
  readonly files = new Map<string, InputFile>();
  readonly passedOver = new Map<string, number>();
  readonly #signal: AbortSignal | undefined;
  /** Counts files that another input named already, too. */
  seen = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  get isEnough(): boolean {
    return this.#signal?.aborted === true;
  }

  add(file: InputFile): void {
    this.seen++;
    if (!this.files.has(file.name)) this.files.set(file.name, file);
  }

  passOver(reason: string): void {
    this.passedOver.set(reason, (this.passedOver.get(reason) ?? 0) + 1);
  }
}

async function find(input: string, found: Found): Promise<void> {
  if (input === STDIN) return found.add({ name: '<stdin>', stdin: true, size: undefined });
  const status = await stat(input).catch(() => undefined);
  if (status?.isDirectory() === true) return findInFolder(input, found);
  if (status !== undefined) return found.add(fileOf(input, status));
  return findByPattern(input, found);
}

const fileOf = (name: string, found: { isFile(): boolean; readonly size: number }): InputFile => ({
  name,
  stdin: false,
  size: found.isFile() ? found.size : undefined,
});

async function findByPattern(pattern: string, found: Found): Promise<void> {
  if (!/[*?[\]{}]/.test(pattern)) throw new InputNotFound(pattern);
  const names = (await Array.fromAsync(glob(pattern))).sort();
  if (names.length === 0) throw new InputNotFound(pattern);
  const before = found.seen;
  for (const name of names) {
    const status = await stat(name).catch(() => undefined);
    if (status !== undefined && !status.isDirectory()) found.add(fileOf(name, status));
  }
  if (found.seen > before) return;
  for (const name of names) await findInFolder(name, found);
}

async function findInFolder(folder: string, found: Found): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  // Reading it like a file says what is wrong with it, and the others are read all the same.
  if (entries === undefined) return found.add(unreadable(folder));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.isEnough) return;
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await findInFolder(path, found);
    else if (isLogName(entry.name)) await findAt(path, found);
    else found.passOver('file that is no log by its name');
  }
}

/** Links are followed to files but not to folders, which could form a circle. A pipe would make the run wait for ever. */
async function findAt(path: string, found: Found): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) found.add(unreadable(path));
  else if (status.isFile()) found.add(fileOf(path, status));
  else found.passOver(status.isDirectory() ? 'link to a folder' : 'pipe, socket or device in a folder');
}

const unreadable = (name: string): InputFile => ({ name, stdin: false, size: undefined });

const LOG_ENDING = /\.(?:log|json|ndjson|jsonl|ldjson|ya?ml|txt|audit|gz|zst|zstd|\d+)$/i;
const NOTE = /^(?:readme|licen[cs]e|notice|copying|changelog|makefile)/i;

/** By ending, as log rotation leaves them (`audit.log.1`); without an ending as object stores name them. */
export function isLogName(path: string): boolean {
  const name = basename(path);
  if (NOTE.test(name)) return false;
  return LOG_ENDING.test(name) || !/\.[A-Za-z][A-Za-z0-9]{0,5}$/.test(name);
}
