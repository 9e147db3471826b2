/**
 * From decoded values to events: opens envelopes until something in them has a shape, normalises it and gives it its
 * keys. There is one for each file. Nothing that a record holds makes it throw.
 */
import type { MessageCode } from '../base/messages/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../data/document.ts';
import type { Origin } from '../model/event.ts';
import type { Collector } from './collector.ts';
import { cutOff } from './decode/cut-off.ts';
import { envelopeOf } from './decode/envelope/index.ts';
import type { Block, Reading } from './decode/fast/block.ts';
import { ScannedEvent } from './decode/fast/block.ts';
import type { Fingerprint } from './decode/fast/fingerprints.ts';
import { extended, fingerprintOf, keyFingerprint } from './decode/fast/fingerprints.ts';
import type { LineScanner, Scanned } from './decode/fast/line-scanner.ts';
import { scannerFor } from './decode/fast/line-scanner.ts';
import { Framing } from './decode/framing.ts';
import { parseJson } from './decode/json.ts';
import { Partials } from './decode/partials.ts';
import type { RecordSink, TakenLines } from './decode/record-sink.ts';
import { textLine } from './decode/text-line.ts';
import type { Delivery, Opener } from './delivery.ts';
import { documentOf, objectOf } from './document-of.ts';
import { ENVELOPE_DEPTH, NESTING_DEPTH, RECORD_BYTES } from './limits.ts';
import { ecsShape } from './normalise/ecs.ts';
import { documentShapeOf, shapeOf } from './normalise/index.ts';
import { digestOf, keyAdditions, WITH_CONTENT, WITH_PLACE } from './normalise/key.ts';
import { NestedTooDeep, cutBelow } from './normalise/prune.ts';
import type { Repeats, Sighting } from './normalise/repeats.ts';
import type { Normalised, NormalisedEvent, Shape } from './normalise/shape.ts';
import { ReadEvent } from './read-event.ts';
import type { IngestOptions } from './types.ts';
import { unknownShape } from './unknown-shape.ts';

/** Of a record that was read before, and is dropped for it. */
const REPEATED = -1;
const REPEATED_RECORD = 'repeated record';

export class RecordReader implements Opener {
  readonly #collector: Collector;
  readonly #options: IngestOptions;
  readonly #repeats: Repeats;
  readonly #partials: Partials;
  readonly #recordLimit: number;
  readonly #reading: Reading;
  /** For what is found in the file itself. */
  readonly sink: RecordSink;

  /** Of the file with this name. `repeats` is shared by all files of a run. */
  constructor(collector: Collector, options: IngestOptions, repeats: Repeats, file: string) {
    this.#collector = collector;
    this.#options = options;
    this.#repeats = repeats;
    this.#recordLimit = options.recordLimit ?? RECORD_BYTES;
    this.#reading = { file, documentOf: (...record) => documentOf(...record, options) };
    const sink = this.#sinkFor({ depth: 0 });
    const { interest } = options;
    if (interest === undefined) this.sink = sink;
    else {
      const scanner = scannerFor(interest, options);
      this.sink = { ...sink, lines: (...lines) => this.#scanned(scanner, ...lines) };
    }
    this.#partials = new Partials(this.sink, this.#recordLimit);
  }

  /** Call after the last record. */
  end(): void {
    this.#partials.end();
  }

  item(value: JsonValue, delivery: Delivery): void {
    this.#value(value, { ...delivery, text: undefined, depth: delivery.depth + 1 });
  }

  inner(value: JsonValue, delivery: Delivery): void {
    this.#value(value, { ...delivery, depth: delivery.depth + 1 });
  }

  line(text: string, delivery: Delivery): void {
    if (/^\s*[[{]/.test(text)) this.#content(text, { ...delivery, depth: delivery.depth + 1 });
    else this.#textLine(text.trimEnd(), delivery);
  }

  part(stream: string, text: string, complete: boolean, delivery: Delivery): void {
    if (!complete) return this.#partials.add(stream, text, delivery.origin);
    const whole = this.#partials.complete(stream, text, delivery.origin);
    if (whole !== undefined) this.line(whole.text, { ...delivery, origin: whole.origin });
  }

  bytes(bytes: Buffer, delivery: Delivery): void {
    const { origin, ...rest } = delivery;
    const context = { ...rest, counter: delivery.counter ?? { next: 0 }, depth: delivery.depth + 1 };
    const framing = new Framing({ ...origin, item: 0 }, this.#sinkFor(context), this.#recordLimit);
    framing.push(bytes);
    framing.end();
  }

  skip(reason: string): void {
    this.#collector.skip(reason);
  }

  refuse(code: MessageCode, delivery: Delivery, message: string, record: JsonValue): void {
    this.#collector.refuse(code, located(delivery).origin, message, beginningOf(record));
  }

  #sinkFor(context: Omit<Delivery, 'origin'>): RecordSink {
    return {
      json: (text, value, origin) => this.#value(value, { ...context, origin, text }),
      line: (text, origin) => this.#textLine(text, { ...context, origin }),
      refuse: (code, origin, message, text) =>
        this.#collector.refuse(code, located({ ...context, origin }).origin, message, text),
      repair: (what) => this.#collector.repair(what),
    };
  }

  /** Takes the lines whose records no rule can match, or that are left out, up to the first other one. */
  #scanned(scanner: LineScanner, data: Buffer, from: number, to: number, firstLine: number): TakenLines {
    let [end, line] = [from, firstLine];
    while (end < to && scanner.isWorthwhile) {
      const scanned = this.#look(scanner, data, end, to);
      this.#takeBlock(scanned, line);
      line += scanned.records;
      ({ end } = scanned);
      if (scanned.stopped || scanned.records === 0) break;
    }
    if (end < to) scanner.countOther();
    return { end, count: line - firstLine };
  }

  /** What was found ahead counts like what is found now. */
  #look(scanner: LineScanner, data: Buffer, from: number, to: number): Scanned {
    const found = this.#options.ahead?.found(data, from);
    if (found === undefined) {
      const { file } = this.#reading;
      return scanner.scan(data, from, to, (text) => documentOf(text, { file }, this.#options));
    }
    scanner.countSpared(found.records);
    return found;
  }

  #takeBlock({ block, records }: Scanned, firstLine: number): void {
    const counts = new Map<string, number>();
    for (let record = 0; record < records; record++) {
      const { shape } = block.placed(record);
      if (block.isLeftOut(record)) this.#collector.skip(shape.leftOut?.reason ?? '');
      else if (this.#takeScanned(block, record, firstLine + record))
        counts.set(shape.name, (counts.get(shape.name) ?? 0) + 1);
    }
    for (const [name, count] of counts) this.#collector.shape(name, count);
  }

  /** False for a repeated record. */
  #takeScanned(block: Block, record: number, line: number): boolean {
    const sighting = this.#repeats.see(
      block.fingerprint(record, 1),
      block.fingerprint(record, 0),
      block.fingerprint(record, 3),
      block.fingerprint(record, 2),
    );
    let sameKeys = 0;
    if (sighting !== 'new') {
      sameKeys = this.#sameKeys(
        block.keyOf(record),
        block.contentOf(record),
        sighting,
        block.hasIdentity(record),
      );
      if (sameKeys === REPEATED) {
        this.#collector.skip(REPEATED_RECORD);
        return false;
      }
    }
    this.#collector.event(new ScannedEvent(block, record, line, this.#reading, sameKeys));
    return true;
  }

  #textLine(text: string, delivery: Delivery): void {
    const line = textLine(text);
    if (line.kind === 'wrapped') this.part(line.stream, line.content, !line.partial, delivery);
    else if (line.kind === 'headed') this.#content(line.content, delivery);
    else if (line.kind === 'skip') this.#skipLine(line.reason, delivery);
    else this.#unusable(line.code, delivery, line.message, text);
  }

  /** It still takes a place in its envelope. */
  #skipLine(reason: string, delivery: Delivery): void {
    located(delivery);
    this.#collector.skip(reason);
  }

  /** A text that is one JSON value, or was meant to be. */
  #content(text: string, delivery: Delivery): void {
    const parsed = parseJson(text);
    if (parsed.ok) return this.#value(parsed.value, { ...delivery, text });
    const open = /end of JSON|Unterminated/.test(parsed.why);
    const { code, message } = cutOff(text, open ? undefined : parsed.why);
    this.#unusable(code, delivery, message, text);
  }

  #value(value: JsonValue, delivery: Delivery): void {
    if (Array.isArray(value)) return this.#list(value as readonly JsonValue[], delivery);
    if (!isObject(value))
      return this.#unusable('INP010', delivery, 'the record is no object', beginningOf(value));
    const shape = shapeOf(value, delivery, this.#options.shape);
    if (shape !== undefined) return this.#normalise(shape, value, delivery);
    const envelope = envelopeOf(value);
    if (envelope === undefined) this.#document(value, delivery);
    else if (delivery.depth < ENVELOPE_DEPTH) envelope.open(value, delivery, this);
    else
      this.refuse('INP012', delivery, `more than ${ENVELOPE_DEPTH} envelopes lie inside one another`, value);
  }

  #list(values: readonly JsonValue[], delivery: Delivery): void {
    if (delivery.depth >= ENVELOPE_DEPTH) {
      return this.refuse(
        'INP012',
        delivery,
        `more than ${ENVELOPE_DEPTH} envelopes lie inside one another`,
        null,
      );
    }
    const counter = delivery.counter ?? { next: 0 };
    for (const value of values) this.item(value, { ...delivery, counter });
  }

  #document(value: JsonObject, delivery: Delivery): void {
    const shape = documentShapeOf(value, this.#options.shape);
    if (shape !== undefined) return this.#normalise(shape, value, delivery);
    const { code, message } = unknownShape(value, this.#options.shape);
    this.#unusable(code, delivery, message, beginningOf(value));
  }

  /** What an ECS document carried may be no event; then the document itself is one. */
  #unusable(code: MessageCode, delivery: Delivery, message: string, text: string): void {
    const { outer } = delivery;
    const lost = code === 'INP008' || code === 'INP009' || this.#options.shape !== 'auto';
    if (outer === undefined || lost) this.#collector.refuse(code, located(delivery).origin, message, text);
    else this.#normalise(ecsShape, outer, { ...delivery, text: undefined });
  }

  #normalise(shape: Shape, record: JsonObject, unlocated: Delivery): void {
    const delivery = located(unlocated);
    let { text } = delivery;
    try {
      // Reading may take the record apart.
      text ??= JSON.stringify(record);
      this.#read(shape, record, text, delivery);
    } catch (error) {
      if (!isNestedTooDeep(error)) throw error;
      this.#readCut(shape, text === undefined ? record : objectOf(text), delivery);
    }
  }

  /** What lies too deep goes, but not its record: one odd value in a request must not hide who made it. */
  #readCut(shape: Shape, record: JsonObject, delivery: Delivery): void {
    this.#collector.repair(`values nested deeper than ${NESTING_DEPTH} levels left out`);
    const cut = cutBelow(record, NESTING_DEPTH);
    this.#read(shape, cut, delivery.text ?? JSON.stringify(cut), delivery);
  }

  #read(shape: Shape, record: JsonObject, text: string, delivery: Delivery): void {
    const outcome: Normalised = shape.normalise(record, delivery, this.#options);
    if (typeof outcome === 'string') return this.#collector.skip(outcome);
    this.#emit(shape, outcome, text, shape.hasIdentity(record, delivery), delivery.origin);
  }

  #emit(
    shape: Shape,
    events: readonly NormalisedEvent[],
    text: string,
    identity: boolean,
    origin: Origin,
  ): void {
    const content = fingerprintOf(text);
    const key = keyFingerprint(events[0]?.identity ?? [], shape.keyedByContent ? content : undefined);
    const sighting = this.#repeats.see(key.high, key.low, content.high, content.low);
    const sameKeys = sighting === 'new' ? 0 : this.#sameKeys(key, content, sighting, identity);
    if (sameKeys === REPEATED) return this.#collector.skip(REPEATED_RECORD);
    this.#collector.shape(shape.name, 1);
    const additions = keyAdditions(shape.keyedByContent, sameKeys, () => digestOf(text), origin);
    for (const event of events) this.#collector.event(new ReadEvent(event, origin, additions));
  }

  /** Byte-equal repeats go, unless the records have no identity; what only shares the key gets a key of its own. */
  #sameKeys(key: Fingerprint, content: Fingerprint, sighting: Sighting, identity: boolean): number {
    let latest = sighting;
    let sameKeys = 0;
    if (sighting === 'same key, other content') {
      const other = extended(key, content);
      latest = this.#repeats.see(other.high, other.low, content.high, content.low);
      sameKeys = WITH_CONTENT;
    }
    if (latest !== 'repeat') return sameKeys;
    return identity ? REPEATED : sameKeys | WITH_PLACE;
  }
}

const isNestedTooDeep = (error: unknown): boolean =>
  error instanceof NestedTooDeep || error instanceof RangeError;

/** The place of the next record in the outermost envelope. */
function located(delivery: Delivery): Delivery {
  const { counter, origin } = delivery;
  return counter === undefined ? delivery : { ...delivery, origin: { ...origin, item: counter.next++ } };
}

/** Enough of a value to recognise it; never so much that telling of it becomes the problem. */
function beginningOf(value: JsonValue): string {
  try {
    return JSON.stringify(value).slice(0, 1000);
  } catch {
    return '';
  }
}
