/**
 * Samples (eql §6.4): a key is found when every item has an event with it and no event serves two items. The order of
 * the events does not matter; they lie within one window.
 */
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { RecentMap } from './recent-map.ts';
import type { Completed, Events } from './sequence.ts';

/** Which item an event can be, with these keys. */
export interface ItemOffer {
  readonly item: number;
  readonly keys: readonly string[];
}

export interface SampleOptions {
  readonly items: number;
  /** Milliseconds from the earliest event to the latest, inclusive. */
  readonly span: number;
  readonly onEviction: OnEviction;
}

interface Candidates<E> {
  /** For each item its events, the earliest first. */
  readonly events: E[][];
  touched: number;
}

export type SampleSnapshot<E> = readonly (readonly [key: string, events: readonly (readonly E[])[]])[];

/** Finds a key as soon as it is complete, and then begins anew with it. */
export class SampleMachine<E extends Ordered> {
  readonly #options: SampleOptions;
  readonly #keys: RecentMap<Candidates<E>>;

  constructor(options: SampleOptions) {
    this.#options = options;
    this.#keys = new RecentMap('sampleKeys', options.onEviction);
  }

  /** Takes the next event in order; gives back the keys that it completes, ascending. */
  take(event: E, offers: readonly ItemOffer[]): Completed<E>[] {
    for (const { item, keys } of offers) for (const key of keys) this.#add(event, item, key);
    const completed = [...new Set(offers.flatMap(({ keys }) => keys))].sort(byKey).flatMap((key) => {
      const events = chooseDistinct(this.#keys.get(key)?.events ?? []);
      if (events === undefined) return [];
      this.#keys.delete(key);
      return { key, events };
    });
    this.#keys.expire(({ touched }) => event.time - touched > this.#options.span);
    return completed;
  }

  /** The events of every key, or of one, by item. */
  *waiting(only?: string): Generator<{ readonly key: string; readonly events: readonly (readonly E[])[] }> {
    for (const [key, { events }] of this.#keys) if (only === undefined || only === key) yield { key, events };
  }

  snapshot(): SampleSnapshot<E> {
    return [...this.#keys].map(([key, { events }]) => [key, events]);
  }

  restore(snapshot: SampleSnapshot<E>): void {
    this.#keys.clear();
    for (const [key, events] of snapshot)
      this.#keys.put(key, {
        events: events.map((list) => [...list]),
        touched: Math.max(...events.flat().map(({ time }) => time)),
      });
  }

  #add(event: E, item: number, key: string): void {
    const candidates = this.#keys.get(key) ?? {
      events: Array.from({ length: this.#options.items }, () => []),
      touched: event.time,
    };
    // Too late for those that are there, which newer ones can still meet.
    if (candidates.touched - event.time > this.#options.span) return;
    candidates.touched = Math.max(candidates.touched, event.time);
    for (const [at, list] of candidates.events.entries())
      candidates.events[at] = list.filter(({ time }) => event.time - time <= this.#options.span);
    const list = candidates.events[item];
    // As many as there are items are enough to choose from; the latest ones stay inside the window longest.
    if (list !== undefined && list.push(event) > limits.sampleEvents) list.shift();
    this.#keys.put(key, candidates);
  }
}

/** One event for each item, told apart by their arrival, the earliest that leave the others a choice; undefined when there is none. */
export function chooseDistinct<E extends Pick<Ordered, 'arrival'>>(
  items: readonly (readonly E[])[],
): Events<E> | undefined {
  const chosen: E[] = [];
  const choose = (item: number): boolean =>
    item === items.length ||
    (items[item] ?? []).slice(0, items.length).some((event) => {
      if (chosen.some(({ arrival }) => arrival === event.arrival)) return false;
      chosen.push(event);
      return choose(item + 1) || (chosen.pop(), false);
    });
  const [first, ...rest] = choose(0) ? chosen : [];
  return first === undefined ? undefined : [first, ...rest];
}

/** Missing values first, then by text: the order in which keys are found. */
export function byKey(a: string, b: string): number {
  const [left, right] = [JSON.parse(a), JSON.parse(b)] as [(string | null)[], (string | null)[]];
  const at = left.findIndex((value, position) => value !== right[position]);
  const [x, y] = [left[at] ?? null, right[at] ?? null];
  if (x === y) return 0;
  return x === null ? -1 : y === null ? 1 : x < y ? -1 : 1;
}
