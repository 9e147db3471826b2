/** Counts what came in: every record that was read is an event, left out or refused, with the reason. */
import { byCount } from '../engine/tally/distinct.ts';
import { messages } from '../base/messages/index.ts';
import type { MessageCode } from '../base/messages/index.ts';
import type { Batch, Refusal } from '../ingest/types.ts';
import type { Arrival, EventEnvelope, IdleEvents } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type { InputSummary, ReadingSummary } from '../model/summary.ts';

/** Places that are named for each kind of refusal. */
const EXAMPLES = 3;

const TAKEN_BEFORE = 'taken by an earlier run';

export interface TimeRange {
  /** Milliseconds since the epoch, inclusive. */
  readonly since?: number;
  readonly until?: number;
}

export class InputTally {
  readonly #range: TimeRange;
  /** Bytes read of each; their sum is asked for with every batch, of which there may be as many as files. */
  readonly #files = new Map<string, number>();
  #bytes = 0;
  readonly #skipped = new Map<string, number>();
  readonly #repaired = new Map<string, number>();
  readonly #shapes = new Map<string, number>();
  readonly #refused = new Map<MessageCode, { count: number; readonly examples: string[] }>();
  readonly #decoded = new Map<string, number>();
  #fromBytes = 0;
  #records = 0;
  #events = 0;
  #withoutTime = 0;
  #from = Infinity;
  #to = -Infinity;

  constructor(range: TimeRange) {
    this.#range = range;
  }

  /** What is known of a batch besides its events, which `accept` counts. */
  batch({ file, bytesRead, records, skipped, repaired, shapes, decoded, refusals }: Batch<Arrival>): void {
    const before = this.#files.get(file) ?? 0;
    const now = Math.max(bytesRead, before);
    this.#files.set(file, now);
    this.#bytes += now - before;
    this.#records += records;
    addAll(this.#skipped, skipped);
    addAll(this.#repaired, repaired);
    addAll(this.#shapes, shapes);
    addAll(this.#decoded, decoded);
    for (const refusal of refusals) this.#refuse(refusal);
  }

  /**
   * Whether the event is to be taken: inside the time range, which one without a time cannot be outside of, and not
   * taken by an earlier run.
   */
  accept({ time, judged }: EventEnvelope, isNew = true): boolean {
    this.#events++;
    if (judged !== undefined) this.#fromBytes++;
    if (!isNew) return this.#leaveOut(TAKEN_BEFORE);
    if (time !== undefined) return this.#acceptTime(time);
    this.#withoutTime++;
    return true;
  }

  /** Which of the events are to be taken. */
  acceptIdle(events: IdleEvents): IdleEvents[] {
    const parts: IdleEvents[] = [];
    this.#events += events.count;
    this.#fromBytes += events.count;
    let from = 0;
    for (let at = 0; at < events.count; at++) {
      if (this.#acceptTime(events.timeAt(at))) continue;
      if (at > from) parts.push(events.part(from, at));
      from = at + 1;
    }
    if (from === 0) return [events];
    if (from < events.count) parts.push(events.part(from, events.count));
    return parts;
  }

  /** Events judged from their bytes that were taken by an earlier run. */
  passOver(events: number): void {
    this.#events += events;
    this.#fromBytes += events;
    this.#leaveOut(TAKEN_BEFORE, events);
  }

  #acceptTime(time: number): boolean {
    const { since = -Infinity, until = Infinity } = this.#range;
    if (time < since) return this.#leaveOut('before --since');
    if (time > until) return this.#leaveOut('after --until');
    this.#from = Math.min(this.#from, time);
    this.#to = Math.max(this.#to, time);
    return true;
  }

  get events(): number {
    return this.#events;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Files of which something was read. */
  get files(): number {
    return this.#files.size;
  }

  /** What was judged from bytes. */
  get reading(): ReadingSummary {
    return { fromBytes: this.#fromBytes, decoded: byCount(this.#decoded) };
  }

  summary(): Omit<InputSummary, 'unreadable' | 'missingFields'> {
    return {
      files: this.files,
      bytes: this.bytes,
      records: this.#records,
      events: this.#events,
      ...(this.#from > this.#to ? {} : { span: { from: this.#from, to: this.#to } }),
      withoutTime: this.#withoutTime,
      skipped: byCount(this.#skipped),
      repaired: byCount(this.#repaired),
      refused: this.#refusals(),
      shapes: byCount(this.#shapes),
    };
  }

  #leaveOut(reason: string, events = 1): false {
    addAll(this.#skipped, new Map([[reason, events]]));
    return false;
  }

  #refuse({ code, origin }: Refusal): void {
    const known = this.#refused.get(code) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(placeText(origin));
    this.#refused.set(code, known);
  }

  /** The most frequent first. */
  #refusals(): InputSummary['refused'] {
    return [...this.#refused]
      .map(([code, { count, examples }]) => ({ code, what: messages[code].title, count, examples }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }
}

function addAll(to: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [what, count] of counts) to.set(what, (to.get(what) ?? 0) + count);
}

/** In bytes; undefined when that of one is not known. */
export const totalSize = (files: readonly { readonly size: number | undefined }[]): number | undefined =>
  files.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
