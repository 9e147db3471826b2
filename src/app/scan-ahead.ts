/**
 * Lets other threads look at the bytes that come next. What they find is used when its turn comes, in the order of the
 * input, so that the alerts are the same with any number of threads. A thread that has to wait looks ahead itself.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { PieceScan } from '../ingest/decode/fast/ahead.ts';
import { FoundAhead, scanPiece } from '../ingest/decode/fast/ahead.ts';
import type { LineScanner, Scanned } from '../ingest/decode/fast/line-scanner.ts';
import { scannerFor } from '../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../ingest/document-of.ts';
import type { IngestOptions, ReadAhead } from '../ingest/types.ts';
import type { Asked } from '../engine/interest.ts';
import type { Interest } from '../model/interest.ts';
import type { Run } from './run.ts';
import type { ScanOptions } from './types.ts';
import { wholeLines } from './whole-lines.ts';

/** What a thread is told when it begins. */
export interface Briefing {
  readonly asked: Asked;
  readonly options: Omit<IngestOptions, 'interest' | 'ahead'>;
}

export interface Order {
  readonly piece: ArrayBuffer;
  /** Fields that some event had, of those that are watched and were not known before. */
  readonly known: readonly string[];
}

export interface Answer {
  readonly piece: ArrayBuffer;
  readonly scan: PieceScan;
}

/** A piece of the input on its way. While another thread looks at it, its bytes are there. */
interface Piece {
  bytes: Buffer;
  state: 'untouched' | 'being looked at' | 'looked at';
  /** Settles when it was looked at. */
  looking: Promise<void>;
}

/** Pieces that are read ahead for each thread. */
const DEPTH = 2;

/** With less to read, threads would take longer to begin than they save. */
const ENOUGH_BYTES = 32 * 1024 * 1024;

export interface Reading {
  readonly ingest: IngestOptions;
  /** Call when nothing more is read. */
  close(): Promise<void>;
}

/** How to read the inputs of a run. */
export function readingFor(
  { interest, asked, bytes }: Run,
  { ingest, threads, costs }: ScanOptions,
): Reading {
  const close = (): Promise<void> => Promise.resolve();
  if (interest === undefined) return { ingest, close };
  // What other threads ask is not counted here.
  const wanted = costs === true ? 1 : (threads ?? ((bytes ?? 0) < ENOUGH_BYTES ? 1 : availableParallelism()));
  if (wanted < 2) return { ingest: { ...ingest, interest }, close };
  const pool = new ThreadPool(wanted - 1, { asked, options: ingest }, interest);
  return { ingest: pool.options, close: () => pool.close() };
}

class ThreadPool implements ReadAhead {
  readonly #threads: readonly Thread[];
  readonly #options: IngestOptions;
  /** This thread's own, which reads what nobody looked at. */
  readonly #scanner: LineScanner;
  readonly #found: FoundAhead;

  /** `threads` besides this one. */
  constructor(threads: number, briefing: Briefing, interest: Interest) {
    this.#options = { ...briefing.options, interest, ahead: this };
    this.#scanner = scannerFor(interest, this.#options);
    this.#found = new FoundAhead(this.#scanner.shapes);
    this.#threads = Array.from({ length: threads }, () => new Thread(briefing, interest));
  }

  /** Options for reading with these threads. */
  get options(): IngestOptions {
    return this.#options;
  }

  async *pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const source = wholeLines(chunks);
    const queue: Piece[] = [];
    let isOver = false;
    for (;;) {
      while (!isOver && queue.length <= DEPTH * this.#threads.length) {
        const next = await source.next();
        if (next.done === true) isOver = true;
        else queue.push({ bytes: next.value, state: 'untouched', looking: Promise.resolve() });
        this.#handOut(queue);
      }
      const first = queue[0];
      if (first === undefined) return;
      while (first.state === 'being looked at') await this.#waitUsefully(first, queue);
      queue.shift();
      yield first.bytes;
    }
  }

  found(data: Buffer, from: number): Scanned | undefined {
    return this.#found.at(data, from);
  }

  /** Ends the threads; nothing may be asked of them any more. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** The piece whose turn is next is left for this thread, unless all the others are taken. */
  #handOut(queue: readonly Piece[]): void {
    for (const thread of this.#threads) {
      const piece = thread.isIdle ? queue.slice(1).find(isUntouched) : undefined;
      if (piece !== undefined) this.#give(thread, piece);
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
    const scan = scanPiece(this.#scanner, other.bytes, (shape, text) =>
      documentOf(shape, text, NOWHERE, this.#options),
    );
    this.#found.add(other.bytes.buffer, scan);
    other.state = 'looked at';
    // Answers of other threads arrive between two turns of the event loop.
    await setImmediate();
    this.#handOut(queue);
  }
}

const isUntouched = ({ state }: Piece): boolean => state === 'untouched';

const NOWHERE = { file: '' };

class Thread {
  readonly #worker: Worker;
  readonly #interest: Interest;
  /** Positions of the paths that are not known to it. */
  #unknown: readonly number[];
  #answer: PromiseWithResolvers<Answer> | undefined;

  constructor(briefing: Briefing, interest: Interest) {
    this.#interest = interest;
    this.#unknown = [...interest.paths.keys()];
    this.#worker = new Worker(new URL(`./scan-worker${EXTENSION}`, import.meta.url), {
      workerData: briefing,
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => {
      const { resolve } = this.#answer ?? {};
      this.#answer = undefined;
      resolve?.(answer);
    });
    this.#worker.on('error', (error) => this.#answer?.reject(error));
  }

  get isIdle(): boolean {
    return this.#answer === undefined;
  }

  /** The bytes go there and come back: they cannot be used meanwhile. */
  look(bytes: Buffer): Promise<Answer> {
    this.#answer = Promise.withResolvers();
    const piece = bytes.buffer as ArrayBuffer;
    const order: Order = { piece, known: this.#newlyKnown() };
    this.#worker.postMessage(order, [piece]);
    return this.#answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #newlyKnown(): string[] {
    const known = this.#unknown.filter((path) => this.#interest.isKnown(path));
    if (known.length > 0) this.#unknown = this.#unknown.filter((path) => !this.#interest.isKnown(path));
    return known.map((path) => this.#interest.paths[path] ?? '');
  }
}

/** Sources run as they are, and built. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
