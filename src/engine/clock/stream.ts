/**
 * The clock of a stream: every event decides as soon as the data allows. Rules without memory decide at once. For the
 * others the watermark, the latest event time less the allowed lateness, says what can still come: their matches
 * are put in order up to it, and what an absence of events means is decided when it has passed. A match that comes later
 * still is counted, and goes to its rule all the same.
 */
import type { LatestValues } from '../../data/latest-time.ts';
import { LatestTime } from '../../data/latest-time.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import { EventTimes } from '../event-times.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import type { Kept, Stateless, StreamOperator } from '../strategy/strategy.ts';
import { keptOf } from '../strategy/strategy.ts';
import type { Clock, Emit, Entry } from './clock.ts';
import { ClockCounts } from './clock.ts';
import type { Waiting } from './waiting.ts';
import { WaitingMatches } from './waiting.ts';

export interface StreamOptions {
  /** Milliseconds by which an event may come after later ones. */
  readonly lateness: number;
  readonly coldStart: 'learn' | 'alert';
}

interface Remembering {
  readonly position: number;
  readonly entry: Entry;
  readonly times: EventTimes;
  readonly operator: StreamOperator;
}

interface Arriving {
  readonly event: EventEnvelope;
  readonly holding: readonly number[];
  readonly ours: boolean;
}

/** An event, and what is kept of it. */
interface KeptMatch {
  readonly event: EventEnvelope;
  readonly holding: readonly number[];
  readonly kept: Kept;
}

/** A rule without memory, or one with it. */
type Runner = Stateless | Remembering;

interface StreamClockValues {
  readonly began: number | null;
  readonly latest: LatestValues;
  readonly arrivals: number;
}

export class StreamClock implements Clock {
  readonly counts = new ClockCounts();
  readonly #runners: readonly Runner[];
  readonly #emit: Emit;
  readonly #lateness: number;
  readonly #waiting = new WaitingMatches();
  /** Those for which time alone may decide something. */
  readonly #deadlines = new Set<Remembering>();
  #nextDeadline = Infinity;
  #began = Infinity;
  readonly #latest = new LatestTime((events) => (this.counts.ahead += events));
  #arrivals = 0;

  constructor(entries: readonly Entry[], { lateness, coldStart }: StreamOptions, emit: Emit) {
    this.#emit = emit;
    this.#lateness = lateness;
    this.#runners = entries.map((entry, position) => this.#runner(entry, position, coldStart));
  }

  get watermark(): number | undefined {
    const { time } = this.#latest;
    return time === -Infinity ? undefined : time - this.#lateness;
  }

  see(time: number | undefined): void {
    if (time === undefined) return;
    this.recall(time);
    if (this.#latest.see(time)) this.#release(this.#latest.time - this.#lateness);
  }

  pass(time: number): void {
    this.recall(time);
    if (this.#latest.pass(time)) this.#release(time - this.#lateness);
  }

  take(position: number, event: EventEnvelope, holding: readonly number[], ours: boolean): void {
    const runner = this.#runners[position];
    if (runner === undefined) return;
    if ('detect' in runner) for (const detection of runner.detect(event, holding)) this.#emit(detection);
    else this.#remember(runner, { event, holding, ours });
  }

  recall(time: number | undefined): void {
    if (time !== undefined && time < this.#began) this.#began = time;
  }

  learn(position: number, event: EventEnvelope, holding: readonly number[]): void {
    const runner = this.#runners[position];
    if (runner === undefined || 'detect' in runner || runner.operator.learn === undefined) return;
    const match = this.#match(runner, { event, holding, kept: { event } });
    if (match !== undefined) runner.operator.learn(match);
  }

  end(): void {
    this.#latest.end();
    this.#release(this.#latest.time);
    while (this.#waiting.size > 0) this.#giveFirst();
    for (const runner of this.#runners)
      if ('operator' in runner) for (const detection of runner.operator.end()) this.#emit(detection);
  }

  states(position: number, key?: string): Iterable<KeyState> {
    const runner = this.#runners[position];
    return runner !== undefined && 'operator' in runner ? runner.operator.states(key) : [];
  }

  memory(): Memory {
    const values: StreamClockValues = {
      began: this.#began === Infinity ? null : this.#began,
      latest: this.#latest.values(),
      arrivals: this.#arrivals,
    };
    return { values, lists: { waiting: this.#waiting.snapshot() } };
  }

  restore(memory: Memory, now: (position: number) => number | undefined): void {
    const { began, latest, arrivals } = memory.values as StreamClockValues;
    this.#began = began ?? Infinity;
    this.#latest.restore(latest);
    this.#arrivals = arrivals;
    const waiting = (listOf(memory, 'waiting') as Waiting[]).flatMap(({ position: before, match }) => {
      const position = now(before);
      return position === undefined ? [] : { position, match };
    });
    this.#waiting.restore(waiting);
  }

  memoryOf(position: number): Memory | undefined {
    const runner = this.#runners[position];
    return runner !== undefined && 'operator' in runner ? runner.operator.memory() : undefined;
  }

  restoreOf(position: number, memory: Memory): void {
    const runner = this.#runners[position];
    if (runner === undefined || !('operator' in runner)) return;
    runner.operator.restore(memory);
    this.#noteDeadline(runner);
  }

  #runner(entry: Entry, position: number, coldStart: 'learn' | 'alert'): Runner {
    const { rule, strategy } = entry;
    if (strategy.kind === 'stateless') return strategy;
    const operator = strategy.stream({
      onEviction: (limit) => this.counts.evicted(limit, rule),
      began: () => (this.#began === Infinity ? undefined : this.#began),
      coldStart,
      onLearning: (until) => this.counts.learning(rule, until),
    });
    return { position, entry, times: new EventTimes(rule, 'stream'), operator };
  }

  #match(runner: Remembering, { event, holding, kept }: KeptMatch): Match | undefined {
    const times = runner.times.of(event);
    if (times === undefined) return undefined;
    const { time, windowTime, tiebreaker } = times;
    const arrival = this.#arrivals++;
    return tiebreaker === undefined
      ? { ...kept, holding, time, windowTime, arrival }
      : { ...kept, holding, time, windowTime, tiebreaker, arrival };
  }

  #remember(runner: Remembering, { event, holding, ours }: Arriving): void {
    const kept = keptOf(runner.entry.strategy, event);
    if (kept === undefined) return;
    const match = this.#match(runner, { event, holding, kept });
    if (match === undefined) {
      this.counts.untimed++;
      return;
    }
    const watermark = this.#latest.time - this.#lateness;
    if (match.time > watermark) {
      this.#wait(runner, match);
      return;
    }
    if (match.time < watermark && !ours) this.counts.late++;
    this.#give(runner, match);
  }

  #wait({ position, entry }: Remembering, match: Match): void {
    this.#waiting.push({ position, match });
    if (this.#waiting.size <= limits.waitingMatches) return;
    this.counts.evicted('waitingMatches', entry.rule);
    this.#giveFirst();
  }

  #giveFirst(): void {
    const first = this.#waiting.pop();
    const runner = first === undefined ? undefined : this.#runners[first.position];
    if (first !== undefined && runner !== undefined && 'operator' in runner) this.#give(runner, first.match);
  }

  #give(runner: Remembering, match: Match): void {
    for (const detection of runner.operator.take(match)) this.#emit(detection);
    this.#noteDeadline(runner);
  }

  /** Everything up to the watermark, in the order of time: matches, and what time alone decides before them. */
  #release(watermark: number): void {
    for (;;) {
      const next = this.#waiting.first?.match.time ?? Infinity;
      if (this.#nextDeadline <= Math.min(next, watermark)) this.#decide(this.#nextDeadline);
      else if (next <= watermark) this.#giveFirst();
      else return;
    }
  }

  /** Rules that decide at the same moment do so in their order. */
  #decide(time: number): void {
    const due = [...this.#deadlines].filter(({ operator }) => operator.deadline <= time);
    for (const { operator } of due.sort((a, b) => a.position - b.position))
      for (const detection of operator.advance(time)) this.#emit(detection);
    for (const runner of due) if (runner.operator.deadline === Infinity) this.#deadlines.delete(runner);
    this.#nextDeadline = this.#earliestDeadline();
  }

  #noteDeadline(runner: Remembering): void {
    const { deadline } = runner.operator;
    if (deadline === Infinity && !this.#deadlines.has(runner)) return;
    this.#deadlines.add(runner);
    this.#nextDeadline = this.#earliestDeadline();
  }

  #earliestDeadline(): number {
    let least = Infinity;
    for (const { operator } of this.#deadlines) least = Math.min(least, operator.deadline);
    return least;
  }
}
