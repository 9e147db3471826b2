/** What a rule remembers, for people who ask why it did not fire yet. Times are milliseconds since the epoch. */
import type { Origin } from './event.ts';

/** The values of the key's fields, null for a missing optional one. */
export type KeyOfState = readonly (string | null)[];

export type KeyState =
  SequenceState | AbsenceState | SampleState | ThresholdState | TermState | SuppressionState;

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
