/** Writes the sample of a cluster's day to a folder, as files that any tool would find there. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JsonObject } from '../data/document.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { makeSample, SAMPLE_DAY } from '../sample/index.ts';
import { makeFolder } from './folders.ts';
import { SetUpError } from './set-up-error.ts';

export interface WrittenFile {
  readonly path: string;
  readonly events: number;
}

/**
 * Makes `audit.ndjson` and `containers.ndjson` in the folder, which is created when missing. An older sample is replaced,
 * another log is not.
 * @throws SetUpError CLI006 for a folder that cannot be written to, and for files of these names that are no sample
 */
export async function writeSample(folder: string, seed?: number): Promise<readonly WrittenFile[]> {
  const paths = ['audit.ndjson', 'containers.ndjson'].map((name) => join(folder, name));
  try {
    await makeFolder(folder);
    for (const path of paths) await refuseOther(path);
    const { audit, containers } = makeSample(seed);
    const events = [audit, containers];
    return await Promise.all(paths.map((path, i) => writeLines(path, events[i] ?? [])));
  } catch (error) {
    if (error instanceof SetUpError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SetUpError(diagnostic('CLI006', `the sample cannot be written to "${folder}": ${why}`));
  }
}

/** More than the first event of a sample. */
const BEGINNING = 8192;

async function refuseOther(path: string): Promise<void> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(BEGINNING));
    const text = buffer.toString('utf8', 0, bytesRead);
    if (bytesRead === 0 || text.includes(SAMPLE_DAY)) return;
  } finally {
    await file.close();
  }
  throw new SetUpError(
    diagnostic('CLI006', `"${path}" is there already and is no sample: it would be lost`, {
      hint: 'name another folder',
    }),
  );
}

async function writeLines(path: string, events: readonly JsonObject[]): Promise<WrittenFile> {
  const lines = events.values().map((event) => `${JSON.stringify(event)}\n`);
  await pipeline(Readable.from(lines), createWriteStream(path));
  return { path, events: events.length };
}
