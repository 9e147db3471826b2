/** Matches that wait for earlier ones: the earliest comes out first, whatever the order in which they went in. */
import type { Match } from '../match.ts';
import { byTime } from '../match.ts';

export interface Waiting {
  readonly position: number;
  readonly match: Match;
}

/** Entries at the front that are over before the queue is cut. */
const CUT_AT = 1024;

/** A queue of those that came in order, as nearly all do, and a binary heap of the others. */
export class WaitingMatches {
  /** In order from `#front` on. */
  #queue: (Waiting | undefined)[] = [];
  #front = 0;
  readonly #heap: Waiting[] = [];

  get size(): number {
    return this.#queue.length - this.#front + this.#heap.length;
  }

  get first(): Waiting | undefined {
    const [queued, heaped] = [this.#queue[this.#front], this.#heap[0]];
    if (queued === undefined || heaped === undefined) return queued ?? heaped;
    return order(heaped, queued) < 0 ? heaped : queued;
  }

  push(one: Waiting): void {
    const last = this.#queue.at(-1);
    if (last === undefined || order(last, one) <= 0) this.#queue.push(one);
    else this.#heapUp(one);
  }

  pop(): Waiting | undefined {
    const { first } = this;
    if (first === undefined) return undefined;
    if (first !== this.#queue[this.#front]) return this.#popHeap();
    this.#queue[this.#front++] = undefined;
    if (
      this.#front === this.#queue.length ||
      (this.#front >= CUT_AT && this.#front * 2 > this.#queue.length)
    ) {
      this.#queue = this.#queue.slice(this.#front);
      this.#front = 0;
    }
    return first;
  }

  /** In the order of time: the same for the same matches. */
  snapshot(): Waiting[] {
    const queued = this.#queue.slice(this.#front) as Waiting[];
    return [...queued, ...this.#heap].sort(order);
  }

  restore(waiting: readonly Waiting[]): void {
    [this.#queue, this.#front, this.#heap.length] = [[], 0, 0];
    for (const one of waiting) this.push(one);
  }

  #heapUp(one: Waiting): void {
    const heap = this.#heap;
    let at = heap.push(one) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #popHeap(): Waiting | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
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
