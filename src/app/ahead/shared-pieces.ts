/**
 * Pieces of the input in memory that all threads share, with what was found in them. A piece is worked at by one thread at a
 * time: who may is settled by its state, which is only ever changed as a whole.
 */
import type { LookedAt } from '../../ingest/decode/fast/ahead.ts';
import { RUNS_LENGTH } from '../../ingest/decode/fast/ahead.ts';
import { Findings, findingsBytes } from '../../ingest/decode/fast/findings.ts';
import { MOST_RECORDS } from '../../ingest/decode/fast/offsets.ts';
import { CHUNK_BYTES } from '../../ingest/limits.ts';

/** What a slot is: not to be looked at, to be looked at, being looked at, or looked at. */
const KEPT = 0;
const OFFERED = 1;
const BEING_LOOKED_AT = 2;
const LOOKED_AT = 3;

/** A megabyte of records of which each is as long as what is told of it; memory that nothing was written to costs nothing. */
const RECORDS = 9 * MOST_RECORDS;

const SLOT_BYTES = CHUNK_BYTES + findingsBytes(RECORDS) + RUNS_LENGTH * 4;
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Counts what was offered, so that threads can wait for more. */
const OFFERS = 0;
/** Then for each slot its state, how many bytes of the piece there are, and its turn. */
const HEAD = 1;
const WORDS = 3;

export interface SharedMemory {
  readonly memory: SharedArrayBuffer;
  readonly slots: number;
  /** Fields that rules read. */
  readonly fields: number;
}

export function sharedMemory(slots: number, fields: number): SharedMemory {
  const bytes = aligned((HEAD + slots * WORDS) * 4) + aligned(fields) + slots * aligned(SLOT_BYTES);
  return { memory: new SharedArrayBuffer(bytes), slots, fields };
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

  constructor({ memory, slots, fields }: SharedMemory) {
    this.memory = memory;
    this.#control = new Int32Array(memory, 0, HEAD + slots * WORDS);
    const knownAt = aligned(this.#control.byteLength);
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

  /** Anybody may look at the piece in the slot. Pieces are looked at in the order of their turns. */
  offer(slot: number, length: number, turn: number): void {
    this.#control[HEAD + slot * WORDS + 1] = length;
    this.#control[HEAD + slot * WORDS + 2] = turn;
    this.#set(slot, OFFERED);
    Atomics.add(this.#control, OFFERS, 1);
    Atomics.notify(this.#control, OFFERS);
  }

  /** True when the piece was offered and nobody looks at it: then it is for the caller to look at. */
  claim(slot: number): boolean {
    const state = HEAD + slot * WORDS;
    return Atomics.compareExchange(this.#control, state, OFFERED, BEING_LOOKED_AT) === OFFERED;
  }

  /** The slot whose turn comes first of those that are offered; waits for one if need be. */
  claimFirst(): number {
    for (;;) {
      const offers = Atomics.load(this.#control, OFFERS);
      const slot = this.#firstOffered();
      if (slot === undefined) Atomics.wait(this.#control, OFFERS, offers);
      else if (this.claim(slot)) return slot;
    }
  }

  /** The piece in a slot. */
  piece(slot: number): Buffer {
    return (this.slots[slot] as Slot).bytes.subarray(0, this.#control[HEAD + slot * WORDS + 1]);
  }

  /** The caller has looked at the piece. */
  finish(slot: number): void {
    this.#set(slot, LOOKED_AT);
    Atomics.notify(this.#control, HEAD + slot * WORDS);
  }

  isLookedAt(slot: number): boolean {
    return Atomics.load(this.#control, HEAD + slot * WORDS) === LOOKED_AT;
  }

  /** Waits until another thread has looked at the piece, but not for longer than so many milliseconds. */
  wait(slot: number, milliseconds: number): void {
    Atomics.wait(this.#control, HEAD + slot * WORDS, BEING_LOOKED_AT, milliseconds);
  }

  /** Nobody is to look at the slot. */
  keep(slot: number): void {
    this.#set(slot, KEPT);
  }

  #firstOffered(): number | undefined {
    let first: number | undefined;
    let least = Infinity;
    for (let slot = 0; slot < this.slots.length; slot++) {
      const at = HEAD + slot * WORDS;
      const turn = this.#control[at + 2] as number;
      if (Atomics.load(this.#control, at) !== OFFERED || turn >= least) continue;
      least = turn;
      first = slot;
    }
    return first;
  }

  #set(slot: number, state: number): void {
    Atomics.store(this.#control, HEAD + slot * WORDS, state);
  }
}
