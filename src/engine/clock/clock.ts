/** When rules decide: a clock takes what matched, keeps it until its time has come, and tells what was found. */
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { LimitName } from '../limits.ts';
import type { Memory } from '../memory.ts';
import type { Strategy } from '../strategy/index.ts';
import type { Counted, Counter, CountsWithIds, RuleOf } from '../tally/tallies.ts';
import { idOf, rulesOf, withIds, withRules } from '../tally/tallies.ts';

/** A rule that the clock runs. */
export interface Entry {
  readonly rule: LoadedRule;
  readonly strategy: Strategy;
}

export type Emit = (detection: Detection) => void;

export interface Clock {
  /** Every event of the input comes by, whether it matches or not: its time moves the clock, unless it lies too far ahead. */
  see(time: number | undefined): void;
  /** No event before this time is expected any more. */
  pass(time: number): void;
  /** An event that fulfils some of the conditions of the rule at this position; `ours` when it is an alert that we made. */
  take(position: number, event: EventEnvelope, holding: readonly number[], ours: boolean): void;
  /** Every event from before the input proper comes by here: it is history. */
  recall(time: number | undefined): void;
  /** Such an event that fulfils some of the conditions of a rule; it makes no detection. */
  learn(position: number, event: EventEnvelope, holding: readonly number[]): void;
  /** The end of input: what was not decided before. */
  end(): void;
  /** No event before this time is expected any more; undefined before the first event. */
  readonly watermark: number | undefined;
  readonly counts: ClockCounts;
  /** What the rule at this position remembers. */
  states(position: number, key?: string): Iterable<KeyState>;
  /** What is remembered of no single rule. */
  memory(): Memory;
  /** `now` is the place that a rule has now by the one that it had; undefined for one that begins anew. */
  restore(memory: Memory, now: (position: number) => number | undefined): void;
  /** What the rule at this position remembers; undefined for a rule without memory. */
  memoryOf(position: number): Memory | undefined;
  restoreOf(position: number, memory: Memory): void;
}

/** What the clock could not do as if everything had come in order and fitted in. */
interface CountedByClock {
  readonly late: number;
  readonly untimed: number;
  readonly ahead: number;
  readonly folded: number;
  readonly dropped: number;
  readonly gaps: readonly (readonly [rule: string, milliseconds: number])[];
  readonly evictions: CountsWithIds;
  readonly learning: readonly (readonly [rule: string, until: number, count: number])[];
}

export class ClockCounts implements Counter {
  /** Matches that came after their time had passed; they are used as far as what is remembered allows. */
  late = 0;
  /** Matches without a time, of rules that need one. */
  untimed = 0;
  /** Events so far ahead of all others that they did not move the time. */
  ahead = 0;
  /** Detections over `max_signals` that stand in a summary alert, and those that do not. */
  folded = 0;
  dropped = 0;
  readonly #gaps = new Map<LoadedRule, number>();
  readonly #evictions = new Map<LimitName, { count: number; readonly rules: Set<LoadedRule> }>();
  readonly #learning = new Map<LoadedRule, { until: number; count: number }>();

  counted(): Counted {
    const { late, untimed, ahead, folded, dropped } = this;
    const values: CountedByClock = {
      late,
      untimed,
      ahead,
      folded,
      dropped,
      gaps: [...this.#gaps].map(([rule, milliseconds]) => [idOf(rule), milliseconds]),
      evictions: withIds(this.#evictions),
      learning: [...this.#learning].map(([rule, { until, count }]) => [idOf(rule), until, count]),
    };
    return { values };
  }

  restore({ values }: Counted, ruleOf: RuleOf): void {
    const { late, untimed, ahead, folded, dropped, gaps, evictions, learning } = values as CountedByClock;
    Object.assign(this, { late, untimed, ahead, folded, dropped });
    for (const [limit, counted] of withRules(evictions, ruleOf))
      this.#evictions.set(limit as LimitName, counted);
    for (const [id, milliseconds] of gaps)
      for (const rule of rulesOf([id], ruleOf)) this.#gaps.set(rule, milliseconds);
    for (const [id, until, count] of learning)
      for (const rule of rulesOf([id], ruleOf)) this.#learning.set(rule, { until, count });
  }

  evicted(limit: LimitName, rule: LoadedRule): void {
    const counted = this.#evictions.get(limit) ?? { count: 0, rules: new Set() };
    counted.count++;
    counted.rules.add(rule);
    this.#evictions.set(limit, counted);
  }

  gap(rule: LoadedRule, milliseconds: number): void {
    this.#gaps.set(rule, (this.#gaps.get(rule) ?? 0) + milliseconds);
  }

  learning(rule: LoadedRule, until: number): void {
    const counted = this.#learning.get(rule) ?? { until, count: 0 };
    counted.until = Math.max(counted.until, until);
    counted.count++;
    this.#learning.set(rule, counted);
  }

  /** What was forgotten because a limit was reached: by limit, how often and for which rules. */
  get evictions(): ReadonlyMap<
    LimitName,
    { readonly count: number; readonly rules: ReadonlySet<LoadedRule> }
  > {
    return this.#evictions;
  }

  /** Time that no window of a rule covered, in milliseconds. */
  get gaps(): ReadonlyMap<LoadedRule, number> {
    return this.#gaps;
  }

  /** Rules whose history is too short, until when, and how many detections were held back for it. */
  get learningRules(): ReadonlyMap<LoadedRule, { readonly until: number; readonly count: number }> {
    return this.#learning;
  }
}
