/** What a front end (command line, later the server) asks of a scan and hears from it. */
import type { EngineOptions } from '../engine/engine.ts';
import type { Alert } from '../model/alert.ts';
import type { RunSummary } from '../model/summary.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { RuleFilter } from '../rules/load/select.ts';
import type { RuleSet } from '../rules/rule.ts';

export type { RuleFilter } from '../rules/load/select.ts';

export interface ScanOptions {
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
  /** Folders or files of rules; empty: the shipped rules. */
  readonly rules: readonly string[];
  readonly filter: RuleFilter;
  /** Files or folders of exceptions, and of overlays of the rules; none unless given. */
  readonly exceptions?: readonly string[];
  readonly overlays?: readonly string[];
  /** Event time, milliseconds since the epoch, inclusive. */
  readonly since?: number;
  readonly until?: number;
  /** Run every rule on every event, whatever index patterns it names. */
  readonly ignoreIndex: boolean;
  /** When rules decide and what they read besides events; a stream in the order of its times unless given. */
  readonly engine?: Omit<EngineOptions, 'matcher' | 'ignoreIndex'>;
  /** Anomalies of machine learning jobs are among the inputs: the rules over them run. */
  readonly anomalies?: boolean;
  /** Evaluate with the interpreter only: slow, for comparison. */
  readonly interpret: boolean;
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
}

export interface Progress {
  readonly file: string;
  readonly filesDone: number;
  readonly files: number;
  readonly bytesRead: number;
  /** Of all inputs, where known. */
  readonly bytesTotal: number | undefined;
  readonly events: number;
  readonly alerts: number;
}

/**
 * `scan` in `app/scan.ts`. Aborting the signal ends it early with the summary of what was done; throws only for inputs
 * or rule paths that do not exist.
 */
export type Scan = (options: ScanOptions, listener: ScanListener, signal: AbortSignal) => Promise<RunSummary>;
