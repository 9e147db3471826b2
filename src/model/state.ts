/** What a rule remembers, for people who ask why it did not fire yet. Times are milliseconds since the epoch. */
import type { Origin } from './event.ts';

/** The values of the key's fields, null for a missing optional one. */
export type KeyOfState = readonly (string | null)[];

export type KeyState =
  SequenceState | AbsenceState | SampleState | ThresholdState | TermState | SuppressionState | WindowState;

/** What memory is used for, besides the states that can be asked for by key. */
export type KindOfMemory =
  | KeyState['kind']
  /** Times of events that must not be there. */
  | 'absenceTimes'
  /** Results that wait for `head` and `tail`. */
  | 'piped'
  /** Groups of a query that stand for the events in them. */
  | 'groups'
  /** What became an alert, so that it becomes none again. */
  | 'told'
  /** What is over `max_signals` and may still become one. */
  | 'over'
  /** How much a rule told in an interval that is not over, and what is over `max_signals` there. */
  | 'intervals'
  /** Matches that wait for earlier ones, of all rules. */
  | 'waiting'
  /** Detections that wait for another stage of their request, of all rules. */
  | 'stages';

/** How much of one kind is remembered. */
export interface MemoryUse {
  readonly kind: KindOfMemory;
  readonly entries: number;
  /** Estimated from what V8 needs for such values. An event is counted once, however many entries hold it. */
  readonly bytes: number;
}

/** A sequence that has begun and waits for its next step. */
export interface SequenceState {
  readonly kind: 'sequence';
  readonly key: KeyOfState;
  /** The step that it waits for, counted from 1, missing events not counted; and how many there are. */
  readonly step: number;
  readonly steps: number;
  /** When its first event was. */
  readonly since: number;
  /** When it is too late; undefined when the rule has no limit. */
  readonly until: number | undefined;
  /** Where the events stand that it has. */
  readonly events: readonly Origin[];
}

/** A sequence that has all its events, and counts unless one comes that must not. */
export interface AbsenceState {
  readonly kind: 'absence';
  readonly key: KeyOfState;
  readonly since: number;
  /** The last moment at which an event can end it. */
  readonly until: number;
  readonly events: readonly Origin[];
}

export interface SampleState {
  readonly kind: 'sample';
  readonly key: KeyOfState;
  /** How many events each item has. */
  readonly items: readonly number[];
}

export interface ThresholdState {
  readonly kind: 'threshold';
  readonly key: KeyOfState;
  readonly count: number;
  readonly needed: number;
  /** Different values of the cardinality field; undefined when the rule asks for none. */
  readonly cardinality: number | undefined;
  readonly neededCardinality: number | undefined;
  /** The oldest counted event; undefined when nothing counts. */
  readonly from: number | undefined;
  /** The group fired, and events up to then do not count again. */
  readonly usedUpTo: number | undefined;
}

export interface TermState {
  readonly kind: 'terms';
  readonly key: KeyOfState;
  readonly first: number;
  readonly last: number;
}

/** Events that a rule looks at together when it runs; of all keys. */
export interface WindowState {
  readonly kind: 'window';
  readonly key: KeyOfState;
  readonly count: number;
  /** The earliest and the latest of them. */
  readonly from: number;
  readonly to: number;
}

/** An alert that is held until its time of suppression is over. Several values of one field are joined. */
export interface SuppressionState {
  readonly kind: 'suppression';
  readonly key: KeyOfState;
  /** The id of the alert that the others are folded into. */
  readonly alert: string;
  readonly since: number;
  readonly until: number;
  /** Alerts that were folded into it so far. */
  readonly count: number;
}
