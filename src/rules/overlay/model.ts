/** Local changes to rules of somebody else, which stay as they are in their files. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Source } from '../../base/source.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Cursor } from '../format/cursor.ts';

export interface Overlay {
  readonly ruleId: string;
  readonly reason?: string;
  /** False switches the rule off; true runs one that is off by default. */
  readonly enabled?: boolean;
  /** What replaces keys of `[rule]`; tables are merged key by key. */
  readonly patch: JsonObject;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  /** Ids of exception lists that the rule gets beside its own. */
  readonly lists: readonly string[];
  readonly clauses: readonly Clause[];
  readonly base?: Base;
  /** The whole, for messages. */
  readonly cursor: Cursor;
}

/** What an event must fulfil, or must not, besides the rule's query; in the rule's language. */
export interface Clause {
  readonly text: Source;
  readonly negated: boolean;
}

/** The version of the rule that the overlay was written against. */
export interface Base {
  readonly updatedDate?: string;
  /** SHA-256 of the query's text, hexadecimal. */
  readonly querySha256?: string;
  /** The author's values of keys that the overlay changes. */
  readonly values: JsonObject;
}

export interface OverlaySet {
  readonly overlays: readonly Overlay[];
  readonly diagnostics: readonly Diagnostic[];
  /** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. */
  readonly digest: (text: string) => string;
}
