/** Unpacks gzip and zstd, member after member, and gives everything that was unpacked before a damage. */
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** Small pieces, since what a damaged piece held before the damage is lost. */
const PIECE_BYTES = 4 * 1024;
const UNPACKED_BYTES = 64 * 1024;

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

export interface Packing {
  readonly name: 'gzip' | 'zstd';
  readonly create: () => Unpacker;
}

/** By the first bytes, because names lie: rotation and object stores name packed files as they like. */
export function packingOf(head: Buffer): Packing | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return GZIP;
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? ZSTD : undefined;
}

const GZIP: Packing = { name: 'gzip', create: () => createGunzip({ chunkSize: UNPACKED_BYTES }) };
const ZSTD: Packing = { name: 'zstd', create: () => createZstdDecompress({ chunkSize: UNPACKED_BYTES }) };

/** @throws Error with the reason, after the last bytes that could be unpacked */
export async function* unpack(packed: AsyncIterable<Buffer>, packing: Packing): AsyncGenerator<Buffer> {
  let member = new Member(packing);
  let isPadded = false;
  for await (const chunk of packed) {
    // An unpacker that is at its end never answers again.
    if (isPadded && isPadding(chunk)) continue;
    if (isPadded) {
      yield* member.end();
      member = new Member(packing);
    }
    isPadded = false;
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      const before = member.consumed;
      yield* member.take(piece);
      at += member.consumed - before;
      if (member.consumed - before === piece.length) continue;
      isPadded = isPadding(chunk.subarray(at));
      if (isPadded) break;
      yield* member.end();
      member = new Member(packing);
    }
  }
  yield* member.end();
}

/** Tapes and some copying tools fill up with zeros. */
const isPadding = (rest: Buffer): boolean => rest.every((byte) => byte === 0);

/** What lies between a header and its end; several gzip members behind one another count as one. */
class Member {
  readonly #unpacker: Unpacker;
  readonly #unpacked: Buffer[] = [];
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(packing: Packing) {
    this.#unpacker = packing.create();
    this.#unpacker.on('data', (chunk: Buffer) => {
      this.#unpacked.push(chunk);
      this.#unpacker.pause();
      this.#wake();
    });
    this.#unpacker.on('error', (error) => {
      this.#failure = error;
      this.#wake();
    });
  }

  /** Bytes of the packed stream; fewer than were given once the member is over. */
  get consumed(): number {
    return this.#unpacker.bytesWritten;
  }

  take(piece: Buffer): AsyncGenerator<Buffer> {
    return this.#while((done) => void this.#unpacker.write(piece, done));
  }

  async *end(): AsyncGenerator<Buffer> {
    yield* this.#while((done) => {
      this.#unpacker.once('end', done);
      this.#unpacker.end();
    });
    this.#unpacker.destroy();
  }

  /** Hands over what is unpacked, one piece at a time, until the step is done. */
  async *#while(step: (done: () => void) => void): AsyncGenerator<Buffer> {
    let done = false;
    step(() => {
      done = true;
      this.#wake();
    });
    for (;;) {
      const next = this.#unpacked.shift();
      if (next !== undefined) yield next;
      else if (this.#failure !== undefined) throw this.#failure;
      else if (done) return;
      else await this.#change();
    }
  }

  async #change(): Promise<void> {
    const changed = new Promise<void>((resolve) => (this.#wake = resolve));
    this.#unpacker.resume();
    await changed;
  }
}
