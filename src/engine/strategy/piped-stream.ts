/**
 * `head` and `tail` in a stream (eql §7): they choose among the results of a run, and a stream has no runs. What is
 * completed between two ticks of the rule's interval is taken for the results of one.
 */
import type { Pipe } from '../../plan/plan.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf, withoutRule } from '../memory.ts';
import { Schedule } from '../schedule.ts';
import { piped } from '../state/pipes.ts';
import type { KeyState } from '../../model/state.ts';
import type { StreamOperator } from './strategy.ts';

interface PipedValues {
  readonly inner: unknown;
  readonly tick: number | null;
}

export class PipedStream implements StreamOperator {
  readonly #inner: StreamOperator;
  readonly #pipes: readonly Pipe[];
  readonly #rule: LoadedRule;
  readonly #schedule: Schedule;
  readonly #onEviction: OnEviction;
  /** The tick that ends what is collected. */
  #tick: number | undefined;
  #results: Detection[] = [];

  private constructor(
    inner: StreamOperator,
    pipes: readonly Pipe[],
    rule: LoadedRule,
    onEviction: OnEviction,
  ) {
    this.#onEviction = onEviction;
    this.#inner = inner;
    this.#pipes = pipes;
    this.#rule = rule;
    this.#schedule = new Schedule(rule);
  }

  /** The operator itself when there are no pipes. */
  static around(
    inner: StreamOperator,
    pipes: readonly Pipe[],
    rule: LoadedRule,
    onEviction: OnEviction,
  ): StreamOperator {
    return pipes.length === 0 ? inner : new PipedStream(inner, pipes, rule, onEviction);
  }

  take(match: Match): readonly Detection[] {
    const before = this.advance(match.time);
    return [...before, ...this.#collect(this.#inner.take(match), match.time)];
  }

  get deadline(): number {
    return Math.min(this.#inner.deadline, this.#tick === undefined ? Infinity : this.#tick + 1);
  }

  advance(watermark: number): readonly Detection[] {
    const decided = this.#inner.advance(watermark);
    const over = this.#tick !== undefined && watermark > this.#tick ? this.#flush() : [];
    return [...over, ...this.#collect(decided, watermark)];
  }

  end(): readonly Detection[] {
    const last = this.#inner.end();
    return [...this.#collect(last, this.#tick ?? 0), ...this.#flush()];
  }

  memory(): Memory {
    const { values: inner = null, lists } = this.#inner.memory();
    const values: PipedValues = { inner, tick: this.#tick ?? null };
    return { values, lists: { ...lists, piped: this.#results.map(withoutRule) } };
  }

  restore(memory: Memory): void {
    const { inner, tick } = memory.values as PipedValues;
    this.#inner.restore({ values: inner, lists: memory.lists });
    this.#tick = tick ?? undefined;
    const results = listOf(memory, 'piped') as Omit<Detection, 'rule'>[];
    this.#results = results.map((detection) => ({ rule: this.#rule, ...detection }));
  }

  states(key?: string): Iterable<KeyState> {
    return this.#inner.states(key);
  }

  #collect(found: readonly Detection[], time: number): readonly Detection[] {
    if (found.length === 0) return [];
    const tick = this.#schedule.tickAfter(time);
    const before = this.#tick !== undefined && tick > this.#tick ? this.#flush() : [];
    this.#tick ??= tick;
    for (const detection of found) this.#keep(detection);
    return before;
  }

  /** What the first pipe will not let through need not be kept. */
  #keep(detection: Detection): void {
    const [first] = this.#pipes;
    this.#results.push(detection);
    if (first !== undefined && this.#results.length > first.count) {
      if (first.kind === 'head') this.#results.pop();
      else this.#results.shift();
    }
    if (this.#results.length <= limits.pipedResults) return;
    this.#results.shift();
    this.#onEviction('pipedResults');
  }

  #flush(): readonly Detection[] {
    const left = piped(this.#results, this.#pipes);
    this.#results = [];
    this.#tick = undefined;
    return left;
  }
}
