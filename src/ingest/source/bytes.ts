/** Reads a file, or standard input, as a stream of unpacked bytes, and knows how far it is in the file. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CHUNK_BYTES } from '../limits.ts';
import type { InputFile } from './inputs.ts';
import type { KeptPipes } from './kept-pipes.ts';
import { type Packing, packingOf, unpack } from './unpack.ts';

/** Why the bytes end before the file's own end. */
export interface Damage {
  readonly code: 'INP002' | 'INP003';
  readonly message: string;
}

export class ByteSource {
  readonly file: InputFile;
  readonly #chunkBytes: number;
  readonly #kept: KeptPipes | undefined;
  /** Bytes taken from the file so far, packed if it is packed. */
  bytesRead = 0;
  /** Set when the bytes ended early. */
  damage: Damage | undefined;

  constructor(file: InputFile, chunkBytes: number = CHUNK_BYTES, kept?: KeptPipes) {
    this.file = file;
    this.#kept = kept;
    this.#chunkBytes = chunkBytes;
  }

  /** Never throws: what goes wrong ends the bytes and is told in `damage`. */
  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.#counted();
    try {
      const head = await atLeast(raw, 4);
      const packing = packingOf(head);
      const whole = rejoined(head, raw);
      yield* packing === undefined ? whole : together(this.#unpacked(whole, packing), this.#chunkBytes);
    } catch (error) {
      this.damage = { code: 'INP002', message: `the file cannot be read: ${reasonOf(error)}` };
    }
  }

  async *#counted(): AsyncGenerator<Buffer> {
    const read = (): AsyncIterable<Buffer> => this.#stream();
    for await (const chunk of this.#kept?.chunks(this.file, read) ?? read()) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }

  #stream(): Readable {
    return this.file.stdin
      ? process.stdin
      : createReadStream(this.file.name, { highWaterMark: this.#chunkBytes });
  }

  async *#unpacked(packed: AsyncIterable<Buffer>, packing: Packing): AsyncGenerator<Buffer> {
    let failed: unknown;
    const noted = noting(packed, (error) => (failed = error));
    try {
      yield* unpack(noted, packing);
    } catch (error) {
      if (failed !== undefined) throw failed;
      const message = `the ${packing.name} data is damaged: ${reasonOf(error)}`;
      this.damage = { code: 'INP003', message };
    }
  }
}

/** Tells an error of the bytes apart from one of those who use them. */
async function* noting(
  bytes: AsyncIterable<Buffer>,
  failed: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    failed(error);
    throw error;
  }
}

/** Empty when there are no bytes at all. */
async function atLeast(source: AsyncGenerator<Buffer>, wanted: number): Promise<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  while (held.length < wanted) {
    const next = await source.next();
    if (next.done === true) break;
    held = Buffer.concat([held, next.value]);
  }
  return held;
}

async function* rejoined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** Pieces of the usual size, so that batches have the usual size too. */
async function* together(pieces: AsyncIterable<Buffer>, chunkBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < chunkBytes) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
