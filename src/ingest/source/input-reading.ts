/** Whether a file that is going to be written would be read as an input, now or by the next run. */
import type { Stats } from 'node:fs';
import { glob, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, matchesGlob, relative, resolve, sep } from 'node:path';
import { isLogName } from './inputs.ts';

/**
 * The input by which the file of this path is read, or would be once it is there: the file itself under whatever name, a
 * folder that it lies in, a pattern that it fits. Undefined when none is.
 */
export async function inputReading(path: string, inputs: readonly string[]): Promise<string | undefined> {
  const file: WrittenFile = { path, place: await placeOf(path), found: await statOf(path) };
  for (const input of inputs) if (await isReadBy(input, file)) return input;
  return undefined;
}

interface WrittenFile {
  readonly path: string;
  /** The same with links in its folders followed. */
  readonly place: string;
  /** Undefined when it is not there yet. */
  readonly found: Stats | undefined;
}

async function isReadBy(input: string, file: WrittenFile): Promise<boolean> {
  const found = await statOf(input);
  if (found === undefined) return fitsPattern(input, file);
  if (found.isDirectory()) return liesBelow(input, file);
  return file.found !== undefined && file.found.ino === found.ino && file.found.dev === found.dev;
}

/** A pattern that fits nothing but folders stands for what is in them. */
async function fitsPattern(pattern: string, file: WrittenFile): Promise<boolean> {
  if (matchesGlob(resolve(file.path), resolve(pattern))) return true;
  const names = await Array.fromAsync(glob(pattern));
  const kinds = await Promise.all(names.map(statOf));
  if (kinds.some((kind) => kind?.isDirectory() === false)) return false;
  const below = await Promise.all(names.map((folder) => liesBelow(folder, file)));
  return below.includes(true);
}

/** As folders are walked: what is hidden or no log by its name is left out. */
async function liesBelow(folder: string, { place }: WrittenFile): Promise<boolean> {
  const from = await realpath(folder).catch(() => resolve(folder));
  const way = relative(from, place);
  return !isAbsolute(way) && way.split(sep).every((part) => !part.startsWith('.')) && isLogName(place);
}

const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch(() => undefined);

async function placeOf(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
  return join(folder, basename(path));
}
