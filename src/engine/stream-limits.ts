/**
 * `max_signals` in a stream (docs/decisions/0402): a rule that names a limit tells so many alerts for each of its
 * intervals; what comes beyond them goes into one summary alert, told when the interval is over.
 */
import type { LoadedRule } from '../rules/rule.ts';
import { Overflow } from './clock/overflow.ts';
import type { Detection } from './detection.ts';
import type { Memory } from './memory.ts';
import { listOf } from './memory.ts';
import { Schedule } from './schedule.ts';

/** One interval of one rule, which ends at `end`, inclusive. */
interface Interval {
  readonly end: number;
  /** Alerts that it still has room for. */
  left: number;
  readonly over: Overflow;
}

interface Limited {
  readonly most: number;
  readonly schedule: Schedule;
  /** In the order of their ends. */
  intervals: Interval[];
}

type IntervalSnapshot = readonly [end: number, left: number, over: ReturnType<Overflow['snapshot']>];

export class StreamLimits {
  readonly #rules: ReadonlyMap<LoadedRule, Limited>;
  /** The earliest end of an interval. */
  #nextEnd = Infinity;

  /** Rules without a limit of their own have none here: Kibana's default spares a cluster that is not there. */
  constructor(rules: readonly LoadedRule[]) {
    this.#rules = new Map(
      rules.flatMap((rule) => {
        const { max_signals: most } = rule.document.rule;
        return most === undefined ? [] : [[rule, { most, schedule: new Schedule(rule), intervals: [] }]];
      }),
    );
  }

  get size(): number {
    return this.#rules.size;
  }

  /** Whether the rule has a limit. */
  has(rule: LoadedRule): boolean {
    return this.#rules.has(rule);
  }

  /** When the first interval ends; `advance` has nothing to tell up to then. */
  get nextEnd(): number {
    return this.#nextEnd;
  }

  /**
   * Whether there is room for so many alerts of the detection now, milliseconds since the epoch; if not, it goes into
   * the summary.
   */
  takes(detection: Detection, alerts: number, now: number | undefined): boolean {
    const limited = this.#rules.get(detection.rule);
    if (limited === undefined || now === undefined || alerts === 0) return true;
    const interval = this.#intervalAt(limited, detection.rule, now);
    if (interval.left >= alerts) {
      interval.left -= alerts;
      return true;
    }
    interval.over.add(detection);
    return false;
  }

  /** The summaries of intervals that are over at this watermark. */
  *advance(watermark: number): Generator<Detection> {
    if (this.#nextEnd >= watermark) return;
    for (const limited of this.#rules.values()) {
      const done = limited.intervals.filter(({ end }) => end < watermark);
      if (done.length === 0) continue;
      limited.intervals = limited.intervals.filter(({ end }) => end >= watermark);
      for (const { over } of done) {
        const summary = over.detection();
        if (summary !== undefined) yield summary;
      }
    }
    this.#nextEnd = this.#earliestEnd();
  }

  memoryOf(rule: LoadedRule): Memory {
    const { intervals = [] } = this.#rules.get(rule) ?? {};
    return {
      lists: {
        intervals: intervals.map(({ end, left, over }): IntervalSnapshot => [end, left, over.snapshot()]),
      },
    };
  }

  restoreOf(rule: LoadedRule, memory: Memory): void {
    const limited = this.#rules.get(rule);
    if (limited === undefined) return;
    limited.intervals = (listOf(memory, 'intervals') as IntervalSnapshot[]).map(([end, left, before]) => {
      const over = new Overflow(rule);
      over.restore(before);
      return { end, left, over };
    });
    this.#nextEnd = this.#earliestEnd();
  }

  #intervalAt({ most, schedule, intervals }: Limited, rule: LoadedRule, now: number): Interval {
    const end = schedule.tickAfter(now);
    const known = intervals.find((one) => one.end === end);
    if (known !== undefined) return known;
    const added = { end, left: most, over: new Overflow(rule) };
    intervals.push(added);
    intervals.sort((a, b) => a.end - b.end);
    this.#nextEnd = Math.min(this.#nextEnd, end);
    return added;
  }

  #earliestEnd(): number {
    let least = Infinity;
    for (const { intervals } of this.#rules.values()) least = Math.min(least, intervals[0]?.end ?? Infinity);
    return least;
  }
}
