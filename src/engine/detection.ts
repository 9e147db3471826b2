/** What a strategy found: a rule, and the events that it stands on. */
import type { JsonObject } from '../data/document.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Count } from '../model/summary.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { KeyValues } from './state/key.ts';

export interface Detection {
  readonly rule: LoadedRule;
  /** At least one; the first one gives the alert its fields, its time and its id. */
  readonly events: readonly [EventEnvelope, ...EventEnvelope[]];
  /** Absent when the detection is about its first event alone, and the others are stages of the same request. */
  readonly finding?: Finding;
  /** What a query made of its event, where each row of the query stands for one (esql §3.4). */
  readonly row?: QueryRow;
  /** A row that a language model would be, or was, asked about and that is no alert of its own (esql §1.7). */
  readonly lead?: true;
  /** The run that found it, when rules run at ticks: the alert's own time. */
  readonly at?: number;
}

/** What was found beyond a single event. */
export type Finding =
  | SequenceFinding
  | ThresholdFinding
  | QueryGroupFinding
  | { readonly kind: 'newTerms'; readonly terms: readonly string[] }
  | ThreatMatchFinding
  | SummaryFinding;

export interface SequenceFinding {
  readonly kind: 'sequence';
  /** The values that tie the events together, null for a missing optional one. */
  readonly key: KeyValues;
  /** The input ended before it was certain that an event is missing. */
  readonly judgedEarly?: true;
}

export interface ThreatMatchFinding {
  readonly kind: 'threatMatch';
  readonly enrichments: readonly JsonObject[];
  /** There are more than one alert names. */
  readonly hasMore?: true;
}

export interface ThresholdFinding {
  readonly kind: 'threshold';
  readonly terms: readonly { readonly field: string; readonly value: string }[];
  readonly count: number;
  readonly cardinality: readonly { readonly field: string; readonly value: number }[];
  /** Times of the oldest and the newest counted event. */
  readonly from: number;
  readonly to: number;
}

/** Columns of a row, laid over the fields of its event. */
export interface QueryRow {
  readonly columns: JsonObject;
  /** The values of expanded columns, which tell rows of one event apart. */
  readonly expanded: readonly string[];
}

/** A row of a query that stands for a group of events (esql §3.5); the events are examples. */
export interface QueryGroupFinding {
  readonly kind: 'queryGroup';
  readonly columns: JsonObject;
  /** What makes it the same in every run: in a stream its group, at ticks its place in the table of the run. */
  readonly group: string;
  /** The window that it was computed over. */
  readonly from: number;
  readonly to: number;
}

/** Detections over `max_signals` that no other alert tells of; the events are the first ones of some of them. */
export interface SummaryFinding {
  readonly kind: 'summary';
  readonly count: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The most frequent ones. */
  readonly actors: readonly Count[];
  readonly targets: readonly Count[];
}

/**
 * What makes the detection the same one in every run (engine A4), apart from its rule: the event's key; the keys of a
 * sequence's events; event and terms; group and span of a threshold.
 */
export function identityOf(detection: Detection): string {
  const identity = identityOfFound(detection);
  return detection.lead === true ? JSON.stringify(['lead', identity]) : identity;
}

function identityOfFound({ events, finding, row, at }: Detection): string {
  const [first] = events;
  switch (finding?.kind) {
    case undefined:
    case 'threatMatch':
      return row === undefined || row.expanded.length === 0
        ? first.key
        : JSON.stringify(['row', first.key, row.expanded]);
    case 'queryGroup':
      return JSON.stringify(['group', finding.group, finding.from, finding.to]);
    case 'sequence':
      return JSON.stringify(['sequence', finding.key, events.map(({ key }) => key)]);
    case 'newTerms':
      return JSON.stringify(['new_terms', finding.terms, first.key]);
    case 'threshold':
      return JSON.stringify(['threshold', finding.terms.map(({ value }) => value), finding.from, finding.to]);
    case 'summary':
      return JSON.stringify(['summary', at ?? null, first.key]);
  }
}

/** About one event, or about a group of which the alert has only columns: other rules never saw an excepted event. */
export const isJudged = ({ finding }: Detection): boolean =>
  finding === undefined || finding.kind === 'threatMatch' || finding.kind === 'queryGroup';
