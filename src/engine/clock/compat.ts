/**
 * The clock of Kibana (engine A0–A4): every rule runs at each multiple of its interval, over a window that ends there.
 * Time is event time: a run happens when a later event shows that its moment has passed, and sees what has arrived by
 * then. What a run found before is not found again; over `max_signals` the rest waits for the next run, and what no
 * later run can find is folded into one summary alert, or dropped and counted.
 */
import type { LatestValues } from '../../data/latest-time.ts';
import { LatestTime } from '../../data/latest-time.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import type { Detection } from '../detection.ts';
import { EventTimes } from '../event-times.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import { byTime } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import { Schedule } from '../schedule.ts';
import { eachMatch } from '../strategy/each-match.ts';
import type { Candidate, Kept, OperatorContext, Run, WindowOperator } from '../strategy/strategy.ts';
import { earliestWindowTime, keptOf, windowStates } from '../strategy/strategy.ts';
import { RunBudget } from './budget.ts';
import type { Clock, Emit, Entry } from './clock.ts';
import { ClockCounts } from './clock.ts';
import { Overflow } from './overflow.ts';
import { Told } from './told.ts';
import { furthestCatchUp, windowsOf } from './windows.ts';

export interface CompatOptions {
  /** Milliseconds that a run waits for late events. */
  readonly lateness: number;
  /** What happens to detections over `max_signals` that no later run can tell of. */
  readonly overflow: 'summary' | 'drop';
  /** Spans of time in which no rule ran, both ends included; the first run after one catches up (engine A2). */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  /** Whether a detection becomes no alert that counts; then it does not count for `max_signals` either (engine A0.7). */
  readonly isExcepted: (detection: Detection) => boolean;
  /** The groups of alerts that would begin with a detection now (engine A6); undefined when its alert stands alone. */
  readonly newGroups: (detection: Detection) => readonly string[] | undefined;
}

interface RuleValues {
  readonly next: number | null;
  readonly last: number | null;
  readonly operator: unknown;
}

interface CompatClockValues {
  readonly latest: LatestValues;
  readonly arrivals: number;
}

export class CompatClock implements Clock {
  readonly counts = new ClockCounts();
  readonly #options: CompatOptions;
  readonly #runners: readonly RuleRunner[];
  /** Rules that have something in their window. */
  readonly #active = new Set<RuleRunner>();
  #nextTick = Infinity;
  readonly #latest = new LatestTime((events) => (this.counts.ahead += events));
  #arrivals = 0;

  constructor(entries: readonly Entry[], options: CompatOptions, emit: Emit) {
    this.#options = options;
    this.#runners = entries.map(
      (entry, position) => new RuleRunner(entry, position, options, this.counts, emit),
    );
  }

  get watermark(): number | undefined {
    const { time } = this.#latest;
    return time === -Infinity ? undefined : time - this.#options.lateness;
  }

  see(time: number | undefined): void {
    if (time !== undefined && this.#latest.see(time)) this.#runBefore(this.watermark);
  }

  pass(time: number): void {
    if (this.#latest.pass(time)) this.#runBefore(this.watermark);
  }

  take(position: number, event: EventEnvelope, holding: readonly number[], ours: boolean): void {
    const runner = this.#runners[position];
    const kept = runner?.keep(event);
    if (runner === undefined || kept === undefined) return;
    const times = runner.times.of(event);
    if (times === undefined) {
      this.counts.untimed++;
      return;
    }
    // Alerts are made by the runs of a moment that is being run, and are there for the others of that moment.
    const passed = ours ? -Infinity : (this.watermark ?? -Infinity);
    if (times.windowTime < passed) this.counts.late++;
    runner.add({ ...kept, holding, ...times, arrival: this.#arrivals++ }, passed);
    this.#active.add(runner);
    this.#nextTick = Math.min(this.#nextTick, runner.next);
  }

  recall(): void {}

  learn(position: number, event: EventEnvelope, holding: readonly number[]): void {
    const runner = this.#runners[position];
    const times = runner?.times.of(event);
    if (runner !== undefined && times !== undefined)
      runner.learn({ event, holding, ...times, arrival: this.#arrivals++ });
  }

  /** Runs go on until every window is empty. */
  end(): void {
    this.#runBefore(Infinity);
  }

  states(position: number, key?: string): Iterable<KeyState> {
    return this.#runners[position]?.states(key) ?? [];
  }

  memory(): Memory {
    const values: CompatClockValues = {
      latest: this.#latest.values(),
      arrivals: this.#arrivals,
    };
    return { values, lists: {} };
  }

  restore({ values }: Memory): void {
    const { latest, arrivals } = values as CompatClockValues;
    this.#latest.restore(latest);
    this.#arrivals = arrivals;
  }

  memoryOf(position: number): Memory | undefined {
    return this.#runners[position]?.memory();
  }

  restoreOf(position: number, memory: Memory): void {
    const runner = this.#runners[position];
    if (runner === undefined) return;
    runner.restore(memory);
    if (!runner.isActive) return;
    this.#active.add(runner);
    this.#nextTick = Math.min(this.#nextTick, runner.next);
  }

  /** Rules that run at the same moment do so in their order. */
  #runBefore(watermark = -Infinity): void {
    while (this.#nextTick < watermark) {
      const tick = this.#nextTick;
      const due = [...this.#active].filter(({ next }) => next === tick);
      for (const runner of due.sort((a, b) => a.position - b.position)) runner.tick();
      for (const runner of due) if (!runner.isActive) this.#active.delete(runner);
      this.#nextTick = this.#earliestTick();
    }
  }

  #earliestTick(): number {
    let least = Infinity;
    for (const { next } of this.#active) least = Math.min(least, next);
    return least;
  }
}

/** One rule with its window. */
class RuleRunner {
  readonly position: number;
  readonly times: EventTimes;
  readonly #entry: Entry;
  readonly #schedule: Schedule;
  readonly #operator: WindowOperator;
  readonly #options: CompatOptions;
  readonly #counts: ClockCounts;
  readonly #emit: Emit;
  readonly #told: Told;
  #matches: Match[] = [];
  /** The next moment to run at; infinite when there is nothing to look at. */
  #next = Infinity;
  /** The last moment that was its turn. */
  #last: number | undefined;

  constructor(entry: Entry, position: number, options: CompatOptions, counts: ClockCounts, emit: Emit) {
    const { rule, strategy } = entry;
    this.position = position;
    this.times = new EventTimes(rule, 'compat');
    this.#entry = entry;
    this.#schedule = new Schedule(rule);
    this.#options = options;
    this.#counts = counts;
    this.#emit = emit;
    this.#told = new Told(rule.document.rule.type);
    this.#operator =
      strategy.kind === 'stateless' ? eachMatch(rule, strategy) : strategy.windowed(this.#context());
  }

  get next(): number {
    return this.#next;
  }

  get isActive(): boolean {
    return this.#next !== Infinity;
  }

  keep(event: EventEnvelope): Kept | undefined {
    return keptOf(this.#entry.strategy, event);
  }

  /** Runs before the time that has passed took place, with something in their window or nothing, and saw no late match. */
  add(match: Match, passed: number): void {
    const tick = this.#schedule.tickAfter(Math.max(match.windowTime, passed));
    const soonest = this.#last === undefined ? tick : Math.max(tick, this.#last + this.#schedule.interval);
    this.#next = Math.min(this.#next, soonest);
    this.#matches.push(match);
    if (this.#matches.length <= limits.windowMatches) return;
    this.#matches.shift();
    this.#counts.evicted('windowMatches', this.#entry.rule);
  }

  learn(match: Match): void {
    this.#operator.leave?.(match);
  }

  /** One run, unless nothing runs at that time. */
  tick(): void {
    const at = this.#next;
    this.#last = at;
    if (!this.#options.outages.some(({ from, to }) => at >= from && at <= to)) this.#run(at);
    this.#next = at + this.#schedule.interval;
    this.#forget();
    if (!this.#told.hasOver) this.#next = Math.max(this.#next, this.#soonest());
  }

  /** The window, and what its matches have come to so far. */
  *states(key?: string): Generator<KeyState> {
    yield* windowStates(this.#matches, key);
    yield* this.#operator.states?.(this.#matches.toSorted(byTime), key) ?? [];
  }

  memory(): Memory {
    const { values: operator = null, lists } = this.#operator.memory?.() ?? { lists: {} };
    const next = this.#next === Infinity ? null : this.#next;
    const values: RuleValues = { next, last: this.#last ?? null, operator };
    return { values, lists: { window: this.#matches, ...this.#told.lists(), ...lists } };
  }

  restore(memory: Memory): void {
    const { next, last, operator } = memory.values as RuleValues;
    this.#matches = [...(listOf(memory, 'window') as Match[])];
    this.#next = next ?? Infinity;
    this.#last = last ?? undefined;
    this.#told.restore(memory, this.#entry.rule);
    this.#operator.restore?.({ values: operator, lists: memory.lists });
  }

  /** The first run that has something to look at; what lies far ahead must not make it run until then. */
  #soonest(): number {
    const earliest = earliestWindowTime(this.#matches);
    return earliest === Infinity ? Infinity : this.#schedule.tickAfter(earliest);
  }

  #context(): OperatorContext {
    const { rule } = this.#entry;
    return {
      onEviction: (limit) => this.#counts.evicted(limit, rule),
      began: () => undefined,
      coldStart: 'alert',
      onLearning: () => undefined,
    };
  }

  #run(at: number): void {
    this.#matches.sort(byTime);
    const { runs, gap } = windowsOf(this.#schedule, at, this.#previousRun(at));
    if (gap > 0) this.#counts.gap(this.#entry.rule, gap);
    for (const run of runs) this.#runOver(run);
  }

  /** Runs in which there was nothing to see took place all the same; those in an outage did not. */
  #previousRun(at: number): number {
    const { interval } = this.#schedule;
    let previous = at - interval;
    for (const { from, to } of this.#options.outages.toReversed())
      if (previous >= from && previous <= to) previous = Math.ceil(from / interval) * interval - interval;
    return previous;
  }

  #runOver(run: Run): void {
    const budget = new RunBudget(this.#entry.rule.document.rule);
    const kept: Candidate[] = [];
    for (const candidate of this.#operator.run(run, this.#matches)) {
      const excepted = this.#options.isExcepted(candidate.detection);
      if (!this.#told.isNew(candidate)) {
        if (!excepted && this.#told.countsKnown) budget.lookAtKnown();
      } else if (excepted || budget.takes(this.#newGroups(candidate, run))) kept.push(candidate);
      else this.#told.over(candidate);
    }
    // Which ones are kept is a matter of the type; the order in which they are told is that of time.
    for (const candidate of kept.sort((one, other) => one.leaves - other.leaves)) this.#tell(candidate, run);
  }

  #newGroups({ detection }: Candidate, { at }: Run): readonly string[] | undefined {
    return this.#options.newGroups({ ...detection, at });
  }

  #tell(candidate: Candidate, { at }: Run): void {
    this.#told.tell(candidate);
    this.#operator.kept?.(candidate.detection);
    this.#emit({ ...candidate.detection, at });
  }

  /** What lies before every later window. */
  #forget(): void {
    const from = this.#schedule.windowAt(this.#next).from;
    const reach = this.#options.outages.length === 0 ? from : from - furthestCatchUp(this.#schedule);
    for (const match of this.#matches) if (match.windowTime < reach) this.#operator.leave?.(match);
    this.#matches = this.#matches.filter(({ windowTime }) => windowTime >= reach);
    this.#summarise(this.#told.forget(reach));
  }

  #summarise(lost: readonly Detection[]): void {
    if (this.#options.overflow === 'drop') {
      this.#counts.dropped += lost.length;
      return;
    }
    this.#counts.folded += lost.length;
    const over = new Overflow(this.#entry.rule);
    for (const detection of lost) over.add(detection);
    const summary = over.detection(this.#last);
    if (summary !== undefined) this.#emit(summary);
  }
}
