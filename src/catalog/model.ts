/**
 * The catalogue of false positives as it is written to `catalogue.json`: a public format, which the command line, the
 * site and the API read. Names are in snake case as they stand in the file. Lists are in a fixed order, so that the
 * same checkouts always give the same bytes.
 *
 * What is harvested (rules, statements) is other people's text and keeps author, licence, file and commit; it never
 * leaves the user's machine unless they publish it.
 */
import type { StatementOrigin as Origin } from '../model/benign.ts';
import type { ActorClass, DataSource, Family, Grade } from './behaviour/model.ts';

export type { ActorClass, DataSource, Family, Grade } from './behaviour/model.ts';

/** Grows when a field changes its meaning or goes away; new fields do not count. */
export const CATALOGUE_SCHEMA = 1;

/** `local`: a folder of TOML rules that are neither Elastic's nor ours. */
export const sourceNames = ['elastic', 'sigma', 'splunk', 'winnow', 'local'] as const;
export type SourceName = (typeof sourceNames)[number];

export { statementOrigins as origins } from '../model/benign.ts';
export type { Origin };

/** What a sentence is for; assigned by rules of thumb, so shown as automatic. */
export const roles = ['behaviour', 'verify', 'advice', 'likelihood', 'none'] as const;
export type Role = (typeof roles)[number];

export interface Sentence {
  readonly text: string;
  readonly role: Role;
}

/** `SOURCE:ID OF THE RULE`, or `SOURCE:PATH` for a rule without an id. */
export type RuleKey = string;

export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type RuleSeverity = (typeof severities)[number];

/**
 * What a rule tells about its false positives: nothing at all; only words like "unknown"; a text in its field; bullets
 * in its guide; conditions that can be executed. The best one counts.
 */
export const qualities = ['none', 'junk', 'guide', 'text', 'executable'] as const;
export type Quality = (typeof qualities)[number];

/** Offsets in UTF-16 code units into the `logic` of a rule, half-open. */
export interface LogicSpan {
  readonly start: number;
  readonly end: number;
  /** The statement that was cut out here. */
  readonly statement: string;
}

export interface Technique {
  /** As the rule writes it: `T1562.001`. */
  readonly id: string;
  /** Of ATT&CK; the rule's own name, else the id, where ATT&CK's table has none. */
  readonly name: string;
  /** Short names of its tactics: `credential-access`. */
  readonly tactics: readonly string[];
  /** The id that replaces it, shown as "T1562, now T1685". */
  readonly now?: { readonly id: string; readonly name: string };
}

/** One benign explanation: a text, or a condition that rules exclude, with every place where it was found. */
export interface Statement {
  /** `FP-` and ten letters or digits. Survives edits of the text. */
  readonly id: string;
  /** Decoration of addresses; never needed to find it. */
  readonly slug: string;
  /** `clause`: the text is a condition in a query language. */
  readonly kind: 'text' | 'clause';
  /** At most 80 characters, sentence case. */
  readonly title: string;
  /** As the first rule has it, letter by letter. */
  readonly text: string;
  /** Of texts; empty for clauses. */
  readonly sentences: readonly Sentence[];
  /** Every place, by source, rule and position. */
  readonly occurrences: readonly Occurrence[];
  /** Everything from here to `fields` is gathered from its rules and its text. */
  readonly origins: readonly Origin[];
  readonly sources: readonly SourceName[];
  readonly rules: readonly RuleKey[];
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly data: readonly DataSource[];
  readonly severities: readonly RuleSeverity[];
  readonly actors: readonly ActorClass[];
  readonly families: readonly Family[];
  /** Fields that a clause reads. */
  readonly fields: readonly string[];
  /** Every rule that has it is deprecated. */
  readonly deprecated: boolean;
  /** Ids of the curated behaviours that gather it. */
  readonly behaviours: readonly string[];
  /** Id of the cluster of near-duplicates, which is the id of its leader; absent when there are none. */
  readonly cluster?: string;
  /** Ids that once were other statements and now mean this one. */
  readonly aliases: readonly string[];
  /** The id that it was split off from. */
  readonly split_from?: string;
  /** Date of the catalogue in which it was first seen. */
  readonly first_seen: string;
  readonly last_changed: string;
  /** Earlier texts, the latest last. */
  readonly history: readonly { readonly text: string; readonly until: string }[];
}

export interface Occurrence {
  readonly rule: RuleKey;
  readonly origin: Origin;
  /** Counted from 0 within the rule and the origin. */
  readonly ordinal: number;
  /** When it is written in another way than the statement's `text` (case, line breaks). */
  readonly text?: string;
  /** The heading of a guide, or the name of a filter. */
  readonly label?: string;
  /** One-based line in the rule's file. */
  readonly line?: number;
}

export interface SourceRule {
  readonly key: RuleKey;
  readonly source: SourceName;
  /** The rule's own id; its path when it has none. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly authors: readonly string[];
  /** `Elastic`, `Nextron Systems`: who the authors write for, as far as they say. */
  readonly teams: readonly string[];
  /** SPDX identifier where it is known, else as written; `unknown` when nothing says. */
  readonly license: string;
  readonly status: 'active' | 'deprecated' | 'unsupported';
  /** As the rule writes it: `production`, `test`, `experimental`. */
  readonly maturity: string;
  /** The folder of the checkout that sorts its rules: `rules`, `rules-threat-hunting`, `detections`. */
  readonly set: string;
  /** Relative to the checkout, with `/`. */
  readonly path: string;
  /** The file at its publisher, at the commit where it is known. */
  readonly url?: string;
  readonly commit?: string;
  readonly severity?: RuleSeverity;
  /** `eql`, `TTP`, `process_creation`: the source's own kind. */
  readonly type: string;
  /** `kuery`, `eql`, `esql`, `lucene`, `sigma`, `spl`; empty for rules without logic. */
  readonly language: string;
  /** The query, or the `detection` block of a Sigma rule, as written. */
  readonly logic: string;
  /** Where `logic` excludes something; ascending, never overlapping. */
  readonly exclusions: readonly LogicSpan[];
  readonly techniques: readonly Technique[];
  readonly tactics: readonly string[];
  readonly data: readonly DataSource[];
  readonly tags: readonly string[];
  readonly references: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly created?: string;
  readonly updated?: string;
  readonly quality: Quality;
  /** What its false-positive field says when that is nothing: "Unknown". */
  readonly junk: readonly string[];
  readonly statements: readonly string[];
}

/** Near-duplicates: each member is close to the leader itself, never only to another member. */
export interface Cluster {
  /** The leader's id. */
  readonly id: string;
  readonly title: string;
  /** The leader first. */
  readonly members: readonly string[];
}

/** A statement that no rule has any more. Its id goes on answering. */
export interface Tombstone {
  readonly id: string;
  readonly kind: Statement['kind'];
  readonly title: string;
  readonly text: string;
  readonly rules: readonly RuleKey[];
  readonly aliases: readonly string[];
  readonly first_seen: string;
  readonly last_changed: string;
  readonly history: Statement['history'];
  readonly gone: string;
}

export const changeKinds = ['new', 'changed', 'gone', 'back', 'merged', 'split'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One line of the feed. The first build has none: everything would be new. */
export interface Change {
  readonly at: string;
  readonly kind: ChangeKind;
  readonly id: string;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
  /** `merged`: the id that it is an alias of; `split`: the id that it came from. */
  readonly other?: string;
}

export interface Checkout {
  /** As the user gave it, without the machine's folders above. */
  readonly name: string;
  readonly source: SourceName;
  readonly commit?: string;
  readonly license: string;
  readonly rules: number;
  /** Files that are no rules of a known kind. */
  readonly left_out: number;
  /** Files that could not be read. */
  readonly refused: readonly { readonly path: string; readonly problem: string }[];
}

/** What a curated behaviour is to the catalogue; `src/catalog/behaviour` has all of it. */
export interface BehaviourReference {
  readonly id: string;
  readonly title: string;
  readonly actor: ActorClass;
  readonly families: readonly Family[];
  readonly techniques: readonly string[];
  readonly data: readonly DataSource[];
  /** Absent without an executable profile. */
  readonly grade?: Grade;
  /** Ids of the statements that it gathers. */
  readonly statements: readonly string[];
}

/** How many, in one scope of rules (false-positives §1.1). */
export interface ScopeCounts {
  readonly rules: number;
  readonly deprecated: number;
  /** Rules with a false-positive field. */
  readonly rules_with_field: number;
  /** Entries of the field. */
  readonly occurrences: number;
  /** Different texts when case does not count, those that say nothing included. */
  readonly distinct: number;
  /** The same without Splunk's "unknown…", which LoFP drops. */
  readonly distinct_lofp: number;
  readonly informative: number;
  readonly junk: number;
  readonly junk_occurrences: number;
  /** Rules of which every entry says nothing. */
  readonly junk_rules: number;
  /** Entries that are neither in a statement nor counted as junk. Always 0. */
  readonly lost: number;
  /** Of rules with a field: different sub-techniques per rule, added up. Elastic's only. */
  readonly subtechniques: number;
  readonly guide_bullets: number;
  readonly guide_bullets_ai: number;
  /** Under headings that are exactly "False positive analysis", the way the specification counts. */
  readonly guide_bullets_plain: number;
  /** The same in guides that speak of generative AI anywhere, the way the specification counts. */
  readonly guide_bullets_plain_ai: number;
  readonly exclusions: number;
  readonly rules_with_exclusions: number;
  readonly named_filters: number;
  readonly known_list: number;
}

export interface Counts {
  /** Elastic's rules and building blocks, Sigma's `rules`, Splunk's `detections`: what LoFP reads. */
  readonly lofp: ScopeCounts;
  /** Every rule that is neither deprecated nor unsupported, from every folder. */
  readonly live: ScopeCounts;
  readonly all: ScopeCounts;
}

export interface Catalogue {
  readonly schema: typeof CATALOGUE_SCHEMA;
  /** The latest date in any rule, `YYYY-MM-DD`: the catalogue has no clock of its own. */
  readonly as_of: string;
  readonly attack: { readonly version: string; readonly attribution: string };
  readonly counts: Counts;
  readonly checkouts: readonly Checkout[];
  readonly behaviours: readonly BehaviourReference[];
  readonly statements: readonly Statement[];
  readonly rules: readonly SourceRule[];
  readonly clusters: readonly Cluster[];
  readonly tombstones: readonly Tombstone[];
  readonly changes: readonly Change[];
}
