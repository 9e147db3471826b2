/**
 * Tells records that were read before from new ones. Deliveries are repeated and files are copied, so the same bytes
 * count once. Only the same bytes: a client can give two requests one id, and must not hide one behind the other
 * (kubernetes §1.6). Memory is bounded; what is forgotten counts as new.
 */
import { REMEMBERED_RECORDS } from '../limits.ts';

export type Sighting = 'new' | 'repeat' | 'same key, other content';

export class Repeats {
  readonly #limit: number;
  #young = new Table();
  #old = new Table();

  constructor(limit: number = REMEMBERED_RECORDS) {
    this.#limit = limit;
  }

  /** `key` and `content` are digests; the content is remembered with the first key only. */
  see(key: string, content: string): Sighting {
    const [keyBits, contentBits] = [bitsOf(key), bitsOf(content)];
    const known = this.#young.get(keyBits) ?? this.#old.get(keyBits);
    if (known !== undefined) return sameBits(known, contentBits) ? 'repeat' : 'same key, other content';
    if (this.#young.size >= this.#limit) [this.#old, this.#young] = [this.#young, new Table()];
    this.#young.set(keyBits, contentBits);
    return 'new';
  }
}

/** 60 bits of a digest. */
type Bits = readonly [high: number, low: number];

const sameBits = (a: Bits, b: Bits): boolean => a[0] === b[0] && a[1] === b[1];

const bitsOf = (digest: string): Bits => [thirtyBits(digest, 0), thirtyBits(digest, 5)];

/** Six bits from each character of base64url; one more, so that no key is zero, the sign of an empty slot. */
function thirtyBits(digest: string, from: number): number {
  let bits = 1;
  for (let at = from; at < from + 5; at++) bits = (bits << 6) | (SIX_BITS[digest.charCodeAt(at)] ?? 0);
  return bits >>> 0;
}

const SIX_BITS = new Uint8Array(128);
for (let value = 0; value < 64; value++) {
  SIX_BITS['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.charCodeAt(value)] = value;
}

/** A hash table of four numbers a slot, with open addressing: sixteen bytes a record where a Map takes ten times that. */
class Table {
  #slots = new Uint32Array(4 * 1024);
  size = 0;

  get(key: Bits): Bits | undefined {
    const at = this.#find(this.#slots, key);
    return this.#slots[at] === 0 ? undefined : [this.#slots[at + 2]!, this.#slots[at + 3]!];
  }

  set(key: Bits, content: Bits): void {
    if (this.size * 8 > this.#slots.length) this.#grow();
    this.#slots.set([...key, ...content], this.#find(this.#slots, key));
    this.size++;
  }

  #find(slots: Uint32Array, [high, low]: Bits): number {
    const mask = slots.length - 1;
    let at = (low << 2) & mask;
    while (slots[at] !== 0 && (slots[at] !== high || slots[at + 1] !== low)) at = (at + 4) & mask;
    return at;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += 4) {
      if (this.#slots[at] === 0) continue;
      const to = this.#find(larger, [this.#slots[at]!, this.#slots[at + 1]!]);
      larger.set(this.#slots.subarray(at, at + 4), to);
    }
    this.#slots = larger;
  }
}
