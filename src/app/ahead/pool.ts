/**
 * Lets other threads look at the bytes that come next. What they find is used when its turn comes, in the order of the
 * input, so that the alerts are the same with any number of threads. A thread that has to wait looks ahead itself.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { FoundAhead, scanPiece } from '../../ingest/decode/fast/ahead.ts';
import type { Scanned } from '../../ingest/decode/fast/line-scanner.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../../ingest/document-of.ts';
import type { ReadAhead, ReadingOptions, ScreenedOptions } from '../../ingest/types.ts';
import type { Interest } from '../../model/interest.ts';
import type { Run } from '../run.ts';
import type { ScanOptions } from '../types.ts';
import type { Briefing } from './messages.ts';
import { AT_A_TIME, Thread } from './thread.ts';
import { wholeLines } from './whole-lines.ts';

/** With less to read, threads would take longer to begin than they save. */
const ENOUGH_BYTES = 32 * 1024 * 1024;

/** Pieces that are read ahead for each thread. */
const DEPTH = 2 * AT_A_TIME;

export interface Reading {
  readonly ingest: ReadingOptions;
  /** Call when nothing more is read. */
  close(): Promise<void>;
}

/** How to read the inputs of a run. */
export async function readingFor(
  { interest, asked, bytes }: Run,
  { ingest, threads, costs }: ScanOptions,
): Promise<Reading> {
  const close = (): Promise<void> => Promise.resolve();
  if (interest === undefined) return { ingest, close };
  // What other threads ask is not counted here.
  const wanted = costs === true ? 1 : (threads ?? ((bytes ?? 0) < ENOUGH_BYTES ? 1 : availableParallelism()));
  if (wanted < 2) return { ingest: { ...ingest, interest }, close };
  const pool = new ThreadPool(wanted - 1, { asked, options: ingest }, interest);
  // Who asks for threads gets them from the first byte on; otherwise reading does not wait for them.
  if (threads !== undefined) await pool.begun();
  return { ingest: pool.options, close: () => pool.close() };
}

/** A piece of the input on its way. While another thread looks at it, its bytes are there. */
interface Piece {
  bytes: Buffer;
  state: 'untouched' | 'being looked at' | 'looked at';
  /** Settles when another thread has looked at it. */
  looking: Promise<void>;
}

const isUntouched = ({ state }: Piece): boolean => state === 'untouched';

class ThreadPool implements ReadAhead {
  readonly #threads: readonly Thread[];
  /** Options for reading with these threads. */
  readonly options: ScreenedOptions;
  readonly #interest: Interest;
  readonly #found: FoundAhead;

  /** `threads` besides this one. */
  constructor(threads: number, briefing: Briefing, interest: Interest) {
    this.options = { ...briefing.options, interest, ahead: this };
    this.#interest = interest;
    this.#found = new FoundAhead(scannerFor(interest, this.options).shapes);
    this.#threads = Array.from({ length: threads }, () => new Thread(briefing, interest));
  }

  /** When all threads can look at something. */
  async begun(): Promise<void> {
    await Promise.all(this.#threads.map(({ begun }) => begun));
  }

  async *pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const source = wholeLines(chunks);
    const queue: Piece[] = [];
    let [isOver, hasBegun] = [false, false];
    for (;;) {
      while (!isOver && queue.length <= DEPTH * this.#threads.length) {
        const next = await source.next();
        if (next.done === true) isOver = true;
        else queue.push({ bytes: next.value, state: 'untouched', looking: Promise.resolve() });
        if (hasBegun) this.#handOut(queue);
      }
      const first = queue[0];
      if (first === undefined) return;
      while (first.state === 'being looked at') await this.#waitUsefully(first, queue);
      queue.shift();
      yield first.bytes;
      // What the first piece shows, such as the fields that events have, spares the others much.
      hasBegun = true;
    }
  }

  found(data: Buffer, from: number): Scanned | undefined {
    return this.#found.at(data, from);
  }

  /** Ends the threads; nothing may be asked of them any more. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** The piece whose turn is next is left for this thread. */
  #handOut(queue: readonly Piece[]): void {
    for (const thread of this.#threads) {
      while (thread.hasRoom) {
        const piece = queue.slice(1).find(isUntouched);
        if (piece === undefined) return;
        this.#give(thread, piece);
      }
    }
  }

  #give(thread: Thread, piece: Piece): void {
    piece.state = 'being looked at';
    piece.looking = thread.look(piece.bytes).then(({ piece: bytes, scan }) => {
      piece.bytes = Buffer.from(bytes);
      piece.state = 'looked at';
      this.#found.add(bytes, scan);
    });
    // Whoever waits for the piece is told of the failure.
    piece.looking.catch(() => undefined);
  }

  async #waitUsefully(first: Piece, queue: readonly Piece[]): Promise<void> {
    const other = queue.find(isUntouched);
    if (other === undefined) return first.looking;
    const scanner = scannerFor(this.#interest, this.options);
    const scan = scanPiece(scanner, other.bytes, (text) => documentOf(text, NOWHERE, this.options));
    this.#found.add(other.bytes.buffer, scan);
    other.state = 'looked at';
    // Answers of other threads arrive between two turns of the event loop.
    await setImmediate();
    this.#handOut(queue);
  }
}

/** Who reads an event does not depend on where it stands. */
const NOWHERE = { file: '' };
