/** When each combination of terms was seen first and last (engine A5.5): what a search over the history would find. */
import type { OnEviction } from '../limits.ts';
import { RecentMap } from './recent-map.ts';

export interface Seen {
  /** Since it was new. */
  readonly first: number;
  readonly last: number;
}

export type TermsSnapshot = readonly (readonly [key: string, first: number, last: number])[];

export class TermTable {
  readonly #terms: RecentMap<Seen>;

  constructor(onEviction: OnEviction) {
    this.#terms = new RecentMap('terms', onEviction);
  }

  get(key: string): Seen | undefined {
    return this.#terms.get(key);
  }

  /** Notes that the terms were seen; `since` is the start of the history: seen last before it is not seen. */
  note(key: string, time: number, since: number): void {
    const before = this.#terms.get(key);
    const known = before !== undefined && before.last >= since;
    this.#terms.put(key, {
      first: known ? Math.min(before.first, time) : time,
      last: known ? Math.max(before.last, time) : time,
    });
  }

  /** Drops what was seen last before the moment, as far as the oldest entries tell. */
  forget(since: number): void {
    this.#terms.expire(({ last }) => last < since);
  }

  [Symbol.iterator](): MapIterator<[string, Seen]> {
    return this.#terms[Symbol.iterator]();
  }

  snapshot(): TermsSnapshot {
    return [...this.#terms].map(([key, { first, last }]) => [key, first, last]);
  }

  restore(snapshot: TermsSnapshot): void {
    this.#terms.clear();
    for (const [key, first, last] of snapshot) this.#terms.put(key, { first, last });
  }
}
