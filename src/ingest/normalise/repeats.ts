/**
 * Tells records that were read before from new ones. Deliveries are repeated and files are copied, so the same bytes
 * count once. Only the same bytes: a client can give two requests one id, and must not hide one behind the other
 * (kubernetes §1.6). Memory is bounded; what is forgotten counts as new.
 */
import { REMEMBERED_RECORDS } from '../limits.ts';

export type Sighting = 'new' | 'repeat' | 'same key, other content';

export class Repeats {
  readonly #bytes: number;
  readonly #limit: number;
  /** Says nothing; without it, fetching would be left out as useless. */
  fetched = 0;
  #young = new Table();
  #old = new Table();
  #read = { records: 0, bytes: 0 };

  /** For an input of so many bytes, if that is known. */
  constructor(bytes = 0, limit: number = REMEMBERED_RECORDS) {
    this.#bytes = bytes;
    this.#limit = limit;
  }

  /** So many records came out of so many bytes of the input: that foretells how many there will be. */
  count(records: number, bytes: number): void {
    this.#read.records += records;
    this.#read.bytes += bytes;
  }

  /** Fingerprints, upper and lower half; the content is remembered with the first key only. */
  see(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): Sighting {
    const isKnown =
      this.#young.contentIs(keyHigh, keyLow, contentHigh, contentLow) ??
      this.#old.contentIs(keyHigh, keyLow, contentHigh, contentLow);
    if (isKnown !== undefined) return isKnown ? 'repeat' : 'same key, other content';
    if (this.#young.size >= this.#limit) {
      this.#old.close();
      [this.#old, this.#young] = [this.#young, new Table()];
    }
    if (this.#young.isFull) this.#young.grow(this.#expected);
    this.#young.set(keyHigh, keyLow, contentHigh, contentLow);
    return 'new';
  }

  /**
   * Fetches what `see` will look at for keys with these lower halves, and writes over those: memory answers many questions at
   * once as fast as one.
   */
  fetch(keysLow: Uint32Array): void {
    this.fetched ^= this.#young.fetch(keysLow);
  }

  /** Records that there are likely to be in a table. */
  get #expected(): number {
    const { records, bytes } = this.#read;
    return bytes === 0 ? 0 : Math.min(this.#limit, (records / bytes) * this.#bytes);
  }
}

/** Slots of a new table, and those up to which it grows faster. */
const FEWEST = 64;
const FEW = 65_536;

/** The part of the slots that may be taken: the fuller, the longer it takes to find one. */
const FULL = 0.75;

/** More records than expected find room. */
const SPARE = 1.03;

/**
 * A hash table of four numbers a slot, with open addressing: twenty to thirty bytes a record where a Map takes ten times that.
 * The upper half of a key is never 0; the lower one is as likely to be any number as any other. Slots are in the order of
 * the lower halves, so that a larger table is filled from front to back, as the smaller one is read.
 */
class Table {
  #slots = new Uint32Array(4 * FEWEST);
  size = 0;

  /** In loops of little else, as the processor waits for so many places at a time as it has steps in view. */
  fetch(lows: Uint32Array): number {
    const slots = this.#slots;
    for (let i = 0; i < lows.length; i++) lows[i] = homeOf(lows[i] as number, slots);
    let all = 0;
    for (let i = 0; i < lows.length; i++) all ^= slots[lows[i] as number] as number;
    return all;
  }

  /** Whether this is the content of the key; undefined for an unknown key. */
  contentIs(high: number, low: number, contentHigh: number, contentLow: number): boolean | undefined {
    if (this.size === 0) return undefined;
    const slots = this.#slots;
    const at = find(slots, high, low);
    if (slots[at] === 0) return undefined;
    return slots[at + 2] === contentHigh && slots[at + 3] === contentLow;
  }

  get isFull(): boolean {
    return this.size * 4 >= this.#slots.length * FULL;
  }

  set(high: number, low: number, contentHigh: number, contentLow: number): void {
    put(this.#slots, high, low, contentHigh, contentLow);
    this.size++;
  }

  /** Gives its memory back at once: the collector would let some of these large pieces lie about. */
  close(): void {
    this.#slots.buffer.transfer(0);
  }

  /** At once to what it will need: each time, all is placed anew in memory that is new. */
  grow(expected: number): void {
    const slots = this.#slots;
    const count = slots.length / 4;
    const enough = Math.max(count * (count < FEW ? 8 : 1.5), (expected * SPARE) / FULL);
    const larger = new Uint32Array(4 * Math.ceil(enough));
    for (let at = 0; at < slots.length; at += 4) {
      const high = slots[at] as number;
      if (high === 0) continue;
      put(larger, high, slots[at + 1] as number, slots[at + 2] as number, slots[at + 3] as number);
    }
    this.close();
    this.#slots = larger;
  }
}

function put(slots: Uint32Array, high: number, low: number, contentHigh: number, contentLow: number): void {
  const at = find(slots, high, low);
  slots[at] = high;
  slots[at + 1] = low;
  slots[at + 2] = contentHigh;
  slots[at + 3] = contentLow;
}

/** Where a key is, or the free slot for it. */
function find(slots: Uint32Array, high: number, low: number): number {
  let at = homeOf(low, slots);
  while (slots[at] !== 0 && (slots[at] !== high || slots[at + 1] !== low)) {
    at += 4;
    if (at === slots.length) at = 0;
  }
  return at;
}

/** The first slot for keys with this lower half. */
const homeOf = (low: number, { length }: Uint32Array): number => ((low * (length / 2 ** 34)) >>> 0) * 4;
