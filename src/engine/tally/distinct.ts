/** How often each value occurred: exact for the first `limits.distinctValues` different values, none after them. */
import type { Count } from '../../model/summary.ts';
import { limits } from '../limits.ts';

export interface CountedValues {
  readonly counts: readonly (readonly [value: string, count: number])[];
  readonly over: boolean;
}

export class DistinctCounter {
  readonly #counts = new Map<string, number>();
  #over = false;

  add(value: string): void {
    const before = this.#counts.get(value);
    if (before === undefined && this.#counts.size >= limits.distinctValues) this.#over = true;
    else this.#counts.set(value, (before ?? 0) + 1);
  }

  /** Every value with its count, as JSON. */
  counted(): CountedValues {
    return { counts: [...this.#counts], over: this.#over };
  }

  restore({ counts, over }: CountedValues): this {
    for (const [value, count] of counts) this.#counts.set(value, count);
    this.#over = over;
    return this;
  }

  /** How many different values there were; when `over`, at least this many. */
  get size(): number {
    return this.#counts.size;
  }

  get over(): boolean {
    return this.#over;
  }

  top(most: number): Count[] {
    return byCount(this.#counts).slice(0, most);
  }
}

/** The most frequent first, equal counts by name. */
export const byCount = (counts: ReadonlyMap<string, number>): Count[] =>
  [...counts]
    .map(([what, count]) => ({ what, count }))
    .sort((a, b) => b.count - a.count || byText(a.what, b.what));

/** By code unit: the same order everywhere, whatever the machine's language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
