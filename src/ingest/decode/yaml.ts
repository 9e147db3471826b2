/** YAML files with one event, or several behind one another. They are written by hand, so they are read as a whole. */
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import type { JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Origin } from '../../model/event.ts';
import { type RecordSink, recordTooLong } from './record-sink.ts';

export const isYamlName = (name: string): boolean => /\.ya?ml(?:\.(?:gz|zst|zstd))?$/i.test(name);

export class YamlDocuments {
  readonly #origin: Origin;
  readonly #sink: RecordSink;
  readonly #limit: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(origin: Origin, sink: RecordSink, limit: number) {
    this.#origin = origin;
    this.#sink = sink;
    this.#limit = limit;
  }

  push(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size <= this.#limit) this.#parts.push(Buffer.from(bytes));
  }

  end(): void {
    const text = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    if (this.#size > this.#limit)
      return this.#sink.refuse('INP004', this.#origin, recordTooLong(this.#limit), text);
    const lines = new LineCounter();
    for (const document of parseAllDocuments(text, { lineCounter: lines, intAsBigInt: true })) {
      this.#document(document as Document, text, lines);
    }
  }

  #document(document: Document, text: string, lines: LineCounter): void {
    const start = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
    const origin = { ...this.#origin, line: lines.linePos(start).line };
    const [error] = document.errors;
    const shown = text.slice(start);
    if (error !== undefined) {
      const place = error.linePos?.[0];
      const where = place === undefined ? '' : ` at ${place.line}:${place.col}`;
      return this.#sink.refuse('INP014', origin, `the YAML is broken${where}: ${error.code}`, shown);
    }
    const value = valueOf(document);
    if (value === undefined)
      this.#sink.refuse('INP014', origin, 'the YAML refers to itself too often', shown);
    else if (value !== null) this.#sink.json(shown, value, origin);
  }
}

/** Undefined for documents whose references would unfold without end. */
function valueOf(document: Document): JsonValue | undefined {
  try {
    return plain(document.toJS() as unknown);
  } catch {
    return undefined;
  }
}

/** Integers come as bigint so that none is rounded; all but the largest become numbers. */
function plain(value: unknown): JsonValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : new Numeral(String(value));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
