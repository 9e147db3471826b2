/** What a normaliser is: one kind of record, and the ECS documents that it becomes. */
import type { JsonObject } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import type { IngestOptions } from '../types.ts';

export interface NormalisedEvent {
  readonly document: JsonObject;
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
  /** What makes this event that event: the material of its key. */
  readonly identity: readonly (string | undefined)[];
  /** What the stages of one request share and a client cannot choose alone: the material of `requestKey`. */
  readonly request?: readonly (string | undefined)[] | undefined;
}

/** Either events, or the reason why there are none on purpose. */
export type Normalised = readonly NormalisedEvent[] | string;

export interface Shape {
  /** As the summary counts it. */
  readonly name: string;
  readonly fits: (record: JsonObject, delivery: Delivery) => boolean;
  /** May change the record in place. */
  readonly normalise: (record: JsonObject, delivery: Delivery, options: IngestOptions) => Normalised;
  /**
   * False where two byte-equal records may be two events: documents without an id of their own. True where the
   * source numbers or times its records so finely that the second can only be the first once more.
   */
  readonly hasIdentity: (record: JsonObject, delivery: Delivery) => boolean;
  /**
   * True where the key is the identity and the content. False where the identity alone is the key, so that one event
   * has one key however it was delivered.
   */
  readonly keyedByContent: boolean;
}

/** A shape that shows by its own fields. */
export interface SignedShape extends Shape {
  /** Every record that fits has one of these keys, or one that begins as one that ends in `*`. */
  readonly signs: readonly string[];
}
