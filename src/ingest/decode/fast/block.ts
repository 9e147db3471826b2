/** Records that were scanned together, and the events that they are: all of an event that is not asked for stays bytes. */
import type { JsonObject } from '../../../data/document.ts';
import type { EventEnvelope, Origin } from '../../../model/event.ts';
import { digestOf, keyAdditions, keyOf } from '../../normalise/key.ts';
import {
  HAS_IDENTITY,
  IS_READ,
  LEFT_OUT,
  RECORD_CONTENT_FROM,
  RECORD_CONTENT_TO,
  RECORD_FACTS,
  RECORD_FLAGS,
  RECORD_FROM,
  RECORD_KEY,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TIME,
  RECORD_TO,
} from './offsets.ts';
import type { ByteShape, Outline } from './byte-shape.ts';
import { HOLDS_SHIFT } from './findings.ts';
import type { Fingerprint } from './fingerprints.ts';

const WORDS = RECORD_SIZE / 4;

/** A shape that tells of records, and the facts of an identity in the order in which records have them. */
export interface NamedShape {
  readonly shape: ByteShape;
  readonly identityFacts: readonly number[];
}

const NONE: readonly number[] = [];
const NO_HOLDS = new Int32Array(0);

/** It is good as long as the data and the memory for findings are not used for others. */
export class Block {
  readonly #data: Buffer;
  readonly #shift: number;
  readonly #words: Uint32Array;
  readonly #times: Float64Array;
  readonly #holds: Int32Array;
  readonly #shapes: readonly NamedShape[];

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

  /** One of its records, in memory of its own. */
  alone(record: number): Block {
    const words = this.#words.slice(record * WORDS, (record + 1) * WORDS);
    const shift = -(words[RECORD_FROM >>> 2] as number);
    return new Block(
      Buffer.from(this.#bytes(record, RECORD_FROM, RECORD_TO)),
      shift,
      words,
      NO_HOLDS,
      this.#shapes,
    );
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
    return Array.from(this.#holds.subarray(at + 1, at + 1 + (this.#holds[at] as number)));
  }

  hasIdentity(record: number): boolean {
    return (this.word(record, RECORD_FLAGS) & HAS_IDENTITY) !== 0;
  }

  shape(record: number): ByteShape {
    return this.#placed(record).shape;
  }

  #placed(record: number): NamedShape {
    return this.#shapes[this.word(record, RECORD_SHAPE)] as NamedShape;
  }

  text(record: number): string {
    return this.#bytes(record, RECORD_FROM, RECORD_TO).toString();
  }

  /** The bytes by which repeats are told. */
  content(record: number): Buffer {
    return this.#bytes(record, RECORD_CONTENT_FROM, RECORD_CONTENT_TO);
  }

  #bytes(record: number, from: number, to: number): Buffer {
    const shift = this.#shift;
    return this.#data.subarray(this.word(record, from) + shift, this.word(record, to) + shift);
  }

  /** What normalising would say of the record besides its document. */
  outline(record: number): Outline {
    const { shape, identityFacts } = this.#placed(record);
    return shape.outline((fact) => {
      const at = RECORD_FACTS + 8 * identityFacts.indexOf(fact);
      const [from, to] = [this.word(record, at), this.word(record, at + 4)];
      return from === to ? undefined : this.#data.toString('latin1', from + this.#shift, to + this.#shift);
    });
  }
}

export interface Reading {
  readonly file: string;
  /** The document of a record that is known to be sound. */
  readonly documentOf: (text: string, origin: Origin) => JsonObject;
}

/** What an event keeps when it no longer needs its block. */
interface Kept {
  readonly document: JsonObject;
  readonly outline: Outline;
  readonly additions: readonly string[];
}

/**
 * An event of which is known what the rules ask. It stays bytes until its document is asked for; from then on it holds
 * nothing of its block, so that events that rules remember do not keep what was read with them.
 */
export class ScannedEvent implements EventEnvelope {
  readonly time: number;
  readonly judged: NonNullable<EventEnvelope['judged']>;
  readonly #line: number;
  readonly #reading: Reading;
  readonly #sameKeys: number;
  #record: number;
  #block: Block | undefined;
  #kept: Kept | undefined;

  constructor(block: Block, record: number, line: number, reading: Reading, sameKeys: number) {
    this.#block = block;
    this.#record = record;
    this.#line = line;
    this.#reading = reading;
    this.#sameKeys = sameKeys;
    this.time = block.time(record);
    this.judged = { isRead: block.isRead(record), holds: block.holdsOf(record) };
  }

  get origin(): Origin {
    return { file: this.#reading.file, line: this.#line };
  }

  get document(): JsonObject {
    return this.#keep().document;
  }

  get key(): string {
    const block = this.#block;
    if (block === undefined) return keyOf([...this.#keep().outline.identity, ...this.#keep().additions]);
    return keyOf([...block.outline(this.#record).identity, ...this.#additions(block)]);
  }

  get requestKey(): string | undefined {
    const { request } = this.#block?.outline(this.#record) ?? this.#keep().outline;
    return request === undefined ? undefined : keyOf(request);
  }

  settle(): void {
    this.#block = this.#block?.alone(this.#record);
    this.#record = 0;
  }

  toJSON(): EventEnvelope {
    const { key, requestKey, time, document, origin } = this;
    return { key, ...(requestKey === undefined ? {} : { requestKey }), time, document, origin };
  }

  #keep(): Kept {
    if (this.#block !== undefined) {
      const text = this.#block.text(this.#record);
      this.#kept = {
        document: this.#reading.documentOf(text, this.origin),
        outline: this.#block.outline(this.#record),
        additions: this.#additions(this.#block),
      };
      this.#block = undefined;
    }
    return this.#kept as Kept;
  }

  #additions(block: Block): string[] {
    const shape = block.shape(this.#record);
    const content = (): string => digestOf(block.content(this.#record));
    return keyAdditions(shape.keyedByContent, this.#sameKeys, content, this.origin);
  }
}
