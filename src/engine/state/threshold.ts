/**
 * Counting events by group (engine A5.4). A group fires when enough events, with enough different values of another
 * field, lie within the window that ends with its newest event. What was counted is then used up: nothing up to
 * the newest counted event counts for the group again.
 */
import type { LimitName, OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { byTime } from '../match.ts';
import { RecentMap } from './recent-map.ts';

export interface ThresholdOptions {
  /** Events that a group needs. */
  readonly value: number;
  /** Different values that it needs; 0 when nothing is asked. */
  readonly cardinality: number;
  /** Milliseconds from the oldest counted event to the newest, inclusive. */
  readonly span: number;
  readonly onEviction: OnEviction;
}

export interface Fired<E> {
  readonly key: string;
  readonly count: number;
  /** Different values of the cardinality field. */
  readonly cardinality: number;
  /** Times of the oldest and the newest counted event. */
  readonly from: number;
  readonly to: number;
  /** The newest of the counted events, in order: at least one, at most `limits.examples`. */
  readonly examples: readonly [E, ...E[]];
}

/** What stays of an event that is counted. */
interface Counted {
  readonly time: number;
  readonly values: readonly string[];
}

interface Group<E> {
  /** In order of time. */
  readonly counted: Counted[];
  readonly examples: E[];
  /** How often each value of the cardinality field is counted. */
  readonly values: Map<string, number>;
  /** Nothing up to here counts. */
  usedUpTo: number | undefined;
  touched: number;
}

export interface GroupState {
  readonly key: string;
  readonly count: number;
  readonly cardinality: number;
  readonly from: number | undefined;
  readonly usedUpTo: number | undefined;
}

export type ThresholdSnapshot<E> = readonly {
  readonly key: string;
  readonly counted: readonly Counted[];
  readonly examples: readonly E[];
  readonly usedUpTo: number | null;
  readonly touched: number;
}[];

const EVENTS: LimitName = 'thresholdEvents';

export class ThresholdMachine<E extends Ordered> {
  readonly #options: ThresholdOptions;
  readonly #groups: RecentMap<Group<E>>;

  constructor(options: ThresholdOptions) {
    this.#options = options;
    this.#groups = new RecentMap('thresholdGroups', options.onEviction);
  }

  /** Counts an event for each of its groups, in any order of time; gives back the groups that fire. */
  take(event: E, keys: readonly string[], values: readonly string[]): Fired<E>[] {
    const fired = keys.flatMap((key) => this.#count(event, key, values) ?? []);
    this.#groups.expire(({ touched }) => event.time - touched > this.#options.span);
    return fired;
  }

  *groups(only?: string): Generator<GroupState> {
    for (const [key, { counted, values, usedUpTo }] of this.#groups)
      if (only === undefined || key === only)
        yield { key, count: counted.length, cardinality: values.size, from: counted[0]?.time, usedUpTo };
  }

  snapshot(): ThresholdSnapshot<E> {
    return [...this.#groups].map(([key, { counted, examples, usedUpTo, touched }]) => ({
      key,
      counted,
      examples,
      usedUpTo: usedUpTo ?? null,
      touched,
    }));
  }

  restore(snapshot: ThresholdSnapshot<E>): void {
    this.#groups.clear();
    for (const { key, counted, examples, usedUpTo, touched } of snapshot) {
      const group = newGroup<E>(touched);
      group.counted.push(...counted);
      group.examples.push(...examples);
      group.usedUpTo = usedUpTo ?? undefined;
      for (const one of counted) addValues(group, one);
      this.#groups.put(key, group);
    }
  }

  #count(event: E, key: string, values: readonly string[]): Fired<E> | undefined {
    const group = this.#groups.get(key) ?? newGroup<E>(event.time);
    const tooOld = event.time < group.touched - this.#options.span;
    if (tooOld || (group.usedUpTo !== undefined && event.time <= group.usedUpTo)) return undefined;
    this.#add(group, event, values);
    this.#groups.put(key, group);
    return this.#fires(group) ? useUp(key, group) : undefined;
  }

  #add(group: Group<E>, event: E, values: readonly string[]): void {
    const one = { time: event.time, values };
    insertInOrder(group.counted, one, (a, b) => a.time - b.time);
    insertInOrder(group.examples, event, byTime);
    if (group.examples.length > limits.examples) group.examples.shift();
    addValues(group, one);
    group.touched = Math.max(group.touched, event.time);
    while ((group.counted[0]?.time ?? Infinity) < group.touched - this.#options.span) dropOldest(group);
    if (group.counted.length <= limits[EVENTS]) return;
    dropOldest(group);
    this.#options.onEviction(EVENTS);
  }

  #fires({ counted, values }: Group<E>): boolean {
    return counted.length >= this.#options.value && values.size >= this.#options.cardinality;
  }
}

const newGroup = <E>(touched: number): Group<E> => ({
  counted: [],
  examples: [],
  values: new Map(),
  usedUpTo: undefined,
  touched,
});

/** What the group says when it fires; it begins again with the next later event. */
function useUp<E extends Ordered>(key: string, group: Group<E>): Fired<E> {
  const { counted, values } = group;
  const from = counted[0]?.time ?? group.touched;
  const to = counted.at(-1)?.time ?? group.touched;
  const examples = group.examples.filter(({ time }) => time >= from) as [E, ...E[]];
  const fired = { key, count: counted.length, cardinality: values.size, from, to, examples };
  counted.length = 0;
  group.examples.length = 0;
  values.clear();
  group.usedUpTo = to;
  return fired;
}

function addValues({ values }: Group<unknown>, one: Counted): void {
  for (const value of one.values) values.set(value, (values.get(value) ?? 0) + 1);
}

function dropOldest({ counted, values }: Group<unknown>): void {
  for (const value of counted.shift()?.values ?? []) {
    const left = (values.get(value) ?? 1) - 1;
    if (left === 0) values.delete(value);
    else values.set(value, left);
  }
}

/** After its equals; events come nearly in order, so the place is looked for from the end. */
function insertInOrder<T>(list: T[], item: T, compare: (a: T, b: T) => number): void {
  let at = list.length;
  while (at > 0 && compare(list[at - 1] as T, item) > 0) at--;
  list.splice(at, 0, item);
}
