/** What a run did, in the order in which every report prints it. Nothing is left out: what went in comes out counted. */
import type { Severity } from './alert.ts';
import type { Grade, KnownBenign } from './benign.ts';

export interface RunSummary {
  readonly schema: 1;
  readonly input: InputSummary;
  readonly rules: RuleSummary;
  readonly alerts: AlertSummary;
  /** Those with unexplained alerts first, then the most severe. */
  readonly groups: readonly AlertGroup[];
  /** Of rules that need memory. */
  readonly state?: StateSummary;
  /** Of a run that goes on from a state file, or whose state goes on. */
  readonly resumed?: ResumedSummary;
  /** What a language model was asked; absent unless rules may ask one. */
  readonly completion?: CompletionSummary;
  /** Rules whose alerts differ between the modes; absent unless the modes were compared. */
  readonly modes?: ModeComparison;
  readonly elapsed: {
    /** Wall-clock milliseconds of the whole run, and of loading the rules. */
    readonly milliseconds: number;
    readonly ruleLoadMilliseconds: number;
    readonly eventsPerSecond: number;
  };
  /** True when a signal ended the run early. */
  readonly interrupted: boolean;
}

export interface CompletionSummary {
  readonly provider: 'prefilter' | 'fixture' | 'http';
  /** Different questions, and those of them that were answered. */
  readonly asked: number;
  readonly answered: number;
  /** By reason. */
  readonly unanswered: readonly Count[];
  /** Of a provider that is paid for: repeats are requests too. */
  readonly requests?: number;
  readonly tokens?: number;
}

export interface InputSummary {
  readonly files: number;
  readonly bytes: number;
  /** Records read, events that came out of them. */
  readonly records: number;
  readonly events: number;
  /** First and last event time, milliseconds since the epoch; absent when no event has a time. */
  readonly span?: { readonly from: number; readonly to: number };
  readonly withoutTime: number;
  /** Left out on purpose: `RequestReceived` stages, byte-equal repeats, outside --since/--until. */
  readonly skipped: readonly Count[];
  /** Used all the same, after a repair: invalid UTF-8 replaced, NUL bytes left out. */
  readonly repaired: readonly Count[];
  /** Could not be used, by message code, with the first places. */
  readonly refused: readonly (Count & { readonly code: string; readonly examples: readonly string[] })[];
  /** By normaliser: `kubernetes.audit`, `ecs`, `tetragon`, … */
  readonly shapes: readonly Count[];
  /** Events that have none of the fields that any runnable rule reads. */
  readonly unreadable: number;
  /**
   * Fields that no event had and without which runnable rules cannot match, with the number of those rules; what
   * silences the most severe ones comes first.
   */
  readonly missingFields: readonly Count[];
  /** Of a scan that judges events from their bytes and tells its costs: what it had to decode all the same. */
  readonly reading?: ReadingSummary;
  /** What was read besides the events: indicators of threats, older events. */
  readonly beside?: readonly BesideSummary[];
}

export interface ReadingSummary {
  /** Events that were judged from their bytes. */
  readonly fromBytes: number;
  /** Lines that were looked at and decoded, by the reason. What lies in lists or over several lines is not among them. */
  readonly decoded: readonly Count[];
}

export interface BesideSummary {
  readonly what: 'indicators' | 'history';
  readonly files: number;
  readonly records: number;
  readonly used: number;
  readonly refused: number;
  /** First and last time, milliseconds since the epoch; absent when none has a time. */
  readonly span?: { readonly from: number; readonly to: number };
}

export interface Count {
  readonly what: string;
  readonly count: number;
}

export interface RuleSummary {
  readonly loaded: number;
  readonly runnable: number;
  /** By reason, with the rules' names. */
  readonly notRunnable: readonly (Count & {
    readonly explanation: string;
    readonly rules: readonly string[];
  })[];
  readonly refusedFiles: readonly { readonly file: string; readonly message: string }[];
  /** Runnable rules that matched nothing. */
  readonly neverMatched: number;
  /** Runnable rules whose index patterns fit no event that was read. */
  readonly withoutData: number;
  /** Questions that no answer was found to within a limit, by the limit's name: these events may be missing alerts. */
  readonly undecided: readonly (Count & { readonly rules: readonly string[] })[];
  /**
   * Rules in ES|QL whose queries lost something on the way, as often as it was computed: `mvNull` (null because a field
   * has several values), `convFail` (no value of its type), `arithmetic`, `unmapped` (a field that no event has and no
   * table knows), `approximate` (an estimate), `overLimit` (cut off). Absent when there are none.
   */
  readonly losses?: readonly { readonly rule: string; readonly counts: readonly Count[] }[];
  /** Absent unless it was asked for. */
  readonly costs?: RuleCosts;
}

/** What the index could not spare. */
export interface RuleCosts {
  /** How often a condition of a rule was asked about an event, for all rules together. */
  readonly tried: number;
  /** Of the rules that were asked most often; `held` are the events for which a condition held. */
  readonly most: readonly { readonly rule: string; readonly tried: number; readonly held: number }[];
  /** Rules that are asked about every event that they read, as no index helps them. */
  readonly unindexed: readonly string[];
}

export interface AlertSummary {
  /** Without excepted ones. */
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly buildingBlocks: number;
  /** Candidates that no language model has confirmed, part of the total; absent when there are none. */
  readonly leads?: number;
  /** Matches folded into another alert because they are another stage of the same request. */
  readonly foldedStages: number;
  /** Alerts that were not held for another stage until the end, because `limits.heldAlerts` were held already. */
  readonly releasedEarly: number;
  readonly excepted: ExceptedSummary;
  /** How many of them profiles of benign behaviours explain. */
  readonly explained: ExplainedShare;
}

/** How much of a set of alerts or events the profiles explain. */
export interface ExplainedShare {
  readonly total: number;
  /** Those that a profile of grade A or B explains; what the requester may have chosen counts as unexplained. */
  readonly explained: number;
  /** By the best grade of an explanation, C and D too. */
  readonly byGrade: Readonly<Record<Grade, number>>;
  /** Those that explain most come first. */
  readonly behaviours: readonly BehaviourShare[];
}

export interface BehaviourShare {
  readonly behaviour: string;
  readonly title: string;
  readonly grade: Grade;
  /** All that it explains. */
  readonly explains: number;
  /** Those for which it is the first explanation: they add up to all that any profile explains. */
  readonly first: number;
}

export interface ExceptedSummary {
  /** Alerts that were made, marked and not counted elsewhere. */
  readonly alerts: number;
  /** Events that were hidden from rules that ask for several. */
  readonly events: number;
  /** Every item that a rule ran with, those that never hit among them; the most frequent first. */
  readonly items: readonly ExceptedItem[];
}

export interface ExceptedItem {
  readonly list: string;
  readonly item: string;
  readonly name: string;
  readonly owner?: string;
  /** ISO 8601. */
  readonly expires?: string;
  readonly alerts: number;
  readonly events: number;
  /** Names of the rules that it took something from. */
  readonly rules: readonly string[];
  /**
   * ISO 8601: it has taken nothing since then, which is 90 days of event time or more. A state file keeps that from run to
   * run.
   */
  readonly unusedSince?: string;
}

/** What rules with memory did with what they could not treat as if it had come in order and fitted in. */
export interface StateSummary {
  /** Matches that came later than the allowed lateness; they are used as far as what is remembered allows. */
  readonly late: number;
  /** Matches of rules with memory that have no time. */
  readonly untimed: number;
  /** Events so far ahead of all others that they did not move the time. */
  readonly ahead: number;
  /** What was forgotten because a limit was reached, by the limit's name: alerts may be missing. */
  readonly evictions: readonly (Count & { readonly rules: readonly string[] })[];
  /** New terms rules that know too little history: until when (milliseconds since the epoch), and what was held back. */
  readonly learning: readonly { readonly rule: string; readonly until: number; readonly count: number }[];
  /** Alerts about one event of a sequence: written beside the alert about all of it, and in no other number here. */
  readonly sequenceParts: number;
  /** Alerts folded into another one of the same group (suppression). */
  readonly suppressed: number;
  /** Detections on alerts that the same rule had a part in. */
  readonly looped: number;
  /** What is remembered at the end of the input, by kind; the bytes of memory are estimated. */
  readonly remembered: readonly (Count & { readonly bytes: number })[];
  /** The rules that need most of it, each as if it were alone. */
  readonly largest: readonly { readonly rule: string; readonly bytes: number }[];
  /** Detections over `max_signals` that stand in a summary alert, and those that were dropped as Kibana does. */
  readonly folded: number;
  readonly dropped: number;
  /** Time that no run of a rule covered, in milliseconds. */
  readonly gaps: readonly { readonly rule: string; readonly milliseconds: number }[];
}

export interface AlertGroup {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly riskScore: number;
  readonly count: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The most frequent actors and targets, at most five each, with how many there are in all. */
  readonly actors: readonly Count[];
  readonly actorCount: number;
  /** The count stopped at `limits.distinctValues`: read it as "over". */
  readonly actorsOver: boolean;
  readonly targets: readonly Count[];
  readonly targetCount: number;
  readonly targetsOver: boolean;
  /** The most frequent actors of its unexplained alerts, at most five. */
  readonly unexplainedActors: readonly Count[];
  /** The reason of the first unexplained alert; of the first one when all are explained. */
  readonly example: string;
  /** What is known to be benign about the rule. */
  readonly benign: KnownBenign;
  /** What profiles explain of its alerts. */
  readonly explained: ExplainedShare;
  readonly techniques: readonly { readonly id: string; readonly name: string }[];
}

export interface ResumedSummary {
  /** Events that an earlier run took already: they were passed over. */
  readonly passed: number;
  /** Alerts that an earlier run found and that were told only now. */
  readonly retold: number;
  /** Rules that are new or have changed: they begin anew, and did not see those events. */
  readonly anew: readonly string[];
  /** Rules whose exceptions are others now: they apply from here on, and what is remembered stays as it was judged. */
  readonly otherExceptions: readonly string[];
  /** Files whose events are not those that the earlier run took; what was passed over in them is not certain. */
  readonly changed: readonly string[];
  /** The state is kept for more input: what waits for later events is not told yet. */
  readonly open: boolean;
  /** The file of alerts was not there any more, and holds only what was found now. */
  readonly alertsFileGone?: true;
}

export interface ModeComparison {
  /** The mode whose alerts are reported. */
  readonly mode: 'stream' | 'compat';
  readonly rules: readonly ModeDifference[];
  /** Alerts that were not compared because too many differed. */
  readonly notCompared: number;
}

export interface ModeDifference {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly stream: ModeSide;
  readonly compat: ModeSide;
  /** Until when the stream learns what is known, so that it holds back alerts; absent when it does not. */
  readonly learningUntil?: number;
}

export interface ModeSide {
  readonly alerts: number;
  /** Those that the other mode does not have. */
  readonly only: number;
  /** The first of those. */
  readonly example?: ModeExample;
}

export interface ModeExample {
  readonly id: string;
  readonly time: number | undefined;
  readonly reason: string;
  readonly places: readonly string[];
}
