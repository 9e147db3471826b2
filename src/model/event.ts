/** One event on its way through the engine: the ECS document, and what is known about where it came from. */
import type { Documented, JsonObject } from '../data/document.ts';

/** Where a record was read. */
export interface Origin {
  /** Path of the file as the user gave it, or `<stdin>`. */
  readonly file: string;
  /** One-based line of the record's first byte, for line formats. */
  readonly line?: number;
  /** Byte offset in the decompressed file, where lines mean nothing. */
  readonly offset?: number;
  /** Position inside an envelope that carries several events (EventList, CloudWatch batch): zero-based. */
  readonly item?: number;
}

export interface EventEnvelope extends Documented {
  /**
   * Stable id: a hash of the content that a client of the API server cannot choose freely (kubernetes §1.6), else of
   * the whole record. Byte-equal repeats of a record have the same key.
   */
  readonly key: string;
  /** Shared by the stages of one Kubernetes request (kubernetes §1.3, §8.1); absent on events that have no stages. */
  readonly requestKey?: string | undefined;
  /** Event time in milliseconds since the epoch; undefined when the record has none that can be read. */
  readonly time: number | undefined;
  /** The ECS document, `@timestamp` included. */
  readonly document: JsonObject;
  readonly origin: Origin;
  /**
   * Given when the reader could tell from the bytes what the rules ask: which of their conditions hold, ascending, and
   * whether the event has values that rules read. Its document is made only when somebody asks for it.
   */
  readonly judged?: { readonly isRead: boolean; readonly holds: readonly number[] } | undefined;
  /** Given when of the document only that is left which an alert about many events shows of each. */
  readonly shortened?: true;
  /**
   * What the event was read from is used again when the next batch of its file is read: whoever keeps the event for longer
   * asks it before to keep what it needs. Its document may be made anew from then on.
   */
  settle?(): void;
}

/**
 * Events of one file, one behind the other, of which the reader knows that no condition holds: all that is left to know of
 * them is when they happened. They are good until the next batch of their file is read.
 */
export interface IdleEvents {
  readonly count: number;
  /** Whether they have values that rules read: all of them or none. */
  readonly isRead: boolean;
  /** Milliseconds since the epoch, of the event at a position. */
  timeAt(position: number): number;
  /** The event as it would be alone. */
  eventAt(position: number): EventEnvelope;
  /** Those from one position up to another one, exclusive. */
  part(from: number, to: number): IdleEvents;
}

/** What comes in, in its order. */
export type Arrival = EventEnvelope | IdleEvents;

export const isIdle = (arrival: Arrival): arrival is IdleEvents => 'eventAt' in arrival;
