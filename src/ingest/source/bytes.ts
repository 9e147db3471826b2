/** Reads a file, or standard input, as a stream of unpacked bytes, and knows how far it is in the file. */
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CHUNK_BYTES } from '../limits.ts';
import type { InputFile } from './inputs.ts';
import type { KeptPipes } from './kept-pipes.ts';
import type { PieceMemory } from './memory.ts';
import { TwoPieces } from './memory.ts';
import type { PlainFile } from './plain-file.ts';
import { readFully } from './plain-file.ts';
import { type Packing, packingOf, unpack } from './unpack.ts';

/** Bytes that tell how a file is packed. */
const MARK = 4;

/** Why the bytes end before the file's own end. */
export interface Damage {
  readonly code: 'INP002' | 'INP003' | 'INP019';
  readonly message: string;
}

export class ByteSource {
  readonly file: InputFile;
  readonly #chunkBytes: number;
  readonly #kept: KeptPipes | undefined;
  /** Bytes taken from the file so far, packed if it is packed. */
  bytesRead = 0;
  readonly #readWith = new WeakMap<Buffer, number>();
  /** Set when the bytes ended early. */
  damage: Damage | undefined;

  constructor(file: InputFile, chunkBytes: number = CHUNK_BYTES, kept?: KeptPipes) {
    this.file = file;
    this.#kept = kept;
    this.#chunkBytes = chunkBytes;
  }

  /** Bytes taken from the file when it gave this piece: later ones may be read already. */
  bytesReadWith(piece: Buffer): number {
    return this.#readWith.get(piece) ?? this.bytesRead;
  }

  /**
   * A piece may be overwritten when the memory is given out again: unless given, when the next but one is asked for. Never
   * throws: what goes wrong ends the bytes and is told in `damage`.
   */
  async *chunks(memory?: PieceMemory): AsyncGenerator<Buffer> {
    const [own, packed] = [new TwoPieces(this.#chunkBytes), new TwoPieces(this.#chunkBytes)];
    try {
      // Only what is a file has a size.
      const isStream = this.file.size === undefined;
      for await (const piece of isStream ? this.#ofStream(own) : this.#ofFile(memory ?? own, packed)) {
        this.#readWith.set(piece, this.bytesRead);
        yield piece;
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      own.close();
      packed.close();
    }
  }

  /**
   * The file, for who reads its parts in any order; to be closed by them. Undefined when its bytes have to be read one behind
   * the other, or cannot be read at all: `chunks` tells why.
   */
  async plain(): Promise<PlainFile | undefined> {
    const { name, size } = this.file;
    const handle = size === undefined ? undefined : await open(name).catch(() => undefined);
    if (size === undefined || handle === undefined) return undefined;
    const packing = await packingIn(handle).catch(() => 'unreadable');
    if (packing !== undefined) {
      await handle.close();
      return undefined;
    }
    return {
      descriptor: handle.fd,
      size,
      read: (memory, at) => memory.subarray(0, this.#readNow(handle.fd, memory, at)),
      count: (bytes) => void (this.bytesRead += bytes),
      close: () => handle.close(),
    };
  }

  #readNow(descriptor: number, memory: Buffer, at: number): number {
    try {
      return readFully(descriptor, memory, at);
    } catch (error) {
      this.#failed(error);
      return 0;
    }
  }

  #failed(error: unknown): void {
    this.damage = { code: 'INP002', message: `the file cannot be read: ${reasonOf(error)}` };
  }

  async *#ofStream(memory: PieceMemory): AsyncGenerator<Buffer> {
    const raw = this.#counted();
    const head = await atLeast(raw, MARK);
    const packing = packingOf(head);
    const whole = rejoined(head, raw);
    yield* packing === undefined ? whole : together(this.#unpacked(whole, packing), memory);
  }

  async *#ofFile(memory: PieceMemory, packed: PieceMemory): AsyncGenerator<Buffer> {
    const handle = await open(this.file.name);
    try {
      const packing = await packingIn(handle);
      if (packing === undefined) yield* this.#read(handle, memory);
      else yield* together(this.#unpacked(this.#read(handle, packed), packing), memory);
    } finally {
      await handle.close();
    }
  }

  /** Reads a piece while the one before it is in use. */
  async *#read(handle: FileHandle, memory: PieceMemory): AsyncGenerator<Buffer> {
    let at = 0;
    const read = async (): Promise<Buffer> => {
      const piece = memory.next();
      const { bytesRead } = await handle.read(piece, 0, piece.length, at);
      at += bytesRead;
      return piece.subarray(0, bytesRead);
    };
    let next = read();
    // Whoever asks for it hears of a failure.
    next.catch(() => undefined);
    try {
      for (;;) {
        const piece = await next;
        if (piece.length === 0) return;
        next = read();
        next.catch(() => undefined);
        this.bytesRead += piece.length;
        yield piece;
      }
    } finally {
      await next.catch(() => undefined);
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

async function packingIn(handle: FileHandle): Promise<Packing | undefined> {
  const head = Buffer.alloc(MARK);
  const { bytesRead } = await handle.read(head, 0, MARK, 0);
  return packingOf(head.subarray(0, bytesRead));
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

/** Pieces that fill the memory, so that batches have the usual size too. */
async function* together(pieces: AsyncIterable<Buffer>, memory: PieceMemory): AsyncGenerator<Buffer> {
  let [whole, size] = [memory.next(), 0];
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const copied = piece.copy(whole, size, at);
      at += copied;
      size += copied;
      if (size < whole.length) continue;
      yield whole;
      [whole, size] = [memory.next(), 0];
    }
  }
  if (size > 0) yield whole.subarray(0, size);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
