/**
 * Memory for what a scanner tells of the records of one piece of the input. It is used again for the next piece, and may be
 * shared with other threads.
 */
import { MOST_RECORDS, RECORD_SIZE } from './offsets.ts';

const WORDS = RECORD_SIZE / 4;
const HOLDS = 128 * 1024;
/** In place of the number of notes: there are none. */
export const NOT_NOTED = -1;

/** Enough for a megabyte of usual records. */
const USUAL_RECORDS = 2 * MOST_RECORDS;

export const findingsBytes = (records: number): number => records * RECORD_SIZE + HOLDS * 4;

export class Findings {
  readonly #capacity: number;
  readonly #words: Uint32Array;
  /** Lists of conditions with their lengths before them, each with its list of notes behind it, from 1 on. */
  readonly holds: Int32Array;
  #records = 0;
  #nextHolds = 1;
  #isFull = false;

  /** For so many records; at an offset of memory that has room for `findingsBytes`. */
  constructor(
    records = USUAL_RECORDS,
    memory: ArrayBufferLike = new ArrayBuffer(findingsBytes(records)),
    offset = 0,
  ) {
    this.#capacity = records;
    this.#words = new Uint32Array(memory, offset, records * WORDS);
    this.holds = new Int32Array(memory, offset + records * RECORD_SIZE, HOLDS);
  }

  /** What was added is not needed any more. */
  clear(): void {
    this.#records = 0;
    this.#nextHolds = 1;
    this.#isFull = false;
  }

  /** For the records of one scan. */
  get hasRoom(): boolean {
    return !this.#isFull && this.#records + MOST_RECORDS <= this.#capacity;
  }

  /** The number of the first record of the next scan. */
  get next(): number {
    return this.#records;
  }

  /** The words of so many records, from a number on. */
  words(first: number, records: number): Uint32Array {
    return this.#words.subarray(first * WORDS, (first + records) * WORDS);
  }

  /** Copies what the scanner tells of the records of one scan. */
  add(told: Uint32Array): Uint32Array {
    const at = this.#records * WORDS;
    this.#words.set(told, at);
    this.#records += told.length / WORDS;
    return this.#words.subarray(at, at + told.length);
  }

  /** Where these conditions stand, 0 for none; undefined when there is no room for them. Notes without room are left out. */
  addHolds(conditions: readonly number[], notes: Int32Array | undefined): number | undefined {
    if (conditions.length === 0) return 0;
    const at = this.#nextHolds;
    const end = at + 1 + conditions.length;
    this.#isFull = end + 1 > this.holds.length;
    if (this.#isFull) return undefined;
    this.holds[at] = conditions.length;
    for (let i = 0; i < conditions.length; i++) this.holds[at + 1 + i] = conditions[i] as number;
    this.#nextHolds = end + 1 + this.#addNotes(end, notes);
    return at;
  }

  /** How many numbers they take. */
  #addNotes(at: number, notes: Int32Array | undefined): number {
    if (notes === undefined || at + 1 + notes.length > this.holds.length) {
      this.holds[at] = NOT_NOTED;
      return 0;
    }
    this.holds[at] = notes.length;
    this.holds.set(notes, at + 1);
    return notes.length;
  }
}
