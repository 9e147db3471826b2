/**
 * Pieces of the input in memory that all threads share, with what was found in them. A piece is worked at by one thread at a
 * time: who may is settled by its state, which is only ever changed as a whole.
 */
import type { GrowingPiece, LookedAt } from '../../ingest/decode/fast/ahead.ts';
import { RUNS_LENGTH } from '../../ingest/decode/fast/ahead.ts';
import { Findings, findingsBytes } from '../../ingest/decode/fast/findings.ts';
import { MOST_RECORDS } from '../../ingest/decode/fast/offsets.ts';
import { CHUNK_BYTES } from '../../ingest/limits.ts';
import { readFully } from '../../ingest/source/plain-file.ts';

/** What a slot is: not to be looked at, to be looked at, looked at, or claimed by a thread, from this number on. */
const KEPT = 0;
const OFFERED = 1;
const LOOKED_AT = 2;
const CLAIMED = 3;

/** In place of a descriptor for bytes that are there, and in place of the length of bytes that could not be read. */
const NO_FILE = -1;
const UNREADABLE = -1;

/** A megabyte of records of which each is as long as what is told of it; memory that nothing was written to costs nothing. */
const RECORDS = 9 * MOST_RECORDS;

const SLOT_BYTES = CHUNK_BYTES + findingsBytes(RECORDS) + RUNS_LENGTH * 4;
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Counts what was offered, so that threads can wait for more. */
const OFFERS = 0;
/** Then for each slot its state, how many bytes of the piece there are, its turn, and the file that it is to be read from. */
const HEAD = 1;
const WORDS = 4;
const LENGTH = 1;
const TURN = 2;
const DESCRIPTOR = 3;

export interface SharedMemory {
  readonly memory: SharedArrayBuffer;
  readonly slots: number;
  /** Fields that rules read. */
  readonly fields: number;
}

export function sharedMemory(slots: number, fields: number): SharedMemory {
  const bytes =
    aligned((HEAD + slots * WORDS) * 4) + aligned(slots * 8) + aligned(fields) + slots * aligned(SLOT_BYTES);
  return { memory: new SharedArrayBuffer(bytes), slots, fields };
}

/** Where a piece lies in an open file. */
export interface Place {
  readonly descriptor: number;
  readonly at: number;
}

interface Slot extends LookedAt {
  readonly bytes: Buffer;
}

export class SharedPieces {
  /** For each field that rules read, whether some event had it. */
  readonly known: Uint8Array;
  readonly slots: readonly Slot[];
  readonly memory: SharedArrayBuffer;
  readonly #control: Int32Array;
  /** Where in its file the piece of a slot is to be read. */
  readonly #places: Float64Array;

  constructor({ memory, slots, fields }: SharedMemory) {
    this.memory = memory;
    this.#control = new Int32Array(memory, 0, HEAD + slots * WORDS);
    this.#places = new Float64Array(memory, aligned(this.#control.byteLength), slots);
    const knownAt = this.#places.byteOffset + aligned(this.#places.byteLength);
    this.known = new Uint8Array(memory, knownAt, fields);
    const first = knownAt + aligned(fields);
    this.slots = Array.from({ length: slots }, (_, slot) => {
      const at = first + slot * aligned(SLOT_BYTES);
      return {
        bytes: Buffer.from(memory, at, CHUNK_BYTES),
        findings: new Findings(RECORDS, memory, at + CHUNK_BYTES),
        runs: new Int32Array(memory, at + CHUNK_BYTES + findingsBytes(RECORDS), RUNS_LENGTH),
      };
    });
  }

  /**
   * Anybody may look at the piece in the slot, of so many bytes; who does reads it first, unless it was read. Pieces are looked
   * at in the order of their turns.
   */
  offer(slot: number, turn: number, length: number, from?: Place): void {
    const at = stateOf(slot);
    this.#control[at + LENGTH] = length;
    this.#control[at + TURN] = turn;
    this.#control[at + DESCRIPTOR] = from?.descriptor ?? NO_FILE;
    this.#places[slot] = from?.at ?? 0;
    this.#set(slot, OFFERED);
    Atomics.add(this.#control, OFFERS, 1);
    Atomics.notify(this.#control, OFFERS);
  }

  /** True when the piece was offered and nobody looks at it: then it is for this thread to look at. */
  claim(slot: number, thread: number): boolean {
    return Atomics.compareExchange(this.#control, stateOf(slot), OFFERED, CLAIMED + thread) === OFFERED;
  }

  /** The slot whose turn comes first of those that are offered; undefined when there is none any more. */
  claimFirst(thread: number): number | undefined {
    for (;;) {
      const slot = this.#firstOffered();
      if (slot === undefined || this.claim(slot, thread)) return slot;
    }
  }

  /** Waits until something is offered, which another thread may claim. */
  waitForOffer(): void {
    for (;;) {
      const offers = Atomics.load(this.#control, OFFERS);
      if (this.#firstOffered() !== undefined) return;
      Atomics.wait(this.#control, OFFERS, offers);
    }
  }

  /** The piece in a slot that this thread has claimed. */
  claimed(slot: number): ClaimedPiece {
    const words = stateOf(slot);
    const descriptor = this.#control[words + DESCRIPTOR] as number;
    const memory = (this.slots[slot] as Slot).bytes.subarray(0, this.#control[words + LENGTH]);
    const at = this.#places[slot] as number;
    return new ClaimedPiece(memory, descriptor === NO_FILE ? undefined : { descriptor, at });
  }

  /** The piece in a slot that was looked at; undefined when it could not be read. */
  piece(slot: number): Buffer | undefined {
    const length = this.#control[stateOf(slot) + LENGTH] as number;
    return length === UNREADABLE ? undefined : (this.slots[slot] as Slot).bytes.subarray(0, length);
  }

  /** Who claimed the piece has looked at it: it has so many bytes, or undefined when it could not be read. */
  finish(slot: number, length: number | undefined): void {
    this.#control[stateOf(slot) + LENGTH] = length ?? UNREADABLE;
    this.#set(slot, LOOKED_AT);
    Atomics.notify(this.#control, stateOf(slot));
  }

  isLookedAt(slot: number): boolean {
    return Atomics.load(this.#control, stateOf(slot)) === LOOKED_AT;
  }

  /** The thread that looks at the piece; undefined when nobody does. */
  claimant(slot: number): number | undefined {
    const state = Atomics.load(this.#control, stateOf(slot));
    return state < CLAIMED ? undefined : state - CLAIMED;
  }

  /** Waits until another thread has looked at the piece, but not for longer than so many milliseconds. */
  wait(slot: number, milliseconds: number): void {
    const state = Atomics.load(this.#control, stateOf(slot));
    if (state >= CLAIMED) Atomics.wait(this.#control, stateOf(slot), state, milliseconds);
  }

  /** Nobody is to look at the slot. */
  keep(slot: number): void {
    this.#set(slot, KEPT);
  }

  #firstOffered(): number | undefined {
    let first: number | undefined;
    let least = Infinity;
    for (let slot = 0; slot < this.slots.length; slot++) {
      const at = stateOf(slot);
      const turn = this.#control[at + TURN] as number;
      if (Atomics.load(this.#control, at) !== OFFERED || turn >= least) continue;
      least = turn;
      first = slot;
    }
    return first;
  }

  #set(slot: number, state: number): void {
    Atomics.store(this.#control, stateOf(slot), state);
  }
}

/** Where the words of a slot begin, with its state. */
const stateOf = (slot: number): number => HEAD + slot * WORDS;

/** A piece that one thread reads while it looks at it, unless it was read before. */
class ClaimedPiece implements GrowingPiece {
  readonly memory: Buffer;
  readonly #from: Place | undefined;
  #there = 0;
  #isWhole = false;
  #isReadable = true;

  constructor(memory: Buffer, from: Place | undefined) {
    this.memory = memory;
    this.#from = from;
    if (from === undefined) this.#there = memory.length;
  }

  readTo(bytes: number): number {
    const to = Math.min(bytes, this.memory.length);
    if (this.#from === undefined || this.#isWhole || to <= this.#there) return this.#there;
    const { descriptor, at } = this.#from;
    try {
      this.#there += readFully(descriptor, this.memory.subarray(this.#there, to), at + this.#there);
    } catch {
      // The thread that reads tries again, and tells why.
      this.#isReadable = false;
    }
    this.#isWhole = this.#there < to;
    return this.#there;
  }

  /** Bytes that were read; undefined when some cannot be. */
  get length(): number | undefined {
    return this.#isReadable ? this.#there : undefined;
  }
}
