/**
 * Tells records that were read before from new ones. Deliveries are repeated and files are copied, so the same bytes
 * count once. Only the same bytes: a client can give two requests one id, and must not hide one behind the other
 * (kubernetes §1.6). Memory is bounded; what is forgotten counts as new.
 */
import { REMEMBERED_RECORDS } from '../limits.ts';

export type Sighting = 'new' | 'repeat' | 'same key, other content';

export class Repeats {
  readonly #limit: number;
  /** Says nothing; without it, fetching would be left out as useless. */
  fetched = 0;
  #young = new Table();
  #old = new Table();

  constructor(limit: number = REMEMBERED_RECORDS) {
    this.#limit = limit;
  }

  /** Fingerprints, upper and lower half; the content is remembered with the first key only. */
  see(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): Sighting {
    const isKnown =
      this.#young.contentIs(keyHigh, keyLow, contentHigh, contentLow) ??
      this.#old.contentIs(keyHigh, keyLow, contentHigh, contentLow);
    if (isKnown !== undefined) return isKnown ? 'repeat' : 'same key, other content';
    if (this.#young.size >= this.#limit) [this.#old, this.#young] = [this.#young, new Table()];
    this.#young.set(keyHigh, keyLow, contentHigh, contentLow);
    return 'new';
  }

  /** Fetches what `see` will look at for a key: memory answers many questions at once as fast as one. */
  fetch(keyLow: number): void {
    this.fetched ^= this.#young.fetch(keyLow);
  }
}

/**
 * A hash table of four numbers a slot, with open addressing: sixteen bytes a record where a Map takes ten times that. The
 * upper half of a key is never 0.
 */
const SMALL = 4 * 65_536;

class Table {
  #slots = new Uint32Array(4 * 1024);
  size = 0;

  fetch(low: number): number {
    return this.#slots[(low << 2) & (this.#slots.length - 1)] as number;
  }

  /** Whether this is the content of the key; undefined for an unknown key. */
  contentIs(high: number, low: number, contentHigh: number, contentLow: number): boolean | undefined {
    if (this.size === 0) return undefined;
    const slots = this.#slots;
    const at = find(slots, high, low);
    if (slots[at] === 0) return undefined;
    return slots[at + 2] === contentHigh && slots[at + 3] === contentLow;
  }

  set(high: number, low: number, contentHigh: number, contentLow: number): void {
    if (this.size * 8 > this.#slots.length) this.#grow();
    const slots = this.#slots;
    const at = find(slots, high, low);
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = contentHigh;
    slots[at + 3] = contentLow;
    this.size++;
  }

  #grow(): void {
    const slots = this.#slots;
    // Small tables grow faster: placing everything anew costs more than room that is not used yet.
    const larger = new Uint32Array(slots.length * (slots.length < SMALL ? 8 : 2));
    for (let at = 0; at < slots.length; at += 4) {
      if (slots[at] === 0) continue;
      const to = find(larger, slots[at] as number, slots[at + 1] as number);
      larger.set(slots.subarray(at, at + 4), to);
    }
    this.#slots = larger;
  }
}

function find(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length - 1;
  let at = (low << 2) & mask;
  while (slots[at] !== 0 && (slots[at] !== high || slots[at + 1] !== low)) at = (at + 4) & mask;
  return at;
}
