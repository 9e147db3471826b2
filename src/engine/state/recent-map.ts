/** A map that keeps the entries which were written last, up to a limit. */
import type { LimitName, OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';

export class RecentMap<V> {
  /** The entry that was written longest ago comes first. */
  readonly #entries = new Map<string, V>();
  readonly #limit: LimitName;
  readonly #most: number;
  readonly #onEviction: OnEviction;

  constructor(limit: LimitName, onEviction: OnEviction, most: number = limits[limit]) {
    this.#limit = limit;
    this.#most = most;
    this.#onEviction = onEviction;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  /** Writes an entry, which is now the most recent; over the limit the oldest one goes and is counted. */
  put(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      this.#onEviction(this.#limit);
      return;
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Drops entries from the oldest on, for as long as they are over. */
  expire(isOver: (value: V) => boolean): void {
    for (const [key, value] of this.#entries) {
      if (!isOver(value)) return;
      this.#entries.delete(key);
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The oldest first. */
  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.#entries[Symbol.iterator]();
  }
}
