/**
 * What the loaded rules look for, told so that a reader of bytes can find out which events no rule can match without
 * making documents of them. Everything may be told too often, nothing too seldom.
 */
import type { JsonObject, Scalar } from '../data/document.ts';

/** What a fact about an event says to the rules. */
export type Meaning = object;

/** The rules that read a kind of event. */
export type Readers = object;

export interface Interest {
  /** The paths whose values, or the presence of any, may matter; other methods name them by their position here. */
  readonly paths: readonly string[];
  /** What it says that there is a value at the path or below it, whatever it is; undefined for nothing. */
  presence(path: number): Meaning | undefined;
  /** What it says that this value stands at the path; undefined for nothing. */
  value(path: number, value: Scalar): Meaning | undefined;
  /** All that any value at the path could say. */
  anything(path: number): Meaning | undefined;
  /** Several meanings as one. */
  joined(meanings: readonly Meaning[]): Meaning;
  /** Forgets the event before. */
  begin(): void;
  note(meaning: Meaning): void;
  /** Whether one of these rules may match an event of which everything was noted. */
  mayMatch(readers: Readers): boolean;
  /** Who reads an event: the same for all events with the same index. */
  readersOf(document: JsonObject): Readers;
  /** Whether some earlier event was found to have a value at the path or below it. */
  isKnown(path: number): boolean;
}
