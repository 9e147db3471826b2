/**
 * Events in a given order with the same key (eql §6.2). For each key there is at most one partial sequence for each
 * stage, the one that got there last. A partial that is asked to go on is used up, whether it then can or not. An event
 * that comes out of order neither extends a partial that ends after it nor takes the place of a newer one.
 */
import type { OnEviction } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { byTime } from '../match.ts';
import { RecentMap } from './recent-map.ts';

export type Events<E> = readonly [E, ...E[]];

/** What an event can be: a stage, for each of these keys. */
export interface Offer {
  readonly stage: number;
  readonly keys: readonly string[];
}

export interface Completed<E> {
  readonly key: string;
  /** One for each stage. */
  readonly events: Events<E>;
}

export interface SequenceOptions {
  readonly stages: number;
  /** Milliseconds from the first event to the last, inclusive. */
  readonly maxspan: number | undefined;
  readonly onEviction: OnEviction;
}

interface Partials<E> {
  /** At each stage but the last, the partial that waits for the next one. */
  readonly slots: (Events<E> | undefined)[];
  /** No partial of the key began later. */
  touched: number;
}

/** By key: for each stage the events of its partial, or null. */
export type SequenceSnapshot<E> = readonly (readonly [
  key: string,
  touched: number,
  slots: readonly (Events<E> | null)[],
])[];

export class SequenceMachine<E extends Ordered> {
  readonly #options: SequenceOptions;
  readonly #keys: RecentMap<Partials<E>>;

  constructor(options: SequenceOptions) {
    this.#options = options;
    this.#keys = new RecentMap('sequenceKeys', options.onEviction);
  }

  /**
   * Takes the next event: its offers with the highest stage first, and the keys that it ends. Gives back what is now
   * complete, the sequence that began first before the others.
   */
  take(event: E, offers: readonly Offer[], ends: readonly string[]): Completed<E>[] {
    const completed: Completed<E>[] = [];
    for (const { stage, keys } of offers)
      for (const key of keys) {
        const events = this.#advance(event, stage, key);
        if (events !== undefined) completed.push({ key, events });
      }
    for (const key of ends) this.#keys.delete(key);
    this.#forget(event.time);
    return completed.sort((a, b) => byTime(a.events[0], b.events[0]));
  }

  /** The partials of every key, or of one: the number of stages that are there, and their events. */
  *waiting(only?: string): Generator<Completed<E>> {
    for (const [key, { slots }] of this.#keys)
      if (only === undefined || key === only)
        for (const events of slots) if (events !== undefined) yield { key, events };
  }

  snapshot(): SequenceSnapshot<E> {
    return [...this.#keys].map(([key, { touched, slots }]) => [
      key,
      touched,
      Array.from({ length: this.#options.stages - 1 }, (_, stage) => slots[stage] ?? null),
    ]);
  }

  restore(snapshot: SequenceSnapshot<E>): void {
    this.#keys.clear();
    for (const [key, touched, slots] of snapshot)
      this.#keys.put(key, { touched, slots: slots.map((events) => events ?? undefined) });
  }

  /** The whole sequence, when this event completes it. */
  #advance(event: E, stage: number, key: string): Events<E> | undefined {
    const partials = this.#keys.get(key);
    const events = stage === 0 ? ([event] as const) : this.#extended(event, stage, partials);
    if (events === undefined) return undefined;
    if (stage === this.#options.stages - 1) return events;
    this.#keep(key, stage, events, partials ?? { slots: [], touched: event.time });
    return undefined;
  }

  #extended(event: E, stage: number, partials: Partials<E> | undefined): Events<E> | undefined {
    const before = partials?.slots[stage - 1];
    if (partials === undefined || before === undefined || byTime(lastOf(before), event) > 0) return undefined;
    partials.slots[stage - 1] = undefined;
    const { maxspan } = this.#options;
    if (maxspan !== undefined && event.time - before[0].time > maxspan) return undefined;
    return [...before, event];
  }

  #keep(key: string, stage: number, events: Events<E>, partials: Partials<E>): void {
    const there = partials.slots[stage];
    if (there !== undefined && byTime(lastOf(there), lastOf(events)) > 0) return;
    partials.slots[stage] = events;
    partials.touched = Math.max(partials.touched, lastOf(events).time);
    this.#keys.put(key, partials);
  }

  /** Partials that no event from now on can complete, as far as the oldest keys tell. */
  #forget(now: number): void {
    const { maxspan } = this.#options;
    if (maxspan !== undefined) this.#keys.expire(({ touched }) => now - touched > maxspan);
  }
}

const lastOf = <E>(events: Events<E>): E => events[events.length - 1] as E;
