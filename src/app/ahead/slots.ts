/** The memory that a file is read into: shared slots as far as there are any, and memory of its own. */
import type { PieceMemory } from '../../ingest/source/memory.ts';
import type { SharedPieces } from './shared-pieces.ts';

export class Slots implements PieceMemory {
  readonly #free: number[];
  readonly #shared: SharedPieces;
  readonly #bytes: number;
  /** What was given out, with the slots that it lies in. */
  readonly #used = new Map<number, number>();
  /** Not shared, and not in use. */
  readonly #own: Buffer[] = [];

  /** `free` are the slots that nobody uses, for all files; `bytes` those of a piece. */
  constructor(free: number[], shared: SharedPieces, bytes: number) {
    this.#free = free;
    this.#shared = shared;
    this.#bytes = bytes;
  }

  next(): Buffer {
    const slot = this.#free.pop();
    if (slot === undefined) return this.#own.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
    const piece = (this.#shared.slots[slot] as { readonly bytes: Buffer }).bytes.subarray(0, this.#bytes);
    this.#used.set(piece.byteOffset, slot);
    return piece;
  }

  /** Where a piece lies; undefined for memory that is not shared. */
  slotOf(piece: Buffer): number | undefined {
    return piece.buffer === this.#shared.memory ? this.#used.get(piece.byteOffset) : undefined;
  }

  /** The piece is not used any more. */
  free(piece: Buffer): void {
    const slot = this.slotOf(piece);
    if (slot === undefined) {
      this.#own.push(Buffer.from(piece.buffer, piece.byteOffset, this.#bytes));
      return;
    }
    this.#used.delete(piece.byteOffset);
    this.#free.push(slot);
  }

  /** Nothing of it is used any more. */
  close(): void {
    this.#free.push(...this.#used.values());
    this.#used.clear();
  }
}
