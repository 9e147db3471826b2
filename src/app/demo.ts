/** Writes the sample of a cluster's day to a folder, as files that any tool would find there. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JsonObject } from '../data/document.ts';
import { makeSample } from '../sample/index.ts';

export interface WrittenFile {
  readonly path: string;
  readonly events: number;
}

/** Makes `audit.ndjson` and `containers.ndjson` in the folder, which is created when missing. */
export async function writeSample(folder: string, seed?: number): Promise<readonly WrittenFile[]> {
  await mkdir(folder, { recursive: true });
  const { audit, containers } = makeSample(seed);
  return Promise.all([
    writeLines(join(folder, 'audit.ndjson'), audit),
    writeLines(join(folder, 'containers.ndjson'), containers),
  ]);
}

async function writeLines(path: string, events: readonly JsonObject[]): Promise<WrittenFile> {
  const lines = events.values().map((event) => `${JSON.stringify(event)}\n`);
  await pipeline(Readable.from(lines), createWriteStream(path));
  return { path, events: events.length };
}
