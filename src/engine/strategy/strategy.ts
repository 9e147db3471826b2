/**
 * How a rule of some type gets from events to detections. Which conditions hold for an event is a pure function of rules
 * and event; a strategy takes only that answer, so that whatever needs memory can run elsewhere than the matching.
 */
import type { Counter } from '../../exec/pipeline/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState, WindowState } from '../../model/state.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import type { EngineInputs } from '../ports.ts';
import { keyText } from '../state/key.ts';

export type Strategy = Stateless | Stateful;

/** Values that became null on the way and what a limit has cut off, counted as often as it was computed (esql §2.2). */
export type Losses = Map<Counter, number>;

interface Asking {
  /** What it asks of every event. */
  readonly conditions: readonly Predicate[];
  /**
   * The paths of all that it reads of matches, besides what their times are, until it finds something; undefined when
   * it needs their documents.
   */
  readonly reads?: readonly string[] | undefined;
  readonly losses?: Losses;
}

/** Every match is judged by itself. */
export interface Stateless extends Asking {
  readonly kind: 'stateless';
  /** An event for which at least one of the conditions holds: their positions, ascending. */
  detect(event: EventEnvelope, holding: readonly number[]): readonly Detection[];
}

/** Matches are judged together, in the order of their times. */
export interface Stateful extends Asking {
  readonly kind: 'stateful';
  /**
   * What the operators are given in place of an event that fulfils a condition; undefined when it is no match after all.
   * A pure function of rule and event, as the conditions are. Without it, the event itself.
   */
  readonly keep?: (event: EventEnvelope) => Kept | undefined;
  /** Its memory when events decide as they come. */
  stream(context: OperatorContext): StreamOperator;
  /** Its memory when it runs at ticks over windows. */
  windowed(context: OperatorContext): WindowOperator;
}

/** What of a matching event the operators are given. */
export type Kept = Pick<Match, 'event' | 'rows'>;

/** As the strategy keeps it; undefined for an event that is no match after all. */
export const keptOf = (strategy: Strategy, event: EventEnvelope): Kept | undefined =>
  strategy.kind === 'stateful' && strategy.keep !== undefined ? strategy.keep(event) : { event };

export interface OperatorContext {
  readonly onEviction: OnEviction;
  /** The earliest event time that the engine saw, in milliseconds since the epoch. */
  readonly began: () => number | undefined;
  /** What is first seen before the history is as long as the rule asks for: held back, or told like anything else. */
  readonly coldStart: 'learn' | 'alert';
  /** Told of every detection that is held back because the history is not long enough before that moment. */
  readonly onLearning: (until: number) => void;
}

/** Takes matches in order, though late ones may come after those that they belong before. */
export interface StreamOperator {
  take(match: Match): readonly Detection[];
  /** A match from before the input proper, which is history and nothing else. */
  learn?(match: Match): void;
  /** The first watermark at which time alone decides something; infinite when nothing waits. */
  readonly deadline: number;
  /** Every match up to and including the watermark was taken. */
  advance(watermark: number): readonly Detection[];
  /** The end of input: what was not decided before. */
  end(): readonly Detection[];
  /** The same bytes for the same state. */
  memory(): Memory;
  /** What `memory` gave, after a round trip through JSON; lists without entries may be absent. */
  restore(memory: Memory): void;
  /** What is remembered, of every key or of one. */
  states(key?: string): Iterable<KeyState>;
}

/** One run: the window is inclusive at both ends (engine A1). Milliseconds since the epoch. */
export interface Run {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Candidate {
  readonly detection: Detection;
  /** When the window begins later than this, no run finds it again. */
  readonly leaves: number;
}

/** Runs over the matches that are kept for its window and some time before it, in order of time. */
export interface WindowOperator {
  /** What the window holds, in the order in which `max_signals` keeps it (engine A3). */
  run(run: Run, matches: readonly Match[]): readonly Candidate[];
  /** One of the candidates of the last run became an alert. */
  kept?(detection: Detection): void;
  /** The match lies before every later window. */
  leave?(match: Match): void;
  memory?(): Memory;
  restore?(memory: Memory): void;
  /** What is known of the matches in the window, of every key or of one. */
  states?(matches: readonly Match[], key?: string): Iterable<KeyState>;
}

/** Undefined for a rule that it has no way to run. */
export type StrategyMaker = (rule: LoadedRule, inputs: EngineInputs) => Strategy | undefined;

/** The matches inside the run's window. */
export const within = ({ from, to }: Run, matches: readonly Match[]): Match[] =>
  matches.filter(({ windowTime }) => windowTime >= from && windowTime <= to);

export const earliestWindowTime = (matches: readonly Match[]): number =>
  matches.reduce((least, { windowTime }) => Math.min(least, windowTime), Infinity);

/** Matches that a rule looks at together, whatever their keys; none without matches. */
export function windowStates(matches: readonly Match[], only?: string): KeyState[] {
  const to = matches.reduce((latest, { windowTime }) => Math.max(latest, windowTime), -Infinity);
  return windowState({ count: matches.length, from: earliestWindowTime(matches), to }, only);
}

/** The same of matches of which only the number and the times are known. */
export const windowState = (extent: Omit<WindowState, 'kind' | 'key'>, only?: string): KeyState[] =>
  extent.count === 0 || (only !== undefined && only !== keyText([]))
    ? []
    : [{ kind: 'window', key: [], ...extent }];
