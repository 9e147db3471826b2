/** A file as pieces in their order: some are read before they are handed over, others by whoever looks at them first. */
import type { Chunks } from '../../ingest/types.ts';
import type { PlainFile } from '../../ingest/source/plain-file.ts';
import type { Place } from './shared-pieces.ts';
import type { Slots } from './slots.ts';

/** A piece of the input on its way. */
export interface Piece {
  /** Undefined for memory that is not shared, of which this thread reads all. */
  readonly slot: number | undefined;
  /** The bytes, or what they are to be read into. */
  readonly memory: Buffer;
  /** Where they are to be read; undefined when they are there. */
  readonly from: Place | undefined;
  isOffered: boolean;
}

export interface Pieces {
  /** Undefined when there is none, or when the one that comes next has to be taken before that is known. */
  next(): Promise<Piece | undefined>;
  /** Reads a piece in this thread, if it was not read. */
  read(piece: Piece): Buffer;
  /** The piece that comes next holds these bytes. False when nothing comes behind them. */
  took(piece: Piece, bytes: Buffer): boolean;
  close(): Promise<void>;
}

/** Of so many bytes at most. */
export async function piecesOf(source: Chunks, memory: Slots, bytes: number): Promise<Pieces> {
  const plain = await source.plain();
  return plain === undefined ? new ReadPieces(source, memory) : new UnreadPieces(plain, memory, bytes);
}

class ReadPieces implements Pieces {
  readonly #chunks: AsyncGenerator<Buffer>;
  readonly #memory: Slots;

  constructor(source: Chunks, memory: Slots) {
    this.#chunks = source.chunks(memory);
    this.#memory = memory;
  }

  async next(): Promise<Piece | undefined> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return undefined;
    return { slot: this.#memory.slotOf(value), memory: value, from: undefined, isOffered: false };
  }

  read({ memory }: Piece): Buffer {
    return memory;
  }

  took(): boolean {
    return true;
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }
}

class UnreadPieces implements Pieces {
  readonly #file: PlainFile;
  readonly #memory: Slots;
  readonly #bytes: number;
  #at = 0;
  /** The file is at least as long as that. */
  #size: number;

  constructor(file: PlainFile, memory: Slots, bytes: number) {
    this.#file = file;
    this.#memory = memory;
    this.#bytes = bytes;
    this.#size = file.size;
  }

  next(): Promise<Piece | undefined> {
    return Promise.resolve(this.#at > this.#size ? undefined : this.#next());
  }

  #next(): Piece {
    const memory = this.#memory.next();
    const from = { descriptor: this.#file.descriptor, at: this.#at };
    this.#at += this.#bytes;
    return { slot: this.#memory.slotOf(memory), memory, from, isOffered: false };
  }

  read({ memory, from }: Piece): Buffer {
    return from === undefined ? memory : this.#file.read(memory, from.at);
  }

  /** Whether there is more, only the next piece shows: the file may have grown, or have been cut, since it was found. */
  took({ from }: Piece, { length }: Buffer): boolean {
    this.#file.count(length);
    this.#size = Math.max(this.#size, (from?.at ?? 0) + this.#bytes);
    return length === this.#bytes;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
