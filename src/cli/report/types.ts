/** The one interface of all outputs of a scan. */
import type { Alert, Severity } from '../../model/alert.ts';
import type { Piece } from '../../model/alert-parts.ts';
import type { RunSummary } from '../../model/summary.ts';
import type { RuleView } from '../rule-view.ts';
import type { Style } from '../terminal.ts';

export interface ReportFormat {
  /** What it is good for, in a few words, for help and the reference page. */
  readonly doc: string;
  /** Everything comes at the end, so that progress on the same terminal is not in the way. */
  readonly atTheEnd: boolean;
  /** It is for the terminal and ends with the summary, which goes to stderr otherwise. */
  readonly forTerminal?: true;
  /** Every alert is of use by itself, also when the process is killed before the end. */
  readonly standsAlone?: true;
  readonly create: (context: ReportContext) => Report;
}

/** Called in this order: `start` once, `alert` for each, `finish` once, also after an interruption. */
export interface Report {
  start(rules: readonly RuleView[]): void;
  alert(alert: Alert): void;
  finish(summary: RunSummary): void;
}

export interface ReportContext {
  /** Writes to standard output. */
  readonly write: (text: Piece) => void;
  readonly style: Style;
  readonly version: string;
  readonly failOn: Severity | 'never';
  /** Groups to show; 0 for all. */
  readonly maxGroups: number;
  /** Whether to end with what to try next. */
  readonly hints: boolean;
  /** No rules were named, so the shipped ones ran. */
  readonly shippedRules: boolean;
}
