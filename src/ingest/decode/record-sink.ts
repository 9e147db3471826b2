/** What finds records tells through this; `RecordReader` listens. */
import type { MessageCode } from '../../base/messages/index.ts';
import type { JsonValue } from '../../data/document.ts';
import type { Origin } from '../../model/event.ts';

export interface RecordSink {
  /**
   * A whole line that begins like an object; its end is a line feed at `to`. True when that settles it: otherwise it
   * comes once more, decoded.
   */
  bytes?(data: Buffer, from: number, to: number, origin: Origin): boolean;
  /** One JSON value, with its own text. */
  json(text: string, value: JsonValue, origin: Origin): void;
  /** A line that is no JSON, or not at its beginning. */
  line(text: string, origin: Origin): void;
  refuse(code: MessageCode, origin: Origin, message: string, text: string): void;
  repair(what: string): void;
}

export const recordTooLong = (limit: number): string =>
  `the record is longer than the limit of ${limit.toLocaleString('en')} bytes`;
