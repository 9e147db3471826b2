/**
 * Which of some conditions held for records that had the same values where these conditions read. Values repeat from record
 * to record, and then conditions need not be asked again. Values are compared to the last byte, as they are written.
 */
import type { Reads } from '../../../model/interest.ts';
import type { Tape, TapedPlaces } from './tape.ts';

/** Outcomes that are kept for the same conditions, a power of two, and the most bytes of values that are compared. */
const KEPT = 128;
const LONGEST = 128;
/** Sets of conditions for which outcomes are kept. */
const MOST_SETS = 512;

/** Records between two judgements on whether remembering pays, and the share of them that must have been known. */
const TRIAL = 256;
const WORTHWHILE = 0.4;
/** Trials without a look after one that did not pay: what is read may change. */
const PAUSE = 31;

const NOTHING = new Uint8Array(0);

export class Outcomes {
  readonly #tape: Tape;
  readonly #reads: readonly (Reads | undefined)[];
  readonly #sets = new Map<number, Remembered>();
  readonly #key = new Uint8Array(LONGEST);

  constructor(tape: Tape, reads: readonly (Reads | undefined)[]) {
    this.#tape = tape;
    this.#reads = reads;
  }

  /** What is remembered of these conditions, if that is worth looking at for the record that is read next. */
  of(conditions: ArrayLike<number>): Remembered | undefined {
    let hash = conditions.length;
    for (let i = 0; i < conditions.length; i++) hash = (Math.imul(hash, 31) + (conditions[i] as number)) | 0;
    const known = this.#sets.get(hash);
    if (known?.isOf(conditions) === true) return known.isWorthwhile ? known : undefined;
    if (this.#sets.size >= MOST_SETS) this.#sets.clear();
    this.#sets.set(hash, new Remembered(conditions, this.#tape, this.#placesOf(conditions), this.#key));
    return undefined;
  }

  /** Undefined when the outcome depends on more than values. */
  #placesOf(conditions: ArrayLike<number>): TapedPlaces | undefined {
    const reads = Array.from(conditions, (condition) => this.#reads[condition]);
    return reads.every((one) => one !== undefined && !one.clock)
      ? this.#tape.placesOf(reads as Reads[])
      : undefined;
  }
}

export class Remembered {
  readonly #conditions: readonly number[];
  readonly #tape: Tape;
  readonly #places: TapedPlaces | undefined;
  /** The values of the record that was looked for last, how many bytes they have, and where they belong. */
  readonly #key: Uint8Array;
  #length = 0;
  #slot = 0;
  /** Made when the first outcome is kept. */
  #keys = NOTHING;
  #lengths = NOTHING;
  readonly #outcomes: (readonly number[] | undefined)[] = [];
  #asked = 0;
  #known = 0;
  #paused = 0;

  /** The key may be used by others before and after a record. */
  constructor(conditions: ArrayLike<number>, tape: Tape, places: TapedPlaces | undefined, key: Uint8Array) {
    this.#key = key;
    this.#conditions = Array.from(conditions);
    this.#tape = tape;
    this.#places = places;
  }

  isOf(conditions: ArrayLike<number>): boolean {
    const own = this.#conditions;
    if (own.length !== conditions.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== conditions[i]) return false;
    return true;
  }

  /** To be asked once for each record. */
  get isWorthwhile(): boolean {
    if (++this.#asked === TRIAL) this.#judge();
    return this.#paused === 0 && this.#places !== undefined;
  }

  /** The outcome for the record to which the tape was rewound; undefined when it is not known. */
  find(): readonly number[] | undefined {
    this.#length = this.#tape.write(this.#places as TapedPlaces, this.#key);
    if (this.#length > LONGEST) return undefined;
    this.#slot = hashOf(this.#key, this.#length) & (KEPT - 1);
    const outcome = this.#outcomes[this.#slot];
    if (outcome === undefined || !this.#isKept()) return undefined;
    this.#known++;
    return outcome;
  }

  /** Keeps the outcome for the record that was not found. */
  keep(outcome: readonly number[]): void {
    if (this.#length > LONGEST) return;
    if (this.#keys === NOTHING) {
      this.#keys = new Uint8Array(KEPT * LONGEST);
      this.#lengths = new Uint8Array(KEPT);
    }
    this.#keys.set(this.#key.subarray(0, this.#length), this.#slot * LONGEST);
    this.#lengths[this.#slot] = this.#length;
    this.#outcomes[this.#slot] = outcome;
  }

  #isKept(): boolean {
    const [length, key, keys] = [this.#length, this.#key, this.#keys];
    if (this.#lengths[this.#slot] !== length) return false;
    const at = this.#slot * LONGEST;
    for (let i = 0; i < length; i++) if (keys[at + i] !== key[i]) return false;
    return true;
  }

  #judge(): void {
    if (this.#paused > 0) this.#paused--;
    else if (this.#known < TRIAL * WORTHWHILE) this.#paused = PAUSE;
    this.#asked = 0;
    this.#known = 0;
  }
}

function hashOf(bytes: Uint8Array, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
