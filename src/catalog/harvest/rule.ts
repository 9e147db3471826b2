/** A rule as its file has it, before statements get ids. Every format's reader makes these. */
import type { Said } from './clause-words.ts';
import type { DataSource, Origin, RuleSeverity, SourceName, SourceRule } from '../model.ts';

export interface HarvestedRule extends Pick<
  SourceRule,
  | 'source'
  | 'id'
  | 'name'
  | 'description'
  | 'authors'
  | 'teams'
  | 'status'
  | 'maturity'
  | 'type'
  | 'language'
  | 'logic'
> {
  /** Of this rule; absent when only the checkout has one. */
  readonly license?: string;
  readonly severity?: RuleSeverity;
  readonly created?: string;
  readonly updated?: string;
  readonly techniques: readonly { readonly id: string; readonly name?: string }[];
  /** Short names. */
  readonly tactics: readonly string[];
  readonly data: readonly DataSource[];
  readonly tags: readonly string[];
  readonly references: readonly string[];
  /** The false-positive field, every entry. */
  readonly field: readonly Found[];
  /** Bullets of the guide, exclusions, named filters. */
  readonly found: readonly Found[];
  /** What the guide says about generative AI. */
  readonly guide?: Guide;
}

export interface Guide {
  /** It carries the notice that it was written by or with generative AI. */
  readonly ai: boolean;
  /** It speaks of generative AI in any way. */
  readonly mentionsAi: boolean;
}

export interface Found {
  readonly origin: Origin;
  /** As written. */
  readonly text: string;
  readonly label?: string;
  readonly line?: number;
  /** A paragraph of a guide's section that has no bullets. */
  readonly paragraph?: true;
  /** Where it stands in `logic`. */
  readonly span?: { readonly start: number; readonly end: number };
  readonly fields?: readonly string[];
  /** A condition, to be put into words. */
  readonly said?: Said;
}

/** Filters and lists that stand in files of their own and name the rules that they are for. */
export interface Attachment {
  readonly source: SourceName;
  /** Ids or names of rules; `any`: every rule of the source that `applies` accepts. */
  readonly rules: readonly string[];
  readonly found: Found;
}

/** What one file gives. */
export interface Harvested {
  readonly rules: readonly HarvestedRule[];
  readonly attachments?: readonly Attachment[];
  /** The file had to be mended to be read: how. */
  readonly mended?: string;
}

/** A file that cannot be read, in words. */
export class Unreadable extends Error {}
