/** What came through pipes, in memory, for whoever reads it again: a pipe can be read only once. */
import type { InputFile } from './inputs.ts';

/** Bytes of all pipes together, as they came. */
const MOST_BYTES = 1024 * 1024 * 1024;

export class KeptPipes {
  readonly #most: number;
  readonly #whole = new Map<string, readonly Buffer[]>();
  #bytes = 0;

  constructor(most: number = MOST_BYTES) {
    this.#most = most;
  }

  /** Whether a pipe was longer than what is kept, so that it cannot be read again. */
  get isIncomplete(): boolean {
    return this.#bytes > this.#most;
  }

  /** The bytes of the file, which `read` reads: those that were kept, if it is a pipe that was read before. */
  async *chunks(file: InputFile, read: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const known = this.#whole.get(file.name);
    if (known !== undefined) {
      yield* known;
      return;
    }
    const seen: Buffer[] = [];
    for await (const chunk of read()) {
      if (isPipe(file)) this.#keep(chunk, seen);
      yield chunk;
    }
    if (isPipe(file) && !this.isIncomplete) this.#whole.set(file.name, seen);
  }

  #keep(chunk: Buffer, seen: Buffer[]): void {
    this.#bytes += chunk.length;
    if (this.isIncomplete) seen.length = 0;
    else seen.push(chunk);
  }
}

/** Only what is a file has a size. */
const isPipe = ({ size }: InputFile): boolean => size === undefined;
