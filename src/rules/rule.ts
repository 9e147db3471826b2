/** A detection rule after loading: its typed document, and its compiled query or the reason why there is none. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { Plan } from '../plan/plan.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { RuleDocument } from './format/schema.ts';

export interface LoadedRule {
  /** Path of the file, as found under what the user gave. */
  readonly file: string;
  readonly document: RuleDocument;
  /** The query with its place in the file; absent for rules without one (machine learning). */
  readonly query?: Source;
  /** Query and filters together; absent when the query does not compile or its language is not known. */
  readonly plan?: Plan;
  /** Of threat match rules: the condition on the indicators. */
  readonly threatPlan?: Plan;
  /** What keeps its events from becoming alerts (engine A7), in the order in which it was given. */
  readonly exceptions?: readonly RuleException[];
  /** The local file that changes the rule. */
  readonly overlay?: RuleOverlay;
  readonly status: RuleStatus;
  /** Warnings and errors about this rule, with places in its file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One item of an exception list. Rules that it is for share the object. */
export interface RuleException {
  readonly list: string;
  readonly item: string;
  readonly name: string;
  /** Who answers for it; Elastic's formats do not tell. */
  readonly owner?: string;
  readonly reason?: string;
  /** ISO 8601: the last moment at which it applies. */
  readonly expires?: string;
  /** The events that it is for; false once their time is past `expires`. */
  readonly where: Predicate;
  /** Where it stands in its file. */
  readonly place: { readonly source: Source; readonly span: Span };
}

export interface RuleOverlay {
  readonly file: string;
  /** True for a rule that is off by default and shall run all the same. */
  readonly enabled?: boolean;
}

export type RuleStatus =
  | { readonly runnable: true }
  | {
      readonly runnable: false;
      /** Short and stable, for counting: `type:threshold`, `language:esql`, `plan:sequence`, `deprecated`, `duplicate`, `error`. */
      readonly reason: string;
      /** A sentence for people. */
      readonly explanation: string;
    };

export interface RuleSet {
  readonly rules: readonly LoadedRule[];
  /** Files that could not be read as a rule at all, with what is wrong. */
  readonly refused: readonly { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[];
  /** About the set and not one rule: files left out, folders that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Wall-clock milliseconds that loading took. */
  readonly milliseconds: number;
}
