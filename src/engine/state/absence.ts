/**
 * Missing events of a sequence (eql §6.3): a sequence of the events that are there counts only if none of those that
 * must not be there came with the same key, between its events or within `maxspan` around them. What comes after
 * can be judged only when no such event can come any more.
 */
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { RecentMap } from './recent-map.ts';
import type { Completed } from './sequence.ts';

export interface AbsenceOptions {
  /** For each item of the sequence in order, whether it must be missing. */
  readonly absent: readonly boolean[];
  /** Milliseconds. */
  readonly maxspan: number;
  readonly onEviction: OnEviction;
}

export interface AbsenceSnapshot<E> {
  /** By key: for each item the times of its events. */
  readonly times: readonly (readonly [key: string, times: readonly (readonly number[])[]])[];
  readonly undecided: readonly Undecided<E>[];
}

/** A sequence that an event can still end. */
export interface Undecided<E> extends Completed<E> {
  /** The last moment at which one can. */
  readonly until: number;
}

/** For each item the times of its events: ascending, each once. */
interface Times {
  readonly items: readonly number[][];
  /** No event of the key came later. */
  readonly latest: number;
}

type Verdict = 'kept' | 'dropped' | { readonly decidedAfter: number };

export class Absence<E extends Ordered> {
  readonly #options: AbsenceOptions;
  readonly #leading: readonly number[];
  readonly #trailing: readonly number[];
  readonly #times: RecentMap<Times>;
  #undecided: Undecided<E>[] = [];
  #deadline = Infinity;

  constructor(options: AbsenceOptions) {
    const { absent } = options;
    const items = [...absent.keys()];
    const first = absent.indexOf(false);
    const last = absent.lastIndexOf(false);
    this.#options = options;
    this.#times = new RecentMap('absenceKeys', options.onEviction);
    this.#leading = items.slice(0, first);
    this.#trailing = items.slice(last + 1);
  }

  /**
   * An event that must not be there: which item it is, and with which keys. Everything before its time must be decided:
   * what lies further back than any open sequence can reach is forgotten.
   */
  note(time: number, item: number, keys: readonly string[]): void {
    for (const key of keys) this.#note(time, item, key);
    const from = this.#reach(time);
    this.#times.expire(({ latest }) => latest < from);
  }

  /** Takes sequences of the events that are there; gives back those that certainly count. */
  take(completed: readonly Completed<E>[]): Completed<E>[] {
    return completed.filter((one) => {
      const verdict = this.#verdict(one);
      if (typeof verdict === 'object') this.#wait({ ...one, until: verdict.decidedAfter });
      return verdict === 'kept';
    });
  }

  /** The first watermark that decides something; infinite when nothing waits. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Everything up to and including the watermark was taken: what this decides, in the order of completion. */
  advance(watermark: number): Completed<E>[] {
    if (watermark < this.#deadline) return [];
    const due = this.#undecided.filter(({ until }) => until < watermark);
    this.#replace(this.#undecided.filter(({ until }) => until >= watermark));
    return due.filter((one) => this.#verdict(one) !== 'dropped');
  }

  /** No event will come any more. */
  end(): Completed<E>[] {
    return this.advance(Infinity);
  }

  /** Sequences that wait, with the last moment at which an event can end them. */
  *waiting(only?: string): Generator<Undecided<E>> {
    for (const one of this.#undecided) if (only === undefined || one.key === only) yield one;
  }

  snapshot(): AbsenceSnapshot<E> {
    const times = [...this.#times].map(([key, { items }]) => [key, items] as const);
    return { times, undecided: this.#undecided };
  }

  restore({ times, undecided }: AbsenceSnapshot<E>): void {
    this.#times.clear();
    for (const [key, lists] of times) {
      const items = lists.map((list) => [...list]);
      this.#times.put(key, { items, latest: latestOf(items) });
    }
    this.#replace(undecided);
  }

  #replace(undecided: readonly Undecided<E>[]): void {
    this.#undecided = [...undecided];
    this.#deadline = undecided.reduce((least, { until }) => Math.min(least, until + 1), Infinity);
  }

  #wait(one: Undecided<E>): void {
    this.#undecided.push(one);
    this.#deadline = Math.min(this.#deadline, one.until + 1);
    if (this.#undecided.length <= limits.undecidedSequences) return;
    this.#undecided.shift();
    this.#options.onEviction('undecidedSequences');
  }

  /** As if everything up to now were all there is, and how long it may still change. */
  #verdict({ key, events }: Completed<E>): Verdict {
    const times = this.#times.get(key)?.items ?? [];
    if (this.#anyBetween(times, events)) return 'dropped';
    const { maxspan } = this.#options;
    const start = events[0].time;
    const end = (events.at(-1) ?? events[0]).time;
    const before = latestBefore(pick(times, this.#leading), start);
    if (this.#leading.length > 0 && before === undefined) return 'kept';
    if (this.#trailing.length === 0)
      return before === undefined || end - before > maxspan ? 'kept' : 'dropped';
    const decidedAfter = (before ?? start) + maxspan;
    const after = earliestAfter(pick(times, this.#trailing), end);
    if (after !== undefined && after <= decidedAfter) return 'dropped';
    return decidedAfter <= end ? 'kept' : { decidedAfter };
  }

  /** Strictly between the two events that stand around the item, by time alone. */
  #anyBetween(times: readonly (readonly number[])[], events: readonly E[]): boolean {
    let present = 0;
    return this.#options.absent.some((absent, item) => {
      if (!absent) present++;
      const [before, after] = [events[present - 1], events[present]];
      if (!absent || before === undefined || after === undefined) return false;
      return times[item]?.some((time) => time > before.time && time < after.time) === true;
    });
  }

  /** No sequence that is still open when something happens now begins before this, less the time before it that counts. */
  #reach(now: number): number {
    return now - 2 * this.#options.maxspan;
  }

  #note(time: number, item: number, key: string): void {
    const before = this.#times.get(key);
    const items = before?.items ?? this.#options.absent.map(() => []);
    const latest = Math.max(before?.latest ?? time, time);
    const list = items[item] ?? [];
    while ((list[0] ?? Infinity) < this.#reach(latest)) list.shift();
    insert(list, time, this.#options.onEviction);
    this.#times.put(key, { items, latest });
  }
}

const latestOf = (items: readonly (readonly number[])[]): number =>
  items.reduce((latest, list) => Math.max(latest, list.at(-1) ?? -Infinity), -Infinity);

const pick = (times: readonly (readonly number[])[], items: readonly number[]): (readonly number[])[] =>
  items.map((item) => times[item] ?? []);

const latestBefore = (lists: readonly (readonly number[])[], limit: number): number | undefined =>
  extreme(
    lists.map((list) => list.findLast((time) => time < limit)),
    Math.max,
  );

const earliestAfter = (lists: readonly (readonly number[])[], limit: number): number | undefined =>
  extreme(
    lists.map((list) => list.find((time) => time > limit)),
    Math.min,
  );

function extreme(
  times: readonly (number | undefined)[],
  choose: (...times: number[]) => number,
): number | undefined {
  const there = times.filter((time) => time !== undefined);
  return there.length === 0 ? undefined : choose(...there);
}

/** Only its time matters, so an event at the same millisecond as another needs no room. */
function insert(times: number[], time: number, onEviction: OnEviction): void {
  let at = times.length;
  while (at > 0 && (times[at - 1] ?? 0) >= time) at--;
  if (times[at] === time) return;
  times.splice(at, 0, time);
  if (times.length <= limits.absenceTimes) return;
  times.shift();
  onEviction('absenceTimes');
}
