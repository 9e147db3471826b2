/** A timeline: rules, what happens when, and which alerts there must be (tests/timeline/README.md). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { Mode } from '../../engine/event-times.ts';

export interface Timeline {
  readonly file: string;
  /** Files of rules, relative to the timeline. */
  readonly ruleFiles: readonly string[];
  readonly rules: readonly TimelineRule[];
  readonly indicators: readonly JsonObject[];
  readonly options: TimelineOptions;
  readonly cases: readonly TimelineCase[];
}

export interface TimelineRule {
  readonly id: string;
  /** The keys of `[rule]` as TOML. */
  readonly toml: string;
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
  readonly alert: { readonly rule: string; readonly fields: readonly Expected[] } | undefined;
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
