/** A timeline: rules, what happens when, and which alerts there must be (tests/timeline/README.md). */
import type { Source } from '../../base/source.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { Mode } from '../../engine/event-times.ts';

export interface Timeline {
  readonly file: string;
  readonly source: Source;
  readonly rules: Given;
  readonly exceptions: Given;
  readonly overlays: Given;
  readonly indicators: readonly JsonObject[];
  readonly options: TimelineOptions;
  readonly cases: readonly TimelineCase[];
}

/** Rules, exceptions or overlays. */
export interface Given {
  /** Files and folders, relative to the timeline. */
  readonly files: readonly NamedFile[];
  readonly sections: readonly Section[];
}

export interface NamedFile {
  readonly path: string;
  readonly line: number;
}

/** A rule, an exception or an overlay that stands in the timeline itself, as it would stand in a file of its own. */
export interface Section {
  /** What the section's line names: the rule, the exception, the rule that is changed. */
  readonly name: string;
  /** The lines below it, as they are. */
  readonly body: string;
  readonly line: number;
}

export interface TimelineOptions {
  readonly modes: readonly Mode[];
  /** Milliseconds. */
  readonly lateness: number;
  readonly coldStart: 'learn' | 'alert';
  readonly overflow: 'summary' | 'drop';
  /** Milliseconds since the timeline's beginning, both ends included. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
}

export interface TimelineCase {
  readonly name: string;
  readonly line: number;
  readonly steps: readonly Step[];
}

export type Step = EventStep | CheckStep | RestartStep;

interface At {
  /** Milliseconds since the timeline's beginning; infinite for `end`. */
  readonly at: number;
  readonly line: number;
}

export interface EventStep extends At {
  readonly do: 'event';
  /** From before the input proper: history only. */
  readonly history: boolean;
  readonly document: JsonObject;
}

/** The alerts that came since the check before. */
export interface CheckStep extends At {
  readonly do: 'check';
  readonly modes: readonly Mode[];
  /** Undefined: there is none. */
  readonly alert: ExpectedAlert | undefined;
}

export interface ExpectedAlert {
  /** A rule's id or its name. */
  readonly rule: string;
  /** The exception that marks it; undefined for an alert that counts. */
  readonly excepted: string | undefined;
  readonly fields: readonly Expected[];
}

export interface Expected {
  readonly field: string;
  readonly value: JsonValue;
}

/** The engine is saved, and another one goes on from there. */
export interface RestartStep extends At {
  readonly do: 'restart';
}

/** The moment that a timeline calls `0s`. */
export const BEGINNING = Date.UTC(2026, 0, 1);
