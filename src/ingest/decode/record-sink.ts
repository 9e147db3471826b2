/** What finds records tells through this; `RecordReader` listens. */
import type { MessageCode } from '../../base/messages/index.ts';
import type { JsonValue } from '../../data/document.ts';
import type { Origin } from '../../model/event.ts';

export interface TakenLines {
  readonly end: number;
  readonly count: number;
}

export interface RecordSink {
  /**
   * Whole lines, each with its line feed; in a list they may have commas behind them. Gives the offset behind the first ones, as many as need nothing else: the
   * others come once more, decoded.
   */
  lines?(data: Buffer, from: number, to: number, firstLine: number, inList: boolean): TakenLines;
  /** One JSON value, with its own text. */
  json(text: string, value: JsonValue, origin: Origin): void;
  /** A line that is no JSON, or not at its beginning. */
  line(text: string, origin: Origin): void;
  refuse(code: MessageCode, origin: Origin, message: string, text: string): void;
  repair(what: string): void;
}

export const recordTooLong = (limit: number): string =>
  `the record is longer than the limit of ${limit.toLocaleString('en')} bytes`;
