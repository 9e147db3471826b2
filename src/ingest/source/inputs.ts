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
 * @throws InputNotFound for an input that names nothing
 */
export async function findInputs(inputs: readonly string[]): Promise<Inputs> {
  const files = new Map<string, InputFile>();
  const passedOver = new Map<string, number>();
  for (const input of inputs) {
    const found = await filesOf(input, passedOver);
    if (found.length === 0) throw new InputNotFound(input, 'log file in', NAMES);
    for (const file of found) if (!files.has(file.name)) files.set(file.name, file);
  }
  return { files: [...files.values()], passedOver };
}

type PassedOver = Map<string, number>;

const passOver = (passedOver: PassedOver, reason: string): void =>
  void passedOver.set(reason, (passedOver.get(reason) ?? 0) + 1);

async function filesOf(input: string, passedOver: PassedOver): Promise<InputFile[]> {
  if (input === STDIN) return [{ name: '<stdin>', stdin: true, size: undefined }];
  const found = await stat(input).catch(() => undefined);
  if (found?.isDirectory()) return filesInFolder(input, passedOver);
  if (found !== undefined) return [fileOf(input, found)];
  return filesOfPattern(input, passedOver);
}

const fileOf = (name: string, found: { isFile(): boolean; readonly size: number }): InputFile => ({
  name,
  stdin: false,
  size: found.isFile() ? found.size : undefined,
});

async function filesOfPattern(pattern: string, passedOver: PassedOver): Promise<InputFile[]> {
  if (!/[*?[\]{}]/.test(pattern)) throw new InputNotFound(pattern);
  const names = (await Array.fromAsync(glob(pattern))).sort();
  const files: InputFile[] = [];
  for (const name of names) {
    const found = await stat(name).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) files.push(fileOf(name, found));
  }
  if (files.length > 0) return files;
  if (names.length === 0) throw new InputNotFound(pattern);
  return (await Promise.all(names.map((name) => filesInFolder(name, passedOver)))).flat();
}

async function filesInFolder(folder: string, passedOver: PassedOver): Promise<InputFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  // Reading it like a file says what is wrong with it, and the others are read all the same.
  if (entries === undefined) return [unreadable(folder)];
  const files: InputFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesInFolder(path, passedOver)));
    else if (isLogName(entry.name)) files.push(...(await fileAt(path, passedOver)));
    else passOver(passedOver, 'file that is no log by its name');
  }
  return files;
}

/** Links are followed to files but not to folders, which could form a circle. A pipe would make the run wait for ever. */
async function fileAt(path: string, passedOver: PassedOver): Promise<InputFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [unreadable(path)];
  if (found.isFile()) return [fileOf(path, found)];
  passOver(passedOver, found.isDirectory() ? 'link to a folder' : 'pipe, socket or device in a folder');
  return [];
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
