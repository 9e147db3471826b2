/** How a record came here: what its envelopes say about it besides its content. */
import type { JsonObject, JsonValue } from '../data/document.ts';
import type { MessageCode } from '../base/messages/index.ts';
import type { Origin } from '../model/event.ts';

export interface Delivery {
  readonly origin: Origin;
  /** The record's own text, where it is one JSON text. */
  readonly text?: string | undefined;
  readonly provider?: 'aws' | 'azure' | 'gcp';
  readonly cluster?: string | undefined;
  readonly account?: string | undefined;
  readonly project?: string | undefined;
  /** When the envelope says that it happened: for records without a time of their own. */
  readonly time?: JsonValue | undefined;
  /** The Azure record around an audit event, without the event. */
  readonly azure?: JsonObject;
  /** The ECS document around an audit event, without the event. */
  readonly shell?: JsonObject;
  /** That ECS document as a whole: what is kept when there turns out to be no event in it. */
  readonly outer?: JsonObject;
  /** Its id in the store that it comes from. */
  readonly id?: string | undefined;
  /** The index that it comes from. */
  readonly index?: string | undefined;
  /** Envelopes opened so far. */
  readonly depth: number;
  /** Counts the records of the outermost envelope. */
  readonly counter?: { next: number };
}

/** What an envelope may do with what it carries. */
export interface Opener {
  /** One of possibly many records that it carries. */
  item(value: JsonValue, delivery: Delivery): void;
  /** The one record that it carries. */
  inner(value: JsonValue, delivery: Delivery): void;
  /** A line as a program wrote it: JSON, or anything else. */
  line(text: string, delivery: Delivery): void;
  /** A part of a line; the last one is `complete`. */
  part(stream: string, text: string, complete: boolean, delivery: Delivery): void;
  /** Unpacked bytes with records in any layout. */
  bytes(bytes: Buffer, delivery: Delivery): void;
  skip(reason: string): void;
  refuse(code: MessageCode, delivery: Delivery, message: string, record: JsonValue): void;
}

export interface Envelope {
  /** Whether the record is one of these. */
  readonly fits: (record: JsonObject) => boolean;
  /** Every ECS document with a time and a category that is one of these has one of these keys. */
  readonly signs: readonly string[];
  readonly open: (record: JsonObject, delivery: Delivery, opener: Opener) => void;
}
