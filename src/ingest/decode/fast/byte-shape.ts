/** A shape of records as its bytes show it, and what is known of a record without decoding it. */

import type { Interest } from '../../../model/interest.ts';
import type { IngestOptions } from '../../types.ts';
import type { ByteNode, Fact } from './byte-node.ts';
import type { Layout } from './layout.ts';

/** What normalising would say of a record besides its document. */
export interface Outline {
  readonly identity: readonly (string | undefined)[];
  readonly request?: readonly (string | undefined)[] | undefined;
}

/**
 * A fact is one plain text, which is not empty, equals another or begins with it; or it is there, whatever it is; or, where
 * only lists and objects are understood, it is a list with something in it.
 */
export type FactTest =
  | { readonly fact: Fact; readonly kind: 'text' | 'word' | 'there' | 'list' }
  | { readonly fact: Fact; readonly kind: 'equal' | 'starts'; readonly text: string };

export interface ByteShape {
  /** As in `Shape`. */
  readonly name: string;
  readonly layout: Layout;
  readonly facts: number;
  /** A record that passes has the shape beyond doubt, whatever else could be found in it. */
  readonly fits: readonly FactTest[];
  /** A record that passes is left out on purpose, for this reason. */
  readonly leftOut?: { readonly tests: readonly FactTest[]; readonly reason: string } | undefined;
  /** What must be one plain text or absent, and what must not be seen twice; else the record is doubtful. */
  readonly clear: readonly Fact[];
  readonly single: readonly Fact[];
  /** The time of the event. */
  readonly time: Fact;
  /** What decides on the index. */
  readonly route: readonly Fact[];
  /** Without this fact, equal records may be two. */
  readonly neededId?: Fact;
  /** An empty text is a value in the document. */
  readonly emptyCounts: boolean;
  /** Whether the key is the identity and the content, as in `Shape`. */
  readonly keyedByContent: boolean;
  /** From the texts of facts; it asks for the same ones in the same order whatever they are. */
  readonly outline: (textOf: (fact: Fact) => string | undefined) => Outline;
  /** What it takes over from what carries it. */
  readonly handed?: readonly Handed[];
  /** Each record is another event, too. */
  readonly second?: ByteShape;
  /** Of the events that a record is, which one this is, if not the first. */
  readonly which?: number;
}

/** A value that a record gets from what carries it: a fact there, of which nothing comes when it is absent, or a part of it. */
export interface Handed {
  readonly from: Fact;
  /** Of a path, which must have it. */
  readonly segment?: Segment;
  /** What it is here. */
  readonly fact: Fact | undefined;
  readonly node: ByteNode;
}

/** It goes up to the next slash, and is not empty. */
export interface Segment {
  /** Where it stands first, the segment begins; in lower case, but found in any. */
  readonly marker: string;
  /** What follows the segment, if that matters. */
  readonly rest: string | undefined;
}

/** What carries records, as a text alone, or in a list of texts or of objects. */
export interface ByteCarrier {
  readonly root: ByteNode;
  readonly facts: number;
  /** A carrier that passes is one beyond doubt, whatever its texts are. */
  readonly fits: readonly FactTest[];
  /**
   * How many objects there are besides those that have a text each; `any` where the records are objects themselves, and
   * undefined where there is only one text.
   */
  readonly others: number | 'any' | undefined;
  /** It is a line of a program, which has its line feed and may be one part of several. */
  readonly isLine: boolean;
  /** Of the records. */
  readonly shapes: readonly ByteShape[];
}

/** Undefined when the options ask for what needs the whole record. */
export type ByteShapeMaker = (interest: Interest, options: IngestOptions) => ByteShape | undefined;
