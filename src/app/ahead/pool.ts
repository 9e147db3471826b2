/**
 * Lets other threads look at the bytes that come next. What they find is used when its turn comes, in the order of the
 * input, so that the alerts are the same with any number of threads. A thread that has to wait looks ahead itself.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Asked } from '../../engine/interest.ts';
import type { LookedAt } from '../../ingest/decode/fast/ahead.ts';
import { FoundAhead } from '../../ingest/decode/fast/ahead.ts';
import type { LineScanner, Scanned } from '../../ingest/decode/fast/line-scanner.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { documentAt } from '../../ingest/document-of.ts';
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
import { lookAt } from './look.ts';
import type { Piece, Pieces } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import type { SharedMemory } from './shared-pieces.ts';
import { sharedMemory, SharedPieces } from './shared-pieces.ts';
import { Slots } from './slots.ts';
import { Thread } from './thread.ts';

/** With less to read, threads would take longer to begin than they save. */
const ENOUGH_BYTES = 256 * 1024 * 1024;

/** Of less there may be no sample before most of it was read: rules are filed without one. */
const ENOUGH_FOR_A_SAMPLE = 64 * 1024 * 1024;

/** Pieces after which threads begin without a sample: other shapes of records than those that are scanned give none. */
const MOST_ALONE = 64;

/** More would wait for the thread that reads. */
const MOST_THREADS = 8;

/** Pieces for each thread: the one that it looks at, and those that wait to be looked at or to be read. */
const PIECES = 3;

/** Milliseconds after which a thread that waits for another one hears whether that one failed. */
const PATIENCE = 20;

/** The number of the thread that reads. */
const READER = 0;

/**
 * Begins the other threads of a scan that reads so many bytes, as far as that is known: they load while rules are read. To be
 * closed.
 */
export function threadsFor(
  {
    threads,
    costs,
    evaluator = 'bytes',
    compareModes,
  }: Pick<ScanOptions, 'threads' | 'costs' | 'evaluator' | 'compareModes'>,
  bytes = 0,
): readonly Thread[] {
  // What other threads ask is not counted here.
  if (costs === true || evaluator !== 'bytes' || compareModes === true) return [];
  const cores = Math.min(availableParallelism(), MOST_THREADS);
  const wanted = threads ?? (bytes < ENOUGH_BYTES ? 1 : cores);
  return Array.from({ length: wanted - 1 }, () => new Thread());
}

/**
 * How to read the inputs of a run, of so many bytes as far as that is known, with these threads if they are of use. Where there is
 * much to read they file rules when the sample is complete, once; otherwise at once, and the second piece waits for them.
 */
export function readingFor(
  { interest, asked }: Pick<Run, 'interest' | 'asked'>,
  { ingest }: Pick<ScanOptions, 'ingest'>,
  threads: readonly Thread[],
  bytes = 0,
): ReadingOptions {
  if (interest === undefined) return ingest;
  if (threads.length === 0) return { ...ingest, interest };
  const pool = new ThreadPool(threads, asked, ingest, interest);
  if (bytes < ENOUGH_FOR_A_SAMPLE) pool.begin();
  return pool.options;
}

class ThreadPool implements ReadAhead {
  readonly #threads: readonly Thread[];
  readonly #asked: Asked;
  readonly #ingest: IngestOptions;
  /** Options for reading with these threads. */
  readonly options: ScreenedOptions;
  readonly #interest: Interest;
  readonly #memory: SharedMemory;
  readonly #shared: SharedPieces;
  /** Slots that nobody reads into. */
  readonly #free: number[];
  /** What was found, by slot. */
  readonly #found = new Map<number, FoundAhead>();
  /** Positions of the fields that no event had. */
  #unknown: readonly number[];
  /** Lines that were decoded when the fields were asked last. */
  #decoded = -1;
  /** How often the interest had seen enough to choose anew when the threads were told last. */
  #choices = 0;
  /** That are being read. */
  #files = 0;
  #turn = 0;
  /** Whether threads were told what to look for. */
  #isBriefed = false;
  /** When all of them can look at something, if that is to be waited for. */
  #begun: Promise<unknown> | undefined;
  /** Pieces that were read before that. */
  #alone = 0;

  constructor(threads: readonly Thread[], asked: Asked, options: IngestOptions, interest: Interest) {
    this.#asked = asked;
    this.#ingest = options;
    this.options = { ...options, interest, ahead: this };
    this.#interest = interest;
    this.#unknown = [...interest.paths.keys()];
    this.#memory = sharedMemory(PIECES * (threads.length + 1), interest.paths.length);
    this.#shared = new SharedPieces(this.#memory);
    this.#free = [...this.#shared.slots.keys()];
    this.#threads = threads;
  }

  /** Threads file the rules without a sample, and what is offered first waits for that. */
  begin(): void {
    this.#brief();
    this.#begun = Promise.all(this.#threads.map(({ begun }) => begun));
    this.#begun.catch(() => undefined);
  }

  #brief(shown?: object): void {
    this.#isBriefed = true;
    const told = { asked: this.#asked, options: this.#ingest, shared: this.#memory, shown };
    for (const [at, thread] of this.#threads.entries()) thread.brief({ thread: at + 1, ...told });
  }

  async *pieces(source: Chunks, bytes: number): AsyncGenerator<Buffer> {
    const memory = new Slots(this.#free, this.#shared, bytes);
    const pieces = await piecesOf(source, memory, bytes);
    const queue: Piece[] = [];
    let hasBegun = false;
    this.#files++;
    try {
      for (;;) {
        await this.#fill(queue, pieces, hasBegun);
        const first = queue.shift();
        if (first === undefined) return;
        const read = await this.#take(first, queue, pieces);
        const isLast = !pieces.took(first, read);
        if (read.length > 0) yield read;
        this.#release(first, memory);
        this.#throwFailure();
        if (isLast) return;
        // What the first piece shows, such as the fields that events have, spares the others much.
        // First, as asking this thread's scanner files rules anew.
        this.#tellShown();
        this.#tellKnown();
        if (queue.length > 0) await this.#begun;
        this.#offer(queue);
        hasBegun = true;
      }
    } finally {
      this.#files--;
      try {
        for (const piece of queue) await this.#takeBack(piece, memory);
      } finally {
        await pieces.close();
        memory.close();
      }
    }
  }

  found(data: Buffer, from: number): Scanned | undefined {
    for (const found of this.#found.values()) {
      const scanned = found.at(data, from);
      if (scanned !== undefined) return scanned;
    }
    return undefined;
  }

  /** Pieces that a file has waiting: its part of what there is, less the one that is read and the one that comes next. */
  get #depth(): number {
    return Math.max(1, Math.floor(this.#shared.slots.length / this.#files) - 2);
  }

  async #fill(queue: Piece[], pieces: Pieces, hasBegun: boolean): Promise<void> {
    while (queue.length <= this.#depth) {
      const next = await pieces.next();
      if (next === undefined) return;
      queue.push(next);
      if (hasBegun) this.#offer(queue);
    }
  }

  #offer(queue: readonly Piece[]): void {
    if (!this.#isBriefed) return;
    for (const piece of queue) {
      if (piece.isOffered || piece.slot === undefined) continue;
      piece.isOffered = true;
      this.#shared.offer(piece.slot, this.#turn++, piece.memory.length, piece.from);
    }
  }

  /** The bytes of the piece that comes next, once they were looked at, unless nobody looks at them. */
  async #take(piece: Piece, queue: readonly Piece[], pieces: Pieces): Promise<Buffer> {
    const { slot, isOffered, from, memory } = piece;
    if (slot === undefined || !isOffered || (await this.#isOurs(slot, queue))) return pieces.read(piece);
    const looked = this.#shared.piece(slot);
    if (looked === undefined) return pieces.read(piece);
    const bytes = from === undefined ? memory : looked;
    const found = this.#shared.slots[slot] as LookedAt;
    this.#found.set(slot, new FoundAhead(bytes, found, this.#scanner.shapes));
    return bytes;
  }

  /** Whether this thread has to do all that is to be done with an offered piece; if not, it was looked at. */
  async #isOurs(slot: number, queue: readonly Piece[]): Promise<boolean> {
    while (!this.#shared.isLookedAt(slot)) {
      if (this.#shared.claim(slot, READER) || this.#isLost(slot)) return true;
      if (!this.#lookAhead(queue)) await this.#wait(slot);
    }
    return false;
  }

  /** Whether the thread that looks at the piece has ended. */
  #isLost(slot: number): boolean {
    const claimant = this.#shared.claimant(slot);
    return claimant !== undefined && claimant !== READER && this.#threads[claimant - 1]?.hasEnded === true;
  }

  /** This thread's own. */
  get #scanner(): LineScanner {
    return scannerFor(this.#interest, this.options);
  }

  /** Looks at a piece that nobody looks at; false when there is none. */
  #lookAhead(queue: readonly Piece[]): boolean {
    const slot = queue.find(
      (piece) => piece.isOffered && piece.slot !== undefined && this.#shared.claim(piece.slot, READER),
    )?.slot;
    if (slot === undefined) return false;
    lookAt(this.#shared, slot, this.#scanner, documentAt(NOWHERE, this.options));
    return true;
  }

  /** @throws what ended a thread before its time */
  async #wait(slot: number): Promise<void> {
    this.#shared.wait(slot, PATIENCE);
    if (this.#shared.isLookedAt(slot)) return;
    await setImmediate();
    this.#throwFailure();
  }

  /** @throws what ended a thread before its time */
  #throwFailure(): void {
    for (const { failure } of this.#threads) if (failure !== undefined) throw failure;
  }

  /** Once nobody looks at it any more. */
  async #takeBack(piece: Piece, memory: Slots): Promise<void> {
    if (piece.slot !== undefined && piece.isOffered) await this.#isOurs(piece.slot, []);
    this.#release(piece, memory);
  }

  #release({ slot, memory: bytes }: Piece, memory: Slots): void {
    if (slot !== undefined) {
      this.#found.delete(slot);
      this.#shared.keep(slot);
    }
    memory.free(bytes);
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

  /** What is looked up is chosen by the events that this thread reads, in their order: all threads do it at the same time. */
  #tellShown(): void {
    const { choices } = this.#interest;
    if (choices !== this.#choices) {
      this.#choices = choices;
      this.#show(this.#interest.shown);
    } else if (!this.#isBriefed && ++this.#alone === MOST_ALONE) this.#brief();
  }

  #show(shown: object): void {
    if (!this.#isBriefed) this.#brief(shown);
    else for (const thread of this.#threads) thread.show(shown);
  }
}

/** Who reads an event does not depend on where it stands. */
const NOWHERE = { file: '' };
