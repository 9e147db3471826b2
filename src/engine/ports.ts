/** What the engine needs from outside: it has no clock, no files and no hash of its own. */
import type { JsonObject } from '../data/document.ts';
import type { ArrayOrder, LocalTable } from '../exec/pipeline/index.ts';
import type { Alert } from '../model/alert.ts';
import type { Fit, KnownBenign } from '../model/benign.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { LoadedRule } from '../rules/rule.ts';

export interface Ports {
  /**
   * The time at which an event is examined, in milliseconds since the epoch: what `now` means in its queries and what
   * its alerts carry as `@timestamp`. A replay answers with the event's own time, a server with the wall clock;
   * undefined when nobody knows.
   */
  detectionTime(eventTime: number | undefined): number | undefined;
  /** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
  digest(text: string): string;
  /** Without it, alerts know of the false positives that their rules tell, and nothing explains an event. */
  readonly benign?: BenignKnowledge;
}

/** The catalogue of false positives, as far as alerts ask it. */
export interface BenignKnowledge {
  /** What is known to be benign about the alerts of a rule; the same answer every time. */
  about(rule: LoadedRule): KnownBenign;
  /** The profiles that fit an event, the best grade first. `now` is what it means in them, in milliseconds since the epoch. */
  fitting(document: JsonObject, now: number): readonly Fit[];
}

/** What rules read besides events. */
export interface EngineInputs {
  /** Documents with the indicators of threat match rules, of all their indices. */
  readonly indicators: readonly EventEnvelope[];
  readonly queries?: QueryInputs;
}

/** What rules in ES|QL need besides events. */
export interface QueryInputs {
  /** What ENRICH and LOOKUP JOIN name. */
  readonly tables?: ReadonlyMap<string, LocalTable>;
  /** `lucene` unless given (esql §2.2). */
  readonly arrayOrder?: ArrayOrder;
  /** Who answers COMPLETION; without, rules that have one do not run. */
  readonly completion?: CompletionSource;
}

/** `prefilter` asks nobody: every row that would be asked about is a lead. */
export type CompletionSource = 'prefilter' | Complete;

/**
 * A language model's answer, undefined when there is none, for whatever reason. The answer to the same question may not
 * change within a run: a window is computed more than once.
 */
export type Complete = (prompt: string, inferenceId: string) => string | undefined;

/** How much of a file was taken. It is known again by its first event, whatever it is called then. */
export interface Position {
  /** Keys of the first event of the file, and of the last one that was taken. */
  readonly first: string;
  readonly last: string;
  readonly taken: number;
  /** So many of them by runs whose summary was told. */
  readonly summed: number;
}

/** A moment of a run from which it can go on: the state holds the effect of exactly the events up to the positions. */
export interface Checkpoint {
  /** The parts of `Engine.snapshot` and of `Engine.tallies`. */
  readonly engine: Iterable<string>;
  readonly tallies: Iterable<string>;
  /** Of all files, those of earlier runs too. */
  readonly positions: readonly Position[];
  /** Found since the checkpoint before. */
  readonly alerts: readonly Alert[];
}

/** What a run finds that goes on. */
export interface Kept {
  /** The parts, parsed one by one as they are taken; to be taken before anything else is kept. */
  readonly engine: Iterable<unknown>;
  /** None when the summary of the last run was told. */
  readonly tallies: Iterable<unknown>;
  readonly positions: readonly Position[];
  /** Alerts that nobody was told of, in the order in which they were found. */
  readonly untold: readonly Alert[];
}

/** How far a file of alerts is written, and a digest of its end by which it is known again. */
export interface WrittenAlerts {
  /** Bytes. */
  readonly length: number;
  readonly digest: string;
}

/** Where every alert is written once, besides being told. */
export interface AlertLog {
  /** By which a store knows it again. */
  readonly name: string;
  readonly written: WrittenAlerts;
  /** Kept for good when it returns. */
  append(alerts: readonly Alert[]): void;
}

/** Keeps what a crash must not lose. Every call takes effect as a whole or not at all. */
export interface StateStore {
  /** Undefined when nothing was ever kept. */
  load(): Kept | undefined;
  /** How far the log of this name is written; undefined for one that was never written to. */
  written(log: string): WrittenAlerts | undefined;
  /**
   * Writes alerts there that nobody was told of and that stand in no log, and from now on those of every checkpoint. How far
   * it is written is kept together with them; what a log cannot write is not kept.
   */
  writeTo(log: AlertLog): void;
  /** Gives back the alerts that are not known yet: an id is kept, and told, once. */
  commit(checkpoint: Checkpoint): readonly Alert[];
  /** Somebody was told of this alert. */
  told(alert: Alert): void;
  /** Somebody was told of all alerts that are kept, and what they sum up to: the next run counts anew. */
  toldAll(): void;
  close(): void;
}
