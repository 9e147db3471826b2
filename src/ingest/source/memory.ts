/** Memory for the bytes that are read, used again and again: new memory for each piece costs more than reading it. */

export interface PieceMemory {
  /** For the next piece. It is not given out again before the piece is of no use any more. */
  next(): Buffer;
}

/** For a reader that is done with a piece when it asks for the next one, while another one is read already. */
export class TwoPieces implements PieceMemory {
  readonly #bytes: number;
  #pieces: readonly Buffer[] = [];
  #turn = 0;

  /** Bytes of a piece. */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  next(): Buffer {
    if (this.#pieces.length < 2) this.#pieces = [...this.#pieces, spare.pop(this.#bytes)];
    return this.#pieces[this.#turn++ % this.#pieces.length] as Buffer;
  }

  /** Nothing of it is used any more. */
  close(): void {
    for (const piece of this.#pieces) spare.push(piece);
    this.#pieces = [];
  }
}

/** Pieces that no file uses just now, for the next one. */
const MOST_SPARE = 8;

const spare = {
  pieces: [] as Buffer[],
  pop(bytes: number): Buffer {
    const at = this.pieces.findIndex(({ length }) => length === bytes);
    const [piece = Buffer.allocUnsafeSlow(bytes)] = at === -1 ? [] : this.pieces.splice(at, 1);
    return piece;
  },
  push(piece: Buffer): void {
    if (this.pieces.length < MOST_SPARE) this.pieces.push(piece);
  },
};
