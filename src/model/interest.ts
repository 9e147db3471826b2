/**
 * What the loaded rules look for, told so that a reader of bytes can find out which events no rule can match without
 * making documents of them. Everything may be told too often, nothing too seldom.
 */
import type { Block } from '../data/address.ts';
import type { JsonObject, Scalar } from '../data/document.ts';

/** What a fact about an event says to the rules. */
export type Meaning = object;

/** The rules that read a kind of event. */
export type Readers = object;

/** What the values of a path are looked up in, by their text in lower case or as numbers. */
export interface Lookup {
  readonly texts: ReadonlyMap<string, Meaning>;
  /** Pieces of texts in ASCII and lower case, with where they must stand and the meaning of each. */
  readonly parts:
    | {
        readonly needles: readonly Piece[];
        readonly postings: readonly Meaning[];
      }
    | undefined;
  readonly numbers: readonly (readonly [number: number, meaning: Meaning])[];
  readonly bounds: readonly {
    readonly order: 'lt' | 'lte' | 'gt' | 'gte';
    readonly than: number;
    readonly posting: Meaning;
  }[];
  readonly blocks: readonly { readonly block: Block; readonly posting: Meaning }[];
  /** A text that is a number says more: `value` tells what. */
  readonly readsNumbers: boolean;
}

/** Gives values of an event, by the positions of their paths; a column takes those of one path. */
export interface Values {
  fill(path: number, column: { add(value: Scalar): void }): void;
  isPresent(path: number): boolean;
}

/** A piece of a text in ASCII and lower case, with where it must stand. */
export interface Piece {
  readonly text: string;
  readonly at: 'anywhere' | 'start' | 'end';
}

/** What some tests ask of a text in lower case: to be one of these, or to hold one of the pieces. */
export interface Sought {
  readonly texts: readonly string[];
  readonly pieces: readonly Piece[];
}

/** The paths whose values a condition reads, and those that it asks for any. */
export interface Reads {
  readonly values: readonly number[];
  /** Of these, the ones whose values may be any, but for whether a text is empty. */
  readonly emptiness: readonly number[];
  /**
   * Of these, the ones of which only some values matter: a text that in lower case is none of the texts and holds none of the
   * pieces fails every test that is put to it. Whether it is empty may matter all the same.
   */
  readonly sought: ReadonlyMap<number, Sought>;
  /** Of these, the ones of which it only matters whether values of these other paths begin with theirs. */
  readonly beginnings: ReadonlyMap<number, readonly number[]>;
  readonly presences: readonly number[];
  /** The answer also depends on the time. */
  readonly clock: boolean;
}

export interface Interest {
  /** The paths whose values, or the presence of any, may matter; other methods name them by their position here. */
  readonly paths: readonly string[];
  /** Of those, so many are asked of every event; the ones behind are only read of events for which conditions hold. */
  readonly asked: number;
  /**
   * For each condition the paths of which values are read of an event for which it holds; undefined where its document is
   * needed.
   */
  readonly wants: readonly (ReadonlySet<number> | undefined)[];
  /** What it says that there is a value at the path or below it, whatever it is; undefined for nothing. */
  presence(path: number): Meaning | undefined;
  /** What it says that this value stands at the path; undefined for nothing. */
  value(path: number, value: Scalar): Meaning | undefined;
  /** All that any value at the path could say. */
  anything(path: number): Meaning | undefined;
  /** What the values at the path are looked up in; undefined where none says anything. */
  lookup(path: number): Lookup | undefined;
  /** Several meanings as one. */
  joined(meanings: readonly Meaning[]): Meaning;
  /**
   * What an event must meet is sets of bits, one behind the other, with a bit for each condition in each set. Some bits
   * are met from the beginning; a condition may hold for an event that meets its bit in all of them.
   */
  readonly atFirst: { readonly sets: number; readonly bits: Int32Array };
  /** The words of the sets, and the bits in them, that a meaning meets. */
  bitsOf(meaning: Meaning): readonly (readonly [word: number, mask: number])[];
  /** A bit for each condition that the readers ask. */
  conditionsOf(readers: Readers): Int32Array;
  /** What a condition reads; undefined for one that needs the document. */
  reads(condition: number): Reads | undefined;
  /**
   * Which of these conditions hold for an event of this time; undefined when that cannot be told without its document.
   * All of them have `reads`.
   */
  decide(conditions: ArrayLike<number>, values: Values, time: number): readonly number[] | undefined;
  /** The outcome of these was known for so many events without asking: they count as tried all the same. */
  countKnown(conditions: ArrayLike<number>, events: number): void;
  /** Who reads an event: the same for all events with the same index. */
  readersOf(document: JsonObject): Readers;
  /** Whether some earlier event was found to have a value at the path or below it. */
  isKnown(path: number): boolean;
  /** Whether documents of some events, of any, would help to choose what is looked up. */
  readonly wantsSample: boolean;
  sample(document: JsonObject): void;
  /**
   * Chooses anew what is looked up, when enough documents were seen: if so, all that was told before is void, but for
   * `paths` and `reads`.
   */
  renew(): boolean;
  /** How often enough documents were seen for that, whether or not it chose anew since. */
  readonly choices: number;
  /** What it was shown, as plain data: for another thread, to choose the same. */
  readonly shown: object;
}
