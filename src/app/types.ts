/** What a front end (command line, later the server) asks of a scan and hears from it. */
import type { EngineOptions } from '../engine/engine.ts';
import type { BenignKnowledge } from '../engine/ports.ts';
import type { Alert } from '../model/alert.ts';
import type { RunSummary } from '../model/summary.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { RuleFilter } from '../rules/load/select.ts';
import type { RuleSet } from '../rules/rule.ts';
import type { QueryChoices } from './query-inputs.ts';

export type { BenignKnowledge } from '../engine/ports.ts';
export type { Mode } from '../engine/event-times.ts';
export type { RuleFilter } from '../rules/load/select.ts';

/**
 * How rules are evaluated, the fastest first; all give the same alerts. `bytes` leaves records undecoded that no rule can
 * match, `index` decodes all and looks up the rules that can match, `compiled` asks every rule, `interpreter` does so by
 * the definition of its query.
 */
export const evaluators = ['bytes', 'index', 'compiled', 'interpreter'] as const;
export type Evaluator = (typeof evaluators)[number];

export interface ScanOptions {
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
  /** Folders or files of rules; empty: the shipped rules. */
  readonly rules: readonly string[];
  readonly filter: RuleFilter;
  /** Files or folders of exceptions, and of overlays of the rules; none unless given. */
  readonly exceptions?: readonly string[];
  readonly overlays?: readonly string[];
  /** What alerts are explained by (`openBenign`); without it, they know what their rules say. */
  readonly benign?: BenignKnowledge;
  /** Event time, milliseconds since the epoch, inclusive. */
  readonly since?: number;
  readonly until?: number;
  /** Run every rule on every event, whatever index patterns it names. */
  readonly ignoreIndex: boolean;
  /** When rules decide; a stream in the order of its times unless given. */
  readonly engine?: Omit<EngineOptions, 'matcher' | 'ignoreIndex' | 'inputs'>;
  /** Files with indicators of threats, each as `FILE` or `INDEX=FILE`; without them, indicator match rules do not run. */
  readonly indicators?: readonly string[];
  /** Files with anomalies of machine learning jobs; without them, the rules over those do not run. */
  readonly anomalies?: readonly string[];
  /** What rules in ES|QL need besides events. */
  readonly queries?: QueryChoices;
  /** Files with older events, which teach the rules what is known and make no alerts. */
  readonly history?: readonly string[];
  /** Keep what is remembered in a file, and go on from there. */
  readonly state?: StateOptions;
  /** Run the rules in the other mode too, and say which alerts differ. */
  readonly compareModes?: boolean;
  /**
   * A file that gets every alert as a line of JSON: written anew, or with `state` gone on with, so that it holds each alert
   * of all runs exactly once.
   */
  readonly alerts?: string;
  /** `bytes` unless given. */
  readonly evaluator?: Evaluator;
  /** Tell in the summary what the rules cost: what the index could not spare. Read with one thread. */
  readonly costs?: boolean;
  /** Threads that look at what was read; unless given, as many as there are cores where there is enough to read. */
  readonly threads?: number;
}

export interface StateOptions {
  /** Made when it is not there. */
  readonly file: string;
  /** No more input comes after this run: decide what still waits. */
  readonly finish: boolean;
  /** Whether it is time for a checkpoint, asked after each batch; by the clock unless given. */
  readonly isDue?: () => boolean;
}

export interface ScanListener {
  rulesLoaded?(rules: RuleSet): void;
  progress?(progress: Progress): void;
  refused?(refusal: Refusal): void;
  /**
   * Called once per alert, as soon as it is final: one that waits for another stage of its request comes later than
   * those after it. The order is the same in every run.
   */
  alert?(alert: Alert): void;
  /** Asked after each event: nothing more is read before the promise is settled; undefined while there is room for alerts. */
  room?(): Promise<void> | undefined;
  /** Once, after the last alert, and before what was told counts as told in the state file. */
  ended?(summary: RunSummary): void;
  /** What it was told of is of use only once `ended` was called; a run with state that is killed before tells it again. */
  readonly tellsAtTheEnd?: boolean;
}

export interface Progress {
  readonly file: string;
  readonly filesDone: number;
  readonly files: number;
  readonly bytesRead: number;
  /** Of all inputs, where known. */
  readonly bytesTotal: number | undefined;
  readonly events: number;
  /** Of a scan. */
  readonly alerts?: number;
}

/**
 * `scan` in `app/scan.ts`. Aborting the signal ends it early with the summary of what was done; throws only for inputs
 * or rule paths that do not exist.
 */
export type Scan = (options: ScanOptions, listener: ScanListener, signal: AbortSignal) => Promise<RunSummary>;
