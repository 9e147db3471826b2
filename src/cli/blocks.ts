/**
 * What is written to a stream, gathered in blocks: alerts are many short texts, and each write to a stream costs as much as it
 * takes to spell one. What is gathered goes out when the block is full, and else before the event loop waits for anything.
 */
import type { Writable } from 'node:stream';
import type { Piece } from '../model/alert-parts.ts';

const BLOCK = 65_536;
/** No more bytes than that for a UTF-16 code unit. */
const LONGEST = 3;

export type Stream = Pick<Writable, 'write' | 'writableLength'>;

export class Blocks {
  readonly #stream: Stream;
  readonly #written: (error: Error | null | undefined) => void;
  #block = Buffer.allocUnsafeSlow(BLOCK);
  #length = 0;
  #isDue = false;

  /** `written` is told of every write to the stream. */
  constructor(stream: Stream, written: (error: Error | null | undefined) => void) {
    this.#stream = stream;
    this.#written = written;
  }

  write(text: Piece): void {
    if (typeof text !== 'string') this.#bytes(text.bytes(Buffer.from));
    else if (text.length * LONGEST > BLOCK) this.#bytes(Buffer.from(text));
    else {
      this.#makeRoom(text.length * LONGEST);
      this.#length += this.#block.write(text, this.#length);
    }
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.flush();
    });
  }

  /** What was gathered goes to the stream. */
  flush(): void {
    if (this.#length === 0) return;
    const full = this.#block.subarray(0, this.#length);
    this.#length = 0;
    this.#stream.write(full, this.#written);
    // The stream may write it later.
    if (this.#stream.writableLength > 0) this.#block = Buffer.allocUnsafeSlow(BLOCK);
  }

  #bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    if (bytes.length > BLOCK) this.#stream.write(bytes, this.#written);
    else {
      this.#block.set(bytes, this.#length);
      this.#length += bytes.length;
    }
  }

  #makeRoom(length: number): void {
    if (this.#length + length > BLOCK) this.flush();
  }
}
