/**
 * Threshold rules (engine A5.4). A stream fires when the count is reached; a run at a tick counts all that its window
 * holds. Different values are counted exactly, where Elasticsearch estimates.
 */
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { RuleOf } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection, ThresholdFinding } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import { Schedule } from '../schedule.ts';
import type { KeyReader, ValuesReader } from '../state/key.ts';
import { keyReader, keyText, keyValues, requiredField, valuesReader } from '../state/key.ts';
import { byKey } from '../state/sample.ts';
import type { Fired, GroupState, ThresholdSnapshot } from '../state/threshold.ts';
import { ThresholdMachine } from '../state/threshold.ts';
import type { Candidate, Run, Stateful, StreamOperator, WindowOperator } from './strategy.ts';
import { earliestWindowTime, within } from './strategy.ts';

export function thresholds(rule: LoadedRule): Stateful | undefined {
  if (rule.plan?.kind !== 'filter' || rule.document.rule.type !== 'threshold') return undefined;
  const asked = new Threshold(rule, rule.document.rule);
  const conditions: readonly Predicate[] = [rule.plan.where];
  return {
    kind: 'stateful',
    conditions,
    reads: asked.reads,
    stream: ({ onEviction }) => new ThresholdStream(asked, onEviction),
    windowed: ({ onEviction }) => new ThresholdWindow(asked, onEviction),
  };
}

/** What the rule asks, and how it says what it found. */
class Threshold {
  readonly rule: LoadedRule;
  readonly value: number;
  readonly span: number;
  readonly cardinality: { readonly field: string; readonly value: number } | undefined;
  readonly #fields: readonly string[];
  readonly #keysOf: KeyReader;
  readonly #valuesOf: ValuesReader | undefined;

  constructor(rule: LoadedRule, { threshold }: RuleOf<'threshold'>) {
    this.rule = rule;
    this.value = threshold.value;
    this.span = new Schedule(rule).lookBack(0);
    // Of several entries Kibana reads the first.
    this.cardinality = threshold.cardinality?.[0];
    this.#fields = threshold.field;
    this.#keysOf = keyReader(threshold.field.map(requiredField));
    this.#valuesOf = this.cardinality && valuesReader(requiredField(this.cardinality.field).field);
  }

  /** What it counts by. */
  get reads(): readonly string[] {
    return this.cardinality === undefined ? this.#fields : [...this.#fields, this.cardinality.field];
  }

  keysOf(event: EventEnvelope, onEviction: OnEviction): readonly string[] {
    return this.#keysOf(event, onEviction);
  }

  valuesOf(event: EventEnvelope): readonly string[] {
    return this.#valuesOf?.(event) ?? [];
  }

  detection(fired: Fired<Match>): Detection {
    const [first, ...others] = fired.examples;
    return {
      rule: this.rule,
      events: [first.event, ...others.map(({ event }) => event)],
      finding: this.#finding(fired),
    };
  }

  /** How far a group is. */
  state({ key, count, cardinality, from, usedUpTo }: GroupState): KeyState {
    return {
      kind: 'threshold',
      key: keyValues(key),
      count,
      needed: this.value,
      cardinality: this.cardinality === undefined ? undefined : cardinality,
      neededCardinality: this.cardinality?.value,
      from,
      usedUpTo,
    };
  }

  #finding({ key, count, cardinality, from, to }: Fired<Match>): ThresholdFinding {
    const values = keyValues(key);
    const terms = this.#fields.map((field, index) => ({ field, value: values[index] ?? '' }));
    const distinct =
      this.cardinality === undefined ? [] : [{ field: this.cardinality.field, value: cardinality }];
    return { kind: 'threshold', terms, count, cardinality: distinct, from, to };
  }
}

class ThresholdStream implements StreamOperator {
  readonly deadline = Infinity;
  readonly #asked: Threshold;
  readonly #onEviction: OnEviction;
  readonly #machine: ThresholdMachine<Match>;

  constructor(asked: Threshold, onEviction: OnEviction) {
    const { value, span, cardinality } = asked;
    this.#asked = asked;
    this.#onEviction = onEviction;
    this.#machine = new ThresholdMachine({ value, span, cardinality: cardinality?.value ?? 0, onEviction });
  }

  take(match: Match): Detection[] {
    const keys = this.#asked.keysOf(match.event, this.#onEviction);
    if (keys.length === 0) return [];
    const fired = this.#machine.take(match, keys, this.#asked.valuesOf(match.event));
    return fired.map((one) => this.#asked.detection(one));
  }

  advance(): readonly Detection[] {
    return [];
  }

  end(): readonly Detection[] {
    return [];
  }

  memory(): Memory {
    return { lists: { threshold: this.#machine.snapshot() } };
  }

  restore(memory: Memory): void {
    this.#machine.restore(listOf(memory, 'threshold') as ThresholdSnapshot<Match>);
  }

  *states(only?: string): Generator<KeyState> {
    for (const group of this.#machine.groups(only)) yield this.#asked.state(group);
  }
}

/** Counts each window anew; events that an alert counted do not count again for their group. */
class ThresholdWindow implements WindowOperator {
  readonly #asked: Threshold;
  readonly #onEviction: OnEviction;
  /** For each group the newest event that an alert counted. */
  readonly #usedUpTo = new Map<string, number>();

  constructor(asked: Threshold, onEviction: OnEviction) {
    this.#asked = asked;
    this.#onEviction = onEviction;
  }

  run(run: Run, matches: readonly Match[]): Candidate[] {
    for (const [key, time] of this.#usedUpTo) if (time < run.from) this.#usedUpTo.delete(key);
    const groups = this.#groups(within(run, matches));
    return [...groups.keys()].sort(byKey).flatMap((key) => this.#judge(key, groups.get(key) ?? []));
  }

  kept({ finding }: Detection): void {
    if (finding?.kind === 'threshold')
      this.#usedUpTo.set(keyText(finding.terms.map(({ value }) => value)), finding.to);
  }

  memory(): Memory {
    return { lists: { threshold: [...this.#usedUpTo] } };
  }

  restore(memory: Memory): void {
    this.#usedUpTo.clear();
    for (const [key, time] of listOf(memory, 'threshold') as [string, number][])
      this.#usedUpTo.set(key, time);
  }

  *states(matches: readonly Match[], only?: string): Generator<KeyState> {
    const groups = this.#groups(matches);
    for (const key of new Set([...groups.keys(), ...this.#usedUpTo.keys()])) {
      if (only !== undefined && key !== only) continue;
      const counted = groups.get(key) ?? [];
      const from = counted.length === 0 ? undefined : earliestWindowTime(counted);
      const usedUpTo = this.#usedUpTo.get(key);
      const cardinality = this.#distinct(counted);
      yield this.#asked.state({ key, count: counted.length, cardinality, from, usedUpTo });
    }
  }

  #groups(matches: readonly Match[]): Map<string, Match[]> {
    const groups = new Map<string, Match[]>();
    for (const match of matches)
      for (const key of this.#asked.keysOf(match.event, this.#onEviction)) {
        if (match.windowTime <= (this.#usedUpTo.get(key) ?? -Infinity)) continue;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [match]);
        else group.push(match);
      }
    return groups;
  }

  #distinct(matches: readonly Match[]): number {
    return new Set(matches.flatMap(({ event }) => this.#asked.valuesOf(event))).size;
  }

  #judge(key: string, matches: readonly Match[]): Candidate[] {
    const { value, cardinality: distinct } = this.#asked;
    const cardinality = this.#distinct(matches);
    const [example, ...others] = matches.slice(-limits.examples);
    if (example === undefined || matches.length < value || cardinality < (distinct?.value ?? 0)) return [];
    const from = earliestWindowTime(matches);
    const to = matches.reduce((latest, { windowTime }) => Math.max(latest, windowTime), from);
    const examples = [example, ...others] as const;
    const fired = { key, count: matches.length, cardinality, from, to, examples };
    return [{ detection: this.#asked.detection(fired), leaves: from }];
  }
}
