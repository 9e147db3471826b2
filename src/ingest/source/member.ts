/** What lies between a header and its end in packed bytes, unpacked piece by piece. */
import type { createInflateRaw, createZstdDecompress } from 'node:zlib';

const UNPACKED_BYTES = 64 * 1024;

type Unpacker = ReturnType<typeof createInflateRaw> | ReturnType<typeof createZstdDecompress>;

export interface Member {
  /** Bytes of the packed stream; fewer than were given once the member is over. */
  readonly consumed: number;
  /** Gives what is unpacked. */
  take(piece: Buffer): AsyncGenerator<Buffer>;
  /** Gives the rest. No more comes. */
  end(): AsyncGenerator<Buffer>;
}

/** As a stream of the engine's unpacks it. */
export class StreamMember implements Member {
  readonly #unpacker: Unpacker;
  readonly #unpacked: Buffer[] = [];
  #failure: Error | undefined;
  /** It says so once, and answers nothing from then on. */
  #hasEnded = false;
  #wake: () => void = () => undefined;

  constructor(create: (options: { readonly chunkSize: number }) => Unpacker) {
    this.#unpacker = create({ chunkSize: UNPACKED_BYTES });
    this.#unpacker.on('data', (chunk: Buffer) => {
      this.#unpacked.push(chunk);
      this.#unpacker.pause();
      this.#wake();
    });
    this.#unpacker.on('end', () => {
      this.#hasEnded = true;
      this.#wake();
    });
    this.#unpacker.on('error', (error) => {
      this.#failure = error;
      this.#wake();
    });
  }

  get consumed(): number {
    return this.#unpacker.bytesWritten;
  }

  take(piece: Buffer): AsyncGenerator<Buffer> {
    return this.#while((done) => void this.#unpacker.write(piece, done));
  }

  async *end(): AsyncGenerator<Buffer> {
    yield* this.#while((done) => {
      if (this.#hasEnded) return done();
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
