/**
 * What a scanner finds in a whole piece of the input, as plain data that threads can hand to one another, and the use of
 * it where the piece is read. A scan can only begin where a line does, so it is of use wherever one begins.
 */
import type { NamedShape } from './block.ts';
import { Block } from './block.ts';
import { Findings } from './findings.ts';
import type { DocumentOf, LineScanner, Scanned } from './line-scanner.ts';

/** Lines whose records need nothing else. */
interface RunOfLines {
  readonly from: number;
  readonly end: number;
  readonly records: number;
  /** As in `Block`. */
  readonly words: Uint32Array;
  readonly shift: number;
  readonly holds: Int32Array;
}

export interface PieceScan {
  /** In their order. The lines between two of them have to go the usual way. */
  readonly runs: readonly RunOfLines[];
}

const NEWLINE = 0x0a;
const NOTHING = new Block(Buffer.alloc(0), 0, new Uint32Array(0), new Int32Array(0), []);

/** Looks at all lines of a piece that begins with a line, and is in memory of its own, whether that pays or not. */
export function scanPiece(scanner: LineScanner, piece: Buffer, documentOf: DocumentOf): PieceScan {
  const runs: RunOfLines[] = [];
  for (let at = 0; at < piece.length;) {
    const findings = new Findings();
    const { records, end, block, stopped } = scanner.scan(piece, at, piece.length, documentOf, findings);
    if (records > 0) runs.push({ from: at, end, records, ...block.parts });
    at = stopped || records === 0 ? lineEnd(piece, end) : end;
  }
  return { runs };
}

function lineEnd(data: Buffer, from: number): number {
  const newline = data.indexOf(NEWLINE, from);
  return newline === -1 ? data.length : newline + 1;
}

/** What was found in pieces that are about to be read. */
export class FoundAhead {
  readonly #shapes: readonly NamedShape[];
  readonly #found = new WeakMap<ArrayBufferLike, { readonly scan: PieceScan; next: number }>();

  /** Of the scanner of the thread that reads. */
  constructor(shapes: readonly NamedShape[]) {
    this.#shapes = shapes;
  }

  add(piece: ArrayBufferLike, scan: PieceScan): void {
    this.#found.set(piece, { scan, next: 0 });
  }

  /** Of the lines from this offset on; undefined for data that nobody looked at. To be asked from front to back. */
  at(data: Buffer, from: number): Scanned | undefined {
    const found = this.#found.get(data.buffer);
    if (found === undefined) return undefined;
    const { runs } = found.scan;
    // The data may be a part of the piece, whose offsets these are.
    const start = data.byteOffset + from;
    while ((runs[found.next]?.from ?? Infinity) < start) found.next++;
    const run = runs[found.next];
    if (run?.from !== start) return { block: NOTHING, records: 0, end: from, stopped: true };
    return {
      block: new Block(data, run.shift - data.byteOffset, run.words, run.holds, this.#shapes),
      records: run.records,
      end: run.end - data.byteOffset,
      stopped: false,
    };
  }
}
