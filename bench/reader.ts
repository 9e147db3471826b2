/** Reads bytes as a scan does, up to the rules that match, and counts. */
import type { JsonObject } from '../src/data/document.ts';
import { fitsIndex } from '../src/engine/route.ts';
import { indexNameOf } from '../src/engine/index-name.ts';
import { Matcher } from '../src/exec/index/matcher.ts';
import { Repeats } from '../src/ingest/normalise/repeats.ts';
import { FileContent } from '../src/ingest/read-file.ts';
import type { ScreenedOptions } from '../src/ingest/types.ts';
import type { Arrival } from '../src/model/event.ts';
import { isIdle } from '../src/model/event.ts';
import { fieldsOf } from '../src/plan/fold.ts';
import { AUTO } from '../tests/support/ingest.ts';
import { interestOf } from '../tests/support/interest.ts';
import type { BenchRule } from './rule-sets.ts';

const NOW = Date.UTC(2026, 1, 4);
const CHUNK = 1024 * 1024;

export class BenchReader {
  readonly #rules: readonly BenchRule[];
  readonly #matcher: Matcher;
  readonly options: ScreenedOptions;
  readonly #asked = new Map<string | undefined, Uint8Array>();
  events = 0;
  /** Events that were not decoded, and how often a rule matched one. */
  idle = 0;
  matches = 0;
  /** By rule. */
  readonly held: Uint32Array;

  constructor(rules: readonly BenchRule[]) {
    this.#rules = rules;
    this.held = new Uint32Array(rules.length);
    this.#matcher = new Matcher(rules.map(({ where }) => where));
    const paths = rules
      .flatMap(({ where }) => fieldsOf(where))
      .flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
    const interest = interestOf(this.#matcher, rules.length, paths, (document) => this.#askedOf(document));
    this.options = { ...AUTO, interest };
  }

  /** The floor: every line parsed and looked up as it is. */
  parse(lines: readonly string[]): number {
    for (const line of lines) {
      const document = JSON.parse(line) as JsonObject;
      this.#matcher.match(document, NOW, this.#askedOf(document));
    }
    return lines.length;
  }

  scan(bytes: Buffer): number {
    const content = new FileContent<Arrival>('bench.log', this.options, new Repeats());
    const before = this.events;
    for (let at = 0; at < bytes.length; at += CHUNK) {
      content.push(bytes.subarray(at, at + CHUNK));
      this.#take(content);
    }
    content.end();
    this.#take(content);
    return this.events - before;
  }

  #take(content: FileContent<Arrival>): void {
    for (const event of content.collector.take('bench.log', 0, undefined).events) {
      this.events += isIdle(event) ? event.count : 1;
      if (isIdle(event)) this.idle += event.count;
      else if (event.judged !== undefined) {
        this.idle++;
        this.#count(event.judged.holds);
      } else this.#count(this.#matcher.match(event.document, NOW, this.#askedOf(event.document)).rules);
    }
  }

  #count(holding: readonly number[]): void {
    this.matches += holding.length;
    for (const rule of holding) this.held[rule]!++;
  }

  #askedOf(document: JsonObject): Uint8Array {
    const index = indexNameOf(document);
    const known = this.#asked.get(index);
    if (known !== undefined) return known;
    const asked = Uint8Array.from(this.#rules, ({ index: patterns }) =>
      index === undefined || patterns === undefined || fitsIndex(patterns, index) ? 1 : 0,
    );
    this.#asked.set(index, asked);
    return asked;
  }
}
