/**
 * What goes from matching to the strategies: an event, and which of a rule's conditions hold for it. Matching is a pure
 * function of rules and event; whatever needs memory takes matches, never events, so that it can run elsewhere.
 */
import type { StoredRow } from '../exec/pipeline/index.ts';
import type { EventEnvelope } from '../model/event.ts';

export interface Match {
  readonly event: EventEnvelope;
  /**
   * The rows of a query that it became, where those are kept and not the event, of which then only that is left which an
   * example beside an alert shows.
   */
  readonly rows?: readonly StoredRow[];
  /** Positions among the conditions of the rule's strategy, ascending. */
  readonly holding: readonly number[];
  /** What orders it among the rule's events, in milliseconds since the epoch. */
  readonly time: number;
  /** What decides whether it lies in a run's window (engine A1); equal to `time` where no run has windows. */
  readonly windowTime: number;
  /** The value of the rule's tiebreaker field. */
  readonly tiebreaker?: number | string;
  /** Grows with every match that the engine made. */
  readonly arrival: number;
}

/** What two events need to stand in an order. */
export type Ordered = Pick<Match, 'time' | 'tiebreaker' | 'arrival'>;

/** By time, tiebreaker and arrival (eql §6.1); an event without a tiebreaker comes before those with one. */
export const byTime = (a: Ordered, b: Ordered): number =>
  a.time - b.time || compareTiebreakers(a.tiebreaker, b.tiebreaker) || a.arrival - b.arrival;

function compareTiebreakers(a: Ordered['tiebreaker'], b: Ordered['tiebreaker']): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
