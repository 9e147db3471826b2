/**
 * What is known to be benign about the alerts of a rule, and which of it fits an alert's own events: from the catalogue of
 * false positives to the alert document, the summary and the reports.
 */

/**
 * How much a field is worth as evidence (false-positives §3.4): `A` asserted by the platform, `B` asserted but broad, `C`
 * chosen by the requester but anchored, `D` a free string of the requester.
 */
export const grades = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof grades)[number];

/** Where in a rule a statement was found, the most trustworthy first (false-positives §2.3). */
export const statementOrigins = [
  'inline-exclusion',
  'named-filter',
  'known-fp-list',
  'field',
  'guide',
  'guide-ai',
] as const;
export type StatementOrigin = (typeof statementOrigins)[number];

/** How something came to a rule: it is about the rule itself, about one of its name, or about one of its techniques. */
export const vias = ['rule', 'name', 'technique'] as const;
export type Via = (typeof vias)[number];

export interface KnownBenign {
  /** What the rule says itself comes first. */
  readonly statements: readonly BenignStatement[];
  readonly behaviours: readonly BenignBehaviour[];
}

export interface BenignStatement {
  /** In the catalogue; absent for what only the rule says. */
  readonly id?: string;
  /** As written. */
  readonly text: string;
  readonly origin: StatementOrigin;
  /** The rule set of the catalogue, and its licence; absent for what only the rule says. */
  readonly source?: string;
  readonly license?: string;
  readonly via: Exclude<Via, 'technique'>;
}

export interface BenignBehaviour {
  /** `BP-0012` */
  readonly id: string;
  readonly title: string;
  /** Absent for a behaviour that cannot be told from the fields of an event. */
  readonly grade?: Grade;
  readonly via: Via;
}

/** A profile of a behaviour that fits an event. */
export interface Fit {
  readonly behaviour: string;
  readonly title: string;
  readonly grade: Grade;
  /** The query that held, with the values of its parameters. */
  readonly profile: string;
}

/** A profile that fits at least one event of an alert. */
export interface Explanation extends Fit {
  /** Positions of those events among the alert's sources. */
  readonly events: readonly number[];
  /** Every event that the alert stands on fits. */
  readonly whole: boolean;
}

/** Only the platform could have written what such a profile rests on; of C and D, the requester chose some. */
export const isSure = (grade: Grade): boolean => grade === 'A' || grade === 'B';

/** Whether an alert counts as explained: one profile that cannot be imitated fits all its events. */
export const isExplained = (explanations: readonly Explanation[] = []): boolean =>
  explanations.some(({ whole, grade }) => whole && isSure(grade));
