/**
 * Lets other threads look at the bytes that come next. What they find is used when its turn comes, in the order of the
 * input, so that the alerts are the same with any number of threads. A thread that has to wait looks ahead itself.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Asked } from '../../engine/interest.ts';
import type { LookedAt } from '../../ingest/decode/fast/ahead.ts';
import { FoundAhead, scanPiece } from '../../ingest/decode/fast/ahead.ts';
import type { LineScanner, Scanned } from '../../ingest/decode/fast/line-scanner.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentOf } from '../../ingest/document-of.ts';
import type {
  Chunks,
  IngestOptions,
  ReadAhead,
  ReadingOptions,
  ScreenedOptions,
} from '../../ingest/types.ts';
import type { Interest } from '../../model/interest.ts';
import type { Run } from '../run.ts';
import type { ScanOptions } from '../types.ts';
import { sharedMemory, SharedPieces } from './shared-pieces.ts';
import { Slots } from './slots.ts';
import { Thread } from './thread.ts';

/** With less to read, threads would take longer to begin than they save. */
const ENOUGH_BYTES = 128 * 1024 * 1024;

/** More would wait for the thread that reads. */
const MOST_THREADS = 8;

/** Pieces for each thread: the one that it looks at, and those that wait to be looked at or to be read. */
const PIECES = 3;

/** Milliseconds after which a thread that waits for another one hears whether that one failed. */
const PATIENCE = 20;

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
  const cores = Math.min(availableParallelism(), MOST_THREADS);
  // What other threads ask is not counted here.
  const wanted = costs === true ? 1 : (threads ?? ((bytes ?? 0) < ENOUGH_BYTES ? 1 : cores));
  if (wanted < 2) return { ingest: { ...ingest, interest }, close };
  const pool = new ThreadPool(wanted - 1, asked, ingest, interest);
  // Who asks for threads gets them from the first byte on; otherwise reading does not wait for them.
  if (threads !== undefined) await pool.begun();
  return { ingest: pool.options, close: () => pool.close() };
}

/** A piece of the input on its way. */
interface Piece {
  readonly bytes: Buffer;
  /** Undefined for memory that is not shared, of which this thread reads all. */
  readonly slot: number | undefined;
  isOffered: boolean;
}

class ThreadPool implements ReadAhead {
  readonly #threads: readonly Thread[];
  /** Options for reading with these threads. */
  readonly options: ScreenedOptions;
  readonly #interest: Interest;
  readonly #shared: SharedPieces;
  /** Slots that nobody reads into. */
  readonly #free: number[];
  /** What was found, by slot. */
  readonly #found = new Map<number, FoundAhead>();
  /** Positions of the fields that no event had. */
  #unknown: readonly number[];
  /** Lines that were decoded when the fields were asked last. */
  #decoded = -1;
  /** That are being read. */
  #files = 0;
  #turn = 0;
  #isClosed = false;

  /** `threads` besides this one. */
  constructor(threads: number, asked: Asked, options: IngestOptions, interest: Interest) {
    this.options = { ...options, interest, ahead: this };
    this.#interest = interest;
    this.#unknown = [...interest.paths.keys()];
    const shared = sharedMemory(PIECES * (threads + 1), interest.paths.length);
    this.#shared = new SharedPieces(shared);
    this.#free = [...this.#shared.slots.keys()];
    this.#threads = Array.from({ length: threads }, () => new Thread({ asked, options, shared }));
  }

  /** When all threads can look at something. */
  async begun(): Promise<void> {
    await Promise.all(this.#threads.map(({ begun }) => begun));
  }

  async *pieces(source: Chunks, bytes: number): AsyncGenerator<Buffer> {
    const memory = new Slots(this.#free, this.#shared, bytes);
    const chunks = source.chunks(memory);
    const queue: Piece[] = [];
    let [isOver, hasBegun] = [false, false];
    this.#files++;
    try {
      for (;;) {
        while (!isOver && queue.length <= this.#depth) {
          const next = await chunks.next();
          if (next.done === true) isOver = true;
          else queue.push({ bytes: next.value, slot: memory.slotOf(next.value), isOffered: false });
          if (hasBegun) this.#offer(queue);
        }
        const first = queue.shift();
        if (first === undefined) return;
        await this.#lookedAt(first, queue);
        yield first.bytes;
        this.#release(first, memory);
        // What the first piece shows, such as the fields that events have, spares the others much.
        this.#tellKnown();
        this.#offer(queue);
        hasBegun = true;
      }
    } finally {
      this.#files--;
      await chunks.return(undefined);
      for (const piece of queue) if (!this.#isClosed) await this.#takeBack(piece, memory);
      memory.close();
    }
  }

  found(data: Buffer, from: number): Scanned | undefined {
    for (const found of this.#found.values()) {
      const scanned = found.at(data, from);
      if (scanned !== undefined) return scanned;
    }
    return undefined;
  }

  /** Ends the threads; nothing may be asked of them any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** Pieces that a file has waiting: its part of what there is, less the one that is read and the one that comes next. */
  get #depth(): number {
    return Math.max(1, Math.floor(this.#shared.slots.length / this.#files) - 2);
  }

  #offer(queue: readonly Piece[]): void {
    for (const piece of queue) {
      if (piece.isOffered || piece.slot === undefined) continue;
      piece.isOffered = true;
      this.#shared.offer(piece.slot, piece.bytes.length, this.#turn++);
    }
  }

  /** Waits until the piece that comes next was looked at, unless nobody looks at it. */
  async #lookedAt({ slot, bytes, isOffered }: Piece, queue: readonly Piece[]): Promise<void> {
    if (slot === undefined || !isOffered || this.#shared.claim(slot)) return;
    while (!this.#shared.isLookedAt(slot)) if (!this.#lookAhead(queue)) await this.#wait(slot);
    this.#found.set(slot, new FoundAhead(bytes, this.#looked(slot), this.#scanner.shapes));
  }

  /** This thread's own. */
  get #scanner(): LineScanner {
    return scannerFor(this.#interest, this.options);
  }

  /** Looks at a piece that nobody looks at; false when there is none. */
  #lookAhead(queue: readonly Piece[]): boolean {
    const slot = queue.find(
      (piece) => piece.isOffered && piece.slot !== undefined && this.#shared.claim(piece.slot),
    )?.slot;
    if (slot === undefined) return false;
    const document = (text: string) => documentOf(text, NOWHERE, this.options);
    scanPiece(this.#scanner, this.#shared.piece(slot), document, this.#looked(slot));
    this.#shared.finish(slot);
    return true;
  }

  /** @throws what ended a thread before its time: its piece is never looked at */
  async #wait(slot: number): Promise<void> {
    this.#shared.wait(slot, PATIENCE);
    if (this.#shared.isLookedAt(slot)) return;
    await setImmediate();
    for (const { failure } of this.#threads) if (failure !== undefined) throw failure;
  }

  async #takeBack(piece: Piece, memory: Slots): Promise<void> {
    await this.#lookedAt(piece, []);
    this.#release(piece, memory);
  }

  #release({ slot, bytes }: Piece, memory: Slots): void {
    if (slot !== undefined) {
      this.#found.delete(slot);
      this.#shared.keep(slot);
    }
    memory.free(bytes);
  }

  #looked(slot: number): LookedAt {
    return this.#shared.slots[slot] as LookedAt;
  }

  /** Only decoded events show fields that none had before. */
  #tellKnown(): void {
    const { decoded } = this.#scanner;
    if (decoded === this.#decoded) return;
    this.#decoded = decoded;
    this.#unknown = this.#unknown.filter((path) => {
      const isKnown = this.#interest.isKnown(path);
      if (isKnown) this.#shared.known[path] = 1;
      return !isKnown;
    });
  }
}

/** Who reads an event does not depend on where it stands. */
const NOWHERE = { file: '' };
