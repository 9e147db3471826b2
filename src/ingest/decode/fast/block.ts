/** Records that were scanned together, and the events that they are: all of an event that is not asked for stays bytes. */
import type { JsonObject, Scalar } from '../../../data/document.ts';
import type { EventEnvelope, Origin } from '../../../model/event.ts';
import type { Delivery } from '../../delivery.ts';
import {
  CARRIED,
  HAS_IDENTITY,
  HOLDS_SHIFT,
  IS_READ,
  LEFT_OUT,
  RECORD_BEGIN,
  RECORD_CONTENT_FROM,
  RECORD_CONTENT_TO,
  RECORD_FACTS,
  RECORD_FLAGS,
  RECORD_FROM,
  RECORD_ITEM,
  RECORD_KEY,
  RECORD_LINE,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TIME,
  RECORD_TO,
  SECOND,
} from './offsets.ts';
import type { ByteShape } from './byte-shape.ts';
import { NOT_NOTED } from './findings.ts';
import type { Fingerprint } from './fingerprints.ts';
import type { DocumentOf } from './line-scanner.ts';
import { OwnRecord, ownCopy } from './own-record.ts';
import type { Notes } from './notes.ts';
import { NOTE } from './notes.ts';

const WORDS = RECORD_SIZE / 4;

/** A shape that tells of records, and the facts of an identity in the order in which records have them. */
export interface NamedShape {
  readonly shape: ByteShape;
  readonly identityFacts: readonly number[];
  readonly notes: Notes;
}

const NONE: readonly number[] = [];

/** It is good as long as the data and the memory for findings are not used for others. */
export class Block {
  readonly #data: Buffer;
  readonly #shift: number;
  readonly #words: Uint32Array;
  readonly #times: Float64Array;
  readonly #holds: Int32Array;
  readonly #shapes: readonly NamedShape[];
  /** What the line carries from which a record was asked for last, and where it begins. */
  #opened: { readonly from: number; readonly carried: readonly Delivery[] } | undefined;

  /** `words` are what the scanner tells of the records, with the positions of shapes for their addresses. */
  constructor(
    data: Buffer,
    shift: number,
    words: Uint32Array,
    holds: Int32Array,
    shapes: readonly NamedShape[],
  ) {
    this.#data = data;
    this.#shift = shift;
    this.#words = words;
    this.#times = new Float64Array(words.buffer, words.byteOffset, words.length >>> 1);
    this.#holds = holds;
    this.#shapes = shapes;
  }

  /** One of its records, in memory of its own: places in it are counted from its beginning. */
  own(record: number, openLine: Reading['carriedBy']): OwnRecord {
    const shape = this.#shapes[this.word(record, RECORD_SHAPE)] as NamedShape;
    const { bytes, length, placeOf, delivery } = this.#placed(record, openLine);
    const facts: number[] = [];
    for (let at = RECORD_FACTS; at < RECORD_FACTS + 8 * shape.identityFacts.length; at += 8)
      facts.push(...placeOf(this.word(record, at), this.word(record, at + 4)));
    const content = placeOf(this.word(record, RECORD_CONTENT_FROM), this.word(record, RECORD_CONTENT_TO));
    const notes = this.#notesOf(record, placeOf);
    return new OwnRecord({ shape, bytes: bytes(), length, facts, content, notes, delivery });
  }

  /** The bytes of a record, to be asked for when all places in them are known. */
  #placed(record: number, openLine: Reading['carriedBy']): PlacedRecord {
    if ((this.word(record, RECORD_FLAGS) & CARRIED) !== 0) return this.#carried(record, openLine);
    const begin = this.word(record, RECORD_FROM);
    const bytes = this.#bytes(record, RECORD_FROM, RECORD_TO);
    return {
      bytes: () => ownCopy(bytes),
      length: bytes.length,
      placeOf: (from, to) => [from - begin, to - begin],
      delivery: undefined,
    };
  }

  /** What was handed to a record stands in its line, and comes behind it. */
  #carried(record: number, openLine: Reading['carriedBy']): PlacedRecord {
    const line = this.word(record, RECORD_FROM);
    if (this.#opened?.from !== line) this.#opened = { from: line, carried: openLine(this.text(record)) };
    const {
      text = '',
      counter: _,
      ...delivery
    } = this.#opened.carried[Math.max(0, this.item(record) - 1)] as Delivery;
    const own: Buffer = Buffer.from(text);
    const { length } = own;
    const parts = [own];
    let end = length;
    const begin = this.word(record, RECORD_BEGIN);
    const placeOf: PlacedRecord['placeOf'] = (from, to) => {
      if (from >= begin && to <= begin + length) return [from - begin, to - begin];
      const part = this.#data.subarray(from + this.#shift, to + this.#shift);
      parts.push(part);
      end += part.length;
      return [end - part.length, end];
    };
    return { bytes: () => ownCopy(Buffer.concat(parts)), length, placeOf, delivery };
  }

  #notesOf(record: number, placeOf: PlacedRecord['placeOf']): readonly number[] | undefined {
    const at = this.word(record, RECORD_FLAGS) >>> HOLDS_SHIFT;
    if (at === 0) return undefined;
    const holds = this.#holds;
    const first = at + 1 + (holds[at] as number) + 1;
    const count = holds[first - 1] as number;
    if (count === NOT_NOTED) return undefined;
    const notes: number[] = [];
    for (let i = first; i < first + count; i += NOTE) {
      notes.push(holds[i] as number, holds[i + 1] as number);
      notes.push(...placeOf(holds[i + 2] as number, holds[i + 3] as number));
    }
    return notes;
  }

  /** What lies at 0 of the scanner's memory would lie here in the data. */
  get shift(): number {
    return this.#shift;
  }

  word(record: number, offset: number): number {
    return this.#words[record * WORDS + (offset >>> 2)] as number;
  }

  time(record: number): number {
    return this.#times[(record * WORDS + (RECORD_TIME >>> 2)) >>> 1] as number;
  }

  /** Lower and upper half of the fingerprint of the key, then of the content. */
  fingerprint(record: number, word: 0 | 1 | 2 | 3): number {
    return this.word(record, RECORD_KEY + 4 * word);
  }

  keyOf(record: number): Fingerprint {
    return { high: this.fingerprint(record, 1), low: this.fingerprint(record, 0) };
  }

  contentOf(record: number): Fingerprint {
    return { high: this.fingerprint(record, 3), low: this.fingerprint(record, 2) };
  }

  isLeftOut(record: number): boolean {
    return (this.word(record, RECORD_FLAGS) & LEFT_OUT) !== 0;
  }

  /** Whether it has values that rules read. */
  isRead(record: number): boolean {
    return (this.word(record, RECORD_FLAGS) & IS_READ) !== 0;
  }

  /** Whether conditions hold for it. */
  hasHolds(record: number): boolean {
    return this.word(record, RECORD_FLAGS) >>> HOLDS_SHIFT !== 0;
  }

  holdsOf(record: number): readonly number[] {
    const at = this.word(record, RECORD_FLAGS) >>> HOLDS_SHIFT;
    if (at === 0) return NONE;
    const end = at + 1 + (this.#holds[at] as number);
    const conditions: number[] = [];
    for (let i = at + 1; i < end; i++) conditions.push(this.#holds[i] as number);
    return conditions;
  }

  hasIdentity(record: number): boolean {
    return (this.word(record, RECORD_FLAGS) & HAS_IDENTITY) !== 0;
  }

  shape(record: number): ByteShape {
    return (this.#shapes[this.word(record, RECORD_SHAPE)] as NamedShape).shape;
  }

  /** Of a record that others are carried with, the text of them all. */
  text(record: number): string {
    return this.#bytes(record, RECORD_FROM, RECORD_TO).toString();
  }

  documentOf(record: number, documentOf: DocumentOf): JsonObject {
    return documentOf(this.text(record), this.item(record), this.shape(record).which ?? 0);
  }

  /** Whether it is another event of the record before. */
  isSecond(record: number): boolean {
    return (this.word(record, RECORD_FLAGS) & SECOND) !== 0;
  }

  /** The line that it is in, counted from 0. */
  line(record: number): number {
    return this.word(record, RECORD_LINE);
  }

  /** Which one of those that its line carries, counted from 1; 0 when it is alone. */
  item(record: number): number {
    return this.word(record, RECORD_ITEM);
  }

  #bytes(record: number, from: number, to: number): Buffer {
    const shift = this.#shift;
    return this.#data.subarray(this.word(record, from) + shift, this.word(record, to) + shift);
  }
}

/** The bytes of a record with those handed to it behind them, where it ends, and how it came, if anything is known of that. */
interface PlacedRecord {
  readonly bytes: () => Buffer;
  readonly length: number;
  /** Where in these bytes stands what stood there in the scanner's memory. */
  readonly placeOf: (from: number, to: number) => readonly [from: number, to: number];
  readonly delivery: Delivery | undefined;
}

export interface Reading {
  readonly file: string;
  /** The document of a record that is known to be sound, and came so. */
  readonly documentOf: (
    text: string,
    origin: Origin,
    delivery: Delivery | undefined,
    which: number,
  ) => JsonObject;
  /** The texts that are carried by a record that is known to be sound, and how they come. */
  readonly carriedBy: (text: string) => readonly Delivery[];
}

/**
 * An event of which is known what the rules ask. Its document is made when somebody asks for it. Whatever else is asked of it
 * is read from a copy of its record, so that events that rules remember do not keep what was read with them: such an event
 * holds the bytes of its record and a few numbers.
 */
export class ScannedEvent implements EventEnvelope {
  readonly time: number;
  readonly judged: NonNullable<EventEnvelope['judged']>;
  readonly #line: number;
  readonly #item: number;
  readonly #reading: Reading;
  readonly #sameKeys: number;
  readonly #record: number;
  #block: Block | undefined;
  #own: OwnRecord | undefined;
  #document: JsonObject | undefined;
  #key: string | undefined;

  /** `firstLine` is the first one of the block. */
  constructor(block: Block, record: number, firstLine: number, reading: Reading, sameKeys: number) {
    this.#block = block;
    this.#record = record;
    this.#line = firstLine + block.line(record);
    this.#item = block.item(record);
    this.#reading = reading;
    this.#sameKeys = sameKeys;
    this.time = block.time(record);
    this.judged = { isRead: block.isRead(record), holds: block.holdsOf(record) };
  }

  get origin(): Origin {
    const place = { file: this.#reading.file, line: this.#line };
    return this.#item === 0 ? place : { ...place, item: this.#item - 1 };
  }

  get document(): JsonObject {
    if (this.#document === undefined) {
      const { text, delivery, which } = this.#settled();
      this.#document = this.#reading.documentOf(text, this.origin, delivery, which);
    }
    return this.#document;
  }

  told(path: string): readonly Scalar[] | undefined {
    return this.#settled().told(path, this.judged.holds);
  }

  get key(): string {
    return (this.#key ??= this.#settled().key(this.#sameKeys, this.origin));
  }

  get requestKey(): string | undefined {
    return this.#settled().requestKey;
  }

  /** Whoever keeps it for longer seldom needs more than its time; what its document takes on the heap is several times its record. */
  settle(): void {
    this.#settled();
    this.#document = undefined;
  }

  toJSON(): EventEnvelope {
    const { key, requestKey, time, document, origin } = this;
    return { key, ...(requestKey === undefined ? {} : { requestKey }), time, document, origin };
  }

  #settled(): OwnRecord {
    this.#own ??= (this.#block as Block).own(this.#record, this.#reading.carriedBy);
    this.#block = undefined;
    return this.#own;
  }
}
