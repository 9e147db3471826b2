/**
 * What a scanner finds in a whole piece of the input, in memory that threads share, and the use of it where the piece is
 * read. A scan can only begin where a line does, so it is of use wherever one begins.
 */
import type { NamedShape } from './block.ts';
import { Block } from './block.ts';
import type { Findings } from './findings.ts';
import type { DocumentOf, LineScanner, Scanned } from './line-scanner.ts';
import { AHEAD } from './why-decoded.ts';

/** Lines whose records need nothing else: where they begin and end, how many of both, the shift of `Block`, the first record. */
const RUN = 6;
/** How many runs there are, and up to where was looked. */
const HEAD = 2;

const MOST_RUNS = 1024;
export const RUNS_LENGTH = HEAD + MOST_RUNS * RUN;

/** Memory for a piece and what is found in it. */
export interface LookedAt {
  readonly findings: Findings;
  /** `RUNS_LENGTH` numbers. */
  readonly runs: Int32Array;
}

const NEWLINE = 0x0a;
/** Bytes that are read and looked at while they are at hand: they are copied from where they were read. */
const WINDOW = 131_072;
const NOTHING = new Block(Buffer.alloc(0), 0, new Uint32Array(0), new Int32Array(0), []);

/** A piece of the input that is read while it is looked at. */
export interface GrowingPiece {
  /** Of the whole piece. */
  readonly memory: Buffer;
  /** Reads on until so many bytes are there; gives how many there are: fewer only where the piece ends. */
  readTo(bytes: number): number;
}

/** Looks at all whole lines of a piece, whether that pays or not. What lies between two runs has to go the usual way. */
export function scanPiece(
  scanner: LineScanner,
  piece: GrowingPiece,
  documentOf: DocumentOf,
  { findings, runs }: LookedAt,
): void {
  findings.clear();
  const { memory } = piece;
  let [at, end, count] = [0, 0, 0];
  while (findings.hasRoom && count < MOST_RUNS) {
    if (at === end) end = endOfLines(piece, at);
    if (at === end) break;
    // The piece may begin inside a line.
    const to = at === 0 ? lineEnd(memory, 0) : end;
    const first = findings.next;
    const scanned = scanner.look(memory, at, to, documentOf, findings);
    const { records, lines, block } = scanned;
    if (records > 0) runs.set([at, scanned.end, records, lines, block.shift, first], HEAD + RUN * count++);
    at = scanned.stopped !== undefined || records === 0 ? lineEnd(memory, scanned.end) : scanned.end;
  }
  runs.set([count, at]);
}

/** Behind the last whole line of what is looked at next, which is read if need be; `from` when there is none. */
function endOfLines(piece: GrowingPiece, from: number): number {
  for (let to = from + WINDOW; ; to += WINDOW) {
    const there = piece.readTo(to);
    const end = there <= from ? from : piece.memory.lastIndexOf(NEWLINE, there - 1) + 1;
    if (end > from || there < to) return Math.max(end, from);
  }
}

function lineEnd(data: Buffer, from: number): number {
  const newline = data.indexOf(NEWLINE, from);
  return newline === -1 ? data.length : newline + 1;
}

/** What was found in a piece that is being read. */
export class FoundAhead {
  readonly #shapes: readonly NamedShape[];
  readonly #piece: Buffer;
  readonly #found: LookedAt;
  #next = 0;

  /** `shapes` are those of the scanner of the thread that reads. */
  constructor(piece: Buffer, found: LookedAt, shapes: readonly NamedShape[]) {
    this.#piece = piece;
    this.#found = found;
    this.#shapes = shapes;
  }

  /** Of the lines from this offset on; undefined for lines that nobody looked at. To be asked from front to back. */
  at(data: Buffer, from: number): Scanned | undefined {
    const { runs, findings } = this.#found;
    const [count, lookedUpTo] = runs as unknown as [number, number];
    // The data may be a part of the piece.
    const before = data.byteOffset - this.#piece.byteOffset;
    const start = before + from;
    if (data.buffer !== this.#piece.buffer || start < 0 || start >= lookedUpTo) return undefined;
    while (this.#next < count && (runs[HEAD + RUN * this.#next] as number) < start) this.#next++;
    const at = HEAD + RUN * this.#next;
    if (this.#next === count || runs[at] !== start)
      return { block: NOTHING, records: 0, lines: 0, end: from, stopped: AHEAD };
    const [, end, records, lines, shift, first] = runs.subarray(at, at + RUN) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const words = findings.words(first, records);
    return {
      block: new Block(data, shift - before, words, findings.holds, this.#shapes),
      records,
      lines,
      end: end - before,
      stopped: undefined,
    };
  }
}
