/** Reads a file, or standard input, as a stream of unpacked bytes, and knows how far it is in the file. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { CHUNK_BYTES } from '../limits.ts';
import type { InputFile } from './inputs.ts';

/** Why the bytes end before the file's own end. */
export interface Damage {
  readonly code: 'INP002' | 'INP003';
  readonly message: string;
}

export class ByteSource {
  readonly file: InputFile;
  /** Bytes taken from the file so far, packed if it is packed. */
  bytesRead = 0;
  /** Set when the bytes ended early. */
  damage: Damage | undefined;

  constructor(file: InputFile) {
    this.file = file;
  }

  /** Never throws: what goes wrong ends the bytes and is told in `damage`. */
  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.#counted();
    try {
      const first = await atLeast(raw, 4);
      if (first === undefined) return;
      const unpacker = unpackerFor(first);
      const whole = rejoined(first, raw);
      if (unpacker === undefined) yield* whole;
      else yield* this.#unpacked(whole, unpacker);
    } catch (error) {
      this.damage ??= { code: 'INP002', message: `the file cannot be read: ${reasonOf(error)}` };
    }
  }

  async *#counted(): AsyncGenerator<Buffer> {
    const stream: Readable = this.file.stdin
      ? process.stdin
      : createReadStream(this.file.name, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }

  /** Feeds the unpacker by hand: a pipeline would throw away what was unpacked before the damage. */
  async *#unpacked(packed: AsyncIterable<Buffer>, unpacker: Unpacker): AsyncGenerator<Buffer> {
    const feeding = feed(packed, unpacker);
    try {
      for await (const chunk of unpacker as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      this.damage = { code: 'INP003', message: `the compressed file is damaged: ${reasonOf(error)}` };
    } finally {
      unpacker.destroy();
    }
    await feeding;
  }
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

async function feed(packed: AsyncIterable<Buffer>, unpacker: Unpacker): Promise<void> {
  try {
    for await (const chunk of packed) {
      if (unpacker.destroyed) return;
      if (!unpacker.write(chunk)) await drained(unpacker);
    }
    unpacker.end();
  } catch (error) {
    unpacker.destroy(error as Error);
  }
}

/** Also when the unpacker will never drain because it failed. */
const drained = (unpacker: Unpacker): Promise<void> =>
  new Promise((resolve) => {
    if (unpacker.destroyed || !unpacker.writableNeedDrain) return resolve();
    const done = () => {
      unpacker.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    unpacker.on('drain', done).on('close', done).on('error', done);
  });

/**
 * The least high-water mark makes the unpacker wait after each piece until it is taken, so that an error behind it
 * cannot discard it.
 */
const UNPACKING = { chunkSize: CHUNK_BYTES, readableHighWaterMark: 1 };

/** By the first bytes, because names lie: rotation and object stores name packed files as they like. */
function unpackerFor(head: Buffer): Unpacker | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip(UNPACKING);
  const zstd = head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528;
  return zstd ? createZstdDecompress(UNPACKING) : undefined;
}

async function atLeast(source: AsyncGenerator<Buffer>, wanted: number): Promise<Buffer | undefined> {
  let held: Buffer = Buffer.alloc(0);
  while (held.length < wanted) {
    const next = await source.next();
    if (next.done === true) break;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  }
  return held.length === 0 ? undefined : held;
}

async function* rejoined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
