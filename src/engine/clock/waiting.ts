/** Matches that wait for earlier ones: the earliest comes out first, whatever the order in which they went in. */
import type { Match } from '../match.ts';
import { byTime } from '../match.ts';

export interface Waiting {
  readonly position: number;
  readonly match: Match;
}

/** A binary heap. */
export class WaitingMatches {
  readonly #heap: Waiting[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get first(): Waiting | undefined {
    return this.#heap[0];
  }

  push(one: Waiting): void {
    const heap = this.#heap;
    let at = heap.push(one) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Waiting | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  /** In the order of time: the same for the same matches. */
  snapshot(): Waiting[] {
    return this.#heap.toSorted(order);
  }

  restore(waiting: readonly Waiting[]): void {
    this.#heap.length = 0;
    this.#heap.push(...waiting);
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#isBefore(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    return order(this.#heap[a] as Waiting, this.#heap[b] as Waiting) < 0;
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Waiting, heap[a] as Waiting];
  }
}

const order = (a: Waiting, b: Waiting): number => byTime(a.match, b.match);
