/**
 * How a rule of some type gets from events to detections. Which conditions hold for an event is a pure function of rules
 * and event; a strategy takes only that answer, so that whatever needs memory can run elsewhere than the matching.
 */
import type { EventEnvelope } from '../../model/event.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';

export interface Strategy {
  /** What it asks of every event. */
  readonly conditions: readonly Predicate[];
  /** An event for which at least one of the conditions holds: their positions, ascending. */
  take(event: EventEnvelope, holding: readonly number[]): readonly Detection[];
  /** The end of input: what could not be decided before. */
  end(): readonly Detection[];
}

/** Undefined for a rule that it has no way to run. */
export type StrategyMaker = (rule: LoadedRule) => Strategy | undefined;
