/**
 * New terms rules (engine A5.5): a combination of values that was not seen in the history window is new. A table of what
 * was seen when takes the place of searching the history again. Where the history that is known is shorter than the
 * window, everything is new: what is found there is held back and counted, unless the rule is told to alert.
 */
import type { DateReader } from '../../data/date-math.ts';
import { dateReader } from '../../data/date-math.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import type { RuleOf } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import type { KeyReader } from '../state/key.ts';
import { keyReader, keyValues, requiredField } from '../state/key.ts';
import { byKey } from '../state/sample.ts';
import type { TermsSnapshot } from '../state/terms.ts';
import { TermTable } from '../state/terms.ts';
import type {
  Candidate,
  OperatorContext,
  Run,
  Stateful,
  StreamOperator,
  WindowOperator,
} from './strategy.ts';
import { within } from './strategy.ts';

export function newTerms(rule: LoadedRule): Stateful | undefined {
  if (rule.plan?.kind !== 'filter' || rule.document.rule.type !== 'new_terms') return undefined;
  const asked = new NewTerms(rule, rule.document.rule);
  return {
    kind: 'stateful',
    conditions: [rule.plan.where],
    reads: rule.document.rule.new_terms.value,
    stream: (context) => new NewTermsStream(asked, context),
    windowed: ({ onEviction }) => new NewTermsWindow(asked, onEviction),
  };
}

/** What the rule asks, and how it says what it found. */
class NewTerms {
  readonly #rule: LoadedRule;
  readonly #keysOf: KeyReader;
  readonly #history: DateReader;

  constructor(rule: LoadedRule, { new_terms }: RuleOf<'new_terms'>) {
    this.#rule = rule;
    this.#keysOf = keyReader(new_terms.value.map(requiredField));
    this.#history = dateReader(new_terms.history_window_start[0]?.value ?? 'now');
  }

  /** None for an event that lacks one of the fields. */
  keysOf(event: EventEnvelope, onEviction: OnEviction): readonly string[] {
    return this.#keysOf(event, onEviction);
  }

  /** Where the history begins, for a window that ends at this time. */
  since(time: number): number {
    return this.#history(time) ?? time;
  }

  detection(event: EventEnvelope, key: string): Detection {
    const terms = keyValues(key).map((value) => value ?? '');
    return { rule: this.#rule, events: [event], finding: { kind: 'newTerms', terms } };
  }
}

class NewTermsStream implements StreamOperator {
  readonly deadline = Infinity;
  readonly #asked: NewTerms;
  readonly #context: OperatorContext;
  readonly #terms: TermTable;

  constructor(asked: NewTerms, context: OperatorContext) {
    this.#asked = asked;
    this.#context = context;
    this.#terms = new TermTable(context.onEviction);
  }

  take(match: Match): Detection[] {
    const since = this.#asked.since(match.time);
    const unseen = this.#note(match, since);
    this.#terms.forget(since);
    if (unseen.length === 0) return [];
    return unseen
      .filter(() => !this.#holdsBack(match.time, since))
      .map((key) => this.#asked.detection(match.event, key));
  }

  learn(match: Match): void {
    this.#note(match, this.#asked.since(match.time));
  }

  advance(): readonly Detection[] {
    return [];
  }

  end(): readonly Detection[] {
    return [];
  }

  memory(): Memory {
    return { lists: { terms: this.#terms.snapshot() } };
  }

  restore(memory: Memory): void {
    this.#terms.restore(listOf(memory, 'terms') as TermsSnapshot);
  }

  *states(only?: string): Generator<KeyState> {
    for (const [key, { first, last }] of this.#terms)
      if (only === undefined || key === only) yield { kind: 'terms', key: keyValues(key), first, last };
  }

  /** The combinations that were not seen since then. A late event is no news: its terms were seen after it. */
  #note({ event, time }: Match, since: number): string[] {
    const keys = this.#asked.keysOf(event, this.#context.onEviction);
    const unseen: string[] = [];
    for (const key of keys) if ((this.#terms.get(key)?.last ?? -Infinity) < since) unseen.push(key);
    for (const key of keys) this.#terms.note(key, time, since);
    return unseen;
  }

  #holdsBack(time: number, since: number): boolean {
    const began = this.#context.began() ?? time;
    if (this.#context.coldStart === 'alert' || since >= began) return false;
    this.#context.onLearning(began + (time - since));
    return true;
  }
}

/** Matches up to the start of the window are history; of those inside, the oldest of each combination counts. */
class NewTermsWindow implements WindowOperator {
  readonly #asked: NewTerms;
  readonly #onEviction: OnEviction;
  /** Of the matches that lie before every later window. */
  readonly #terms: TermTable;

  constructor(asked: NewTerms, onEviction: OnEviction) {
    this.#asked = asked;
    this.#onEviction = onEviction;
    this.#terms = new TermTable(onEviction);
  }

  run(run: Run, matches: readonly Match[]): Candidate[] {
    const since = this.#asked.since(run.to);
    const seen = new Set<string>();
    for (const match of matches)
      if (match.windowTime <= run.from && match.windowTime >= since)
        for (const key of this.#keysOf(match)) seen.add(key);
    const oldest = this.#oldest(within(run, matches));
    return [...oldest]
      .filter(([key]) => !seen.has(key) && (this.#terms.get(key)?.last ?? -Infinity) < since)
      .sort(([a], [b]) => byKey(a, b))
      .map(([key, { event, windowTime }]) => ({
        detection: this.#asked.detection(event, key),
        leaves: windowTime,
      }));
  }

  leave(match: Match): void {
    const since = this.#asked.since(match.windowTime);
    for (const key of this.#keysOf(match)) this.#terms.note(key, match.windowTime, since);
    this.#terms.forget(since);
  }

  memory(): Memory {
    return { lists: { terms: this.#terms.snapshot() } };
  }

  restore(memory: Memory): void {
    this.#terms.restore(listOf(memory, 'terms') as TermsSnapshot);
  }

  *states(matches: readonly Match[], only?: string): Generator<KeyState> {
    const terms = new Map(this.#terms);
    for (const match of matches)
      for (const key of this.#keysOf(match)) {
        const { first, last } = terms.get(key) ?? { first: Infinity, last: -Infinity };
        const time = match.windowTime;
        terms.set(key, { first: Math.min(first, time), last: Math.max(last, time) });
      }
    for (const [key, { first, last }] of terms)
      if (only === undefined || key === only) yield { kind: 'terms', key: keyValues(key), first, last };
  }

  #keysOf({ event }: Match): readonly string[] {
    return this.#asked.keysOf(event, this.#onEviction);
  }

  #oldest(matches: readonly Match[]): Map<string, Match> {
    const oldest = new Map<string, Match>();
    for (const match of matches)
      for (const key of this.#keysOf(match)) if (!oldest.has(key)) oldest.set(key, match);
    return oldest;
  }
}
