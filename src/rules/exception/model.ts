/** Exception lists as every format of them is read (engine A7): items are alternatives, the entries of one all hold. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Pattern } from '../../data/pattern.ts';
import type { Located } from '../format/cursor.ts';

export interface ExceptionList {
  /** What rules and overlays name it by. */
  readonly listId: string;
  readonly name: string;
  /** Lists of type `endpoint` are for the agent on the host and except no alert of a rule. */
  readonly type: ListType;
  readonly items: readonly ExceptionItem[];
  readonly place: Located;
}

export const listTypes = ['detection', 'rule_default', 'endpoint'] as const;
export type ListType = (typeof listTypes)[number];

export interface ExceptionItem {
  /** Unique in its list. */
  readonly id: string;
  readonly name: string;
  readonly owner?: string;
  readonly reason?: string;
  /** The last moment at which it applies, in milliseconds since the epoch. */
  readonly expires?: number;
  /** Only events of one of these systems; empty: of any. */
  readonly osTypes: readonly OsType[];
  /** The rules that it is for, beside those that name its list. */
  readonly rules: RuleChoice;
  readonly entries: readonly Entry[];
  readonly place: Located;
}

export const osTypes = ['windows', 'linux', 'macos'] as const;
export type OsType = (typeof osTypes)[number];

/** Rules that fit any of the words; in names and tags `*` is any run of characters and case is ignored. */
export interface RuleChoice {
  readonly all: boolean;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly tags: readonly string[];
}

export const noRules: RuleChoice = { all: false, ids: [], names: [], tags: [] };

interface FieldEntry {
  /** Inside a nested entry below its path. */
  readonly field: string;
  /** Plain negation: true for an event without the field. */
  readonly excluded: boolean;
  readonly place: Located;
}

/** The field is one of the values; analysed text holds one of them as a phrase. */
interface ValuesEntry extends FieldEntry {
  readonly kind: 'values';
  readonly values: readonly string[];
  readonly ignoreCase: boolean;
}

interface PatternsEntry extends FieldEntry {
  readonly kind: 'patterns';
  readonly patterns: readonly Pattern[];
  readonly ignoreCase: boolean;
}

interface ExistsEntry extends FieldEntry {
  readonly kind: 'exists';
}

/** The field, whatever its type, holds an address in one of the blocks. */
interface BlocksEntry extends FieldEntry {
  readonly kind: 'blocks';
  readonly blocks: readonly string[];
}

/** The field is one of the values of a list that stands elsewhere. */
interface ListEntry extends FieldEntry {
  readonly kind: 'list';
  readonly listId: string;
  /** `keyword`, `ip`, `ip_range`, …; that of the list, else of the field when absent. */
  readonly type?: string;
  readonly ignoreCase: boolean;
}

/** One object of the nested field satisfies all entries by itself. */
interface NestedEntry extends FieldEntry {
  readonly kind: 'nested';
  readonly entries: readonly Entry[];
}

export type Entry = ValuesEntry | PatternsEntry | ExistsEntry | BlocksEntry | ListEntry | NestedEntry;

/** Values that entries of type `list` refer to. */
export interface ValueList {
  readonly id: string;
  readonly type?: string;
  readonly values: readonly ListedValue[];
}

export interface ListedValue {
  readonly text: string;
  readonly place: Located;
}

/** What one file holds. An item with an error in it is left out, with that error. */
export interface ExceptionFile {
  readonly lists: readonly ExceptionList[];
  readonly valueLists: readonly ValueList[];
  readonly diagnostics: readonly Diagnostic[];
}
