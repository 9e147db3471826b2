/** Puts texts away where they take little memory: packed, and outside of the heap, which grows by more than what it holds. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Keep } from '../rules/format/rule-texts.ts';

/** Texts are much like others, so that many together take less room; each is unpacked with all others. */
const TOGETHER = 128 * 1024;

/** A code unit becomes three bytes at most. */
const WIDEST = 3;

/** Quick, and with little memory to work in: what is worked in leaves holes behind. */
const PACKING = {
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 15 },
  chunkSize: TOGETHER / 2,
};

/** Texts come back as they were, whenever they are asked for. */
export function keeper(): Keep {
  const packer = new Packer();
  // Nothing stands for half a pair in UTF-8.
  return (text) => (text.isWellFormed() ? packer.put(text) : asItIs(text));
}

const asItIs = (text: string) => () => text;

/** Does not hold the text. */
const reader = (pack: Pack, from: number, to: number) => () => pack.text(from, to);

/** Writes texts one behind the other until they are packed, always in the same memory. */
class Packer {
  #memory = Buffer.allocUnsafeSlow(2 * TOGETHER);
  #pack = new Pack(this.#memory);
  #end = 0;

  put(text: string): () => string {
    const room = WIDEST * text.length;
    if (this.#end + room > this.#memory.length) this.#next(room);
    const from = this.#end;
    this.#end += this.#memory.write(text, from);
    return reader(this.#pack, from, this.#end);
  }

  #next(room: number): void {
    this.#pack.close(this.#end);
    if (room > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(room);
    this.#pack = new Pack(this.#memory);
    this.#end = 0;
  }
}

/** What was unpacked last: texts of one rule lie together. */
let unpacked: { readonly of: Pack; readonly bytes: Buffer } | undefined;

class Pack {
  /** As they are until it is closed, then packed. */
  #bytes: Uint8Array;
  #isPacked = false;

  constructor(memory: Buffer) {
    this.#bytes = memory;
  }

  close(length: number): void {
    // In memory of its own size.
    this.#bytes = Uint8Array.from(zstdCompressSync(this.#bytes.subarray(0, length), PACKING));
    this.#isPacked = true;
  }

  text(from: number, to: number): string {
    return this.#plain.toString('utf8', from, to);
  }

  get #plain(): Buffer {
    if (!this.#isPacked) return Buffer.from(this.#bytes.buffer);
    if (unpacked?.of !== this) unpacked = { of: this, bytes: zstdDecompressSync(this.#bytes) };
    return unpacked.bytes;
  }
}
