/**
 * From decoded values to events: opens envelopes until something in them has a shape, normalises it and gives it its
 * keys. There is one for each file. Nothing that a record holds makes it throw.
 */
import type { MessageCode } from '../base/messages/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../data/document.ts';
import type { Arrival, Origin } from '../model/event.ts';
import type { Collector } from './collector.ts';
import { cutOff } from './decode/cut-off.ts';
import { envelopeOf } from './decode/envelope/index.ts';
import type { Reading } from './decode/fast/block.ts';
import { fingerprintOf, keyFingerprint } from './decode/fast/fingerprints.ts';
import { Framing } from './decode/framing.ts';
import { parseJson } from './decode/json.ts';
import { Partials } from './decode/partials.ts';
import type { RecordSink } from './decode/record-sink.ts';
import { textLine } from './decode/text-line.ts';
import type { Delivery, Opener } from './delivery.ts';
import { carriedBy, documentOf, objectOf } from './document-of.ts';
import { ENVELOPE_DEPTH, NESTING_DEPTH, RECORD_BYTES } from './limits.ts';
import { ecsShape } from './normalise/ecs.ts';
import { documentShapeOf, shapeOf } from './normalise/index.ts';
import { digestOf, keyAdditions } from './normalise/key.ts';
import { NestedTooDeep, cutBelow } from './normalise/prune.ts';
import type { Repeats } from './normalise/repeats.ts';
import type { Normalised, NormalisedEvent, Shape } from './normalise/shape.ts';
import { ReadEvent } from './read-event.ts';
import { REPEATED, REPEATED_RECORD, sameKeysOf } from './same-keys.ts';
import { ScreenedLines } from './screened-lines.ts';
import type { IngestOptions, ReadingOptions } from './types.ts';
import { unknownShape } from './unknown-shape.ts';

/** Apart from the reader: events that are remembered hold it, and would hold the reader of each file with its findings. */
const readingOf = (file: string, options: IngestOptions): Reading => ({
  file,
  documentOf: (text, origin, delivery, which) =>
    documentOf(text, { depth: 0, ...delivery, origin }, options, which),
  carriedBy: (text) => carriedBy(objectOf(text), { origin: { file }, text, depth: 0 }, options),
});

export class RecordReader implements Opener {
  readonly #collector: Collector<Arrival>;
  readonly #options: IngestOptions;
  readonly #repeats: Repeats;
  readonly #partials: Partials;
  readonly #recordLimit: number;
  readonly #screened: ScreenedLines | undefined;
  /** For what is found in the file itself. */
  readonly sink: RecordSink;

  /** Of the file with this name. `repeats` is shared by all files of a run. */
  constructor(collector: Collector<Arrival>, options: ReadingOptions, repeats: Repeats, file: string) {
    this.#collector = collector;
    this.#options = options;
    this.#repeats = repeats;
    this.#recordLimit = options.recordLimit ?? RECORD_BYTES;
    const reading = readingOf(file, options);
    const sink = this.#sinkFor({ depth: 0 });
    const waiting = (): number => this.#partials.waiting;
    const screened =
      'interest' in options
        ? new ScreenedLines(options, { collector, repeats, reading, waiting })
        : undefined;
    this.#screened = screened;
    this.sink = screened === undefined ? sink : { ...sink, lines: (...lines) => screened.take(...lines) };
    this.#partials = new Partials(this.sink, this.#recordLimit);
  }

  /** The events that were handed over are not needed any more, but for those that were settled. */
  release(): void {
    this.#screened?.release();
  }

  /** After the last record, when no event is needed any more but those that were settled. */
  close(): void {
    this.#screened?.close();
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
    const sameKeys = sameKeysOf(this.#repeats, sighting, { key, content, hasIdentity: identity });
    if (sameKeys === REPEATED) return this.#collector.skip(REPEATED_RECORD);
    this.#collector.shape(shape.name, 1);
    const additions = keyAdditions(shape.keyedByContent, sameKeys, () => digestOf(text), origin);
    for (const event of events) this.#collector.event(new ReadEvent(event, origin, additions));
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
