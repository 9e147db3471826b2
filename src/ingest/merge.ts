/**
 * Several files as one stream in the order of event times, in memory that does not grow with the files: each open file
 * holds one batch. A file is opened when the stream reaches the earliest time in its beginning, so files that do not
 * overlap are read one after the other. Within a file events keep their order: what came late there comes late here,
 * and one with a time far ahead of its file comes where the file is.
 */
import type { Arrival } from '../model/event.ts';
import { isIdle } from '../model/event.ts';
import type { Placed } from './event-order.ts';
import { EventOrder } from './event-order.ts';
import { OPEN_FILES } from './limits.ts';
import type { Batch } from './types.ts';

/** What a stream is merged from. */
export interface TimedSource {
  readonly name: string;
  /** The earliest time in its beginning; undefined when nothing tells it, and then it is read from the start. */
  readonly begins: number | undefined;
  /** Opens it. The batches come in its own order. */
  readonly read: () => AsyncGenerator<Batch<Arrival>>;
}

/** Events that are handed over together. */
const HANDED_OVER = 1000;

/** Told of in a batch when a file had to wait for another one to end. */
const WAITED = `file read after others that it overlaps, since ${OPEN_FILES} were open`;

/**
 * Batches with the accounts of what was read, without events, and batches with nothing but events, in order of time;
 * of events with the same time, those of the source that was given first come first. Events without a time come as
 * soon as those before them in their file.
 */
export async function* mergeByTime(sources: readonly TimedSource[]): AsyncGenerator<Batch<Arrival>> {
  const merge = new Merge(sources);
  try {
    for (let batch = await merge.next(); batch !== undefined; batch = await merge.next()) yield batch;
  } finally {
    await merge.close();
  }
}

const NO_TIME = -Infinity;
const NOWHERE = { file: '' };

class Merge {
  /** The one that begins first comes last: taking the first of many away moves all others. */
  readonly #closed: { readonly source: TimedSource; readonly rank: number }[];
  readonly #open: Cursor[] = [];
  /** Sources whose time came while too many others were open, and how many of them were told of. */
  readonly #waited = new Set<TimedSource>();
  #told = 0;

  constructor(sources: readonly TimedSource[]) {
    this.#closed = sources
      .map((source, rank) => ({ source, rank }))
      .sort((a, b) => beginning(b.source) - beginning(a.source) || b.rank - a.rank);
  }

  /** Undefined at the end of all sources. */
  async next(): Promise<Batch<Arrival> | undefined> {
    for (;;) {
      const empty = this.#open.find((cursor) => cursor.isEmpty);
      if (empty !== undefined) {
        const batch = await empty.read();
        if (batch !== undefined) return { ...batch, events: [] };
        if (empty.isEmpty) this.#open.splice(this.#open.indexOf(empty), 1);
      } else if (!this.#openDue()) {
        return this.#events();
      }
    }
  }

  async close(): Promise<void> {
    for (const cursor of this.#open) await cursor.close();
  }

  /** True when a source was opened whose time has come. */
  #openDue(): boolean {
    const first = this.#closed.at(-1);
    if (first === undefined || beginning(first.source) > this.#frontier) return false;
    if (this.#open.length >= OPEN_FILES) {
      this.#waited.add(first.source);
      return false;
    }
    this.#closed.pop();
    const at = this.#open.findIndex(({ rank }) => rank > first.rank);
    this.#open.splice(at === -1 ? this.#open.length : at, 0, new Cursor(first.source, first.rank));
    return true;
  }

  /** The time of the next event; infinite when no source is open. */
  get #frontier(): number {
    return this.#open.reduce((least, { time }) => Math.min(least, time), Infinity);
  }

  /** Up to where a source must be opened or read on. */
  #events(): Batch<Arrival> | undefined {
    const opens = this.#open.length < OPEN_FILES ? beginning(this.#closed.at(-1)?.source) : Infinity;
    const events: Arrival[] = [];
    while (events.length < HANDED_OVER) {
      const cursor = this.#earliest();
      if (cursor === undefined || cursor.time >= opens) break;
      events.push(cursor.take((time) => time < opens && this.#isFirst(cursor, time)));
      if (cursor.isEmpty) break;
    }
    return events.length === 0 ? undefined : this.#handOver(events);
  }

  #earliest(): Cursor | undefined {
    let earliest: Cursor | undefined;
    for (const cursor of this.#open)
      if (earliest === undefined || cursor.time < earliest.time) earliest = cursor;
    return earliest;
  }

  /** Whether an event of the cursor at this time comes before those of all others. */
  #isFirst(cursor: Cursor, time: number): boolean {
    for (const other of this.#open)
      if (other !== cursor && (other.rank < cursor.rank ? time >= other.time : time > other.time))
        return false;
    return true;
  }

  #handOver(events: readonly Arrival[]): Batch<Arrival> {
    const waited = this.#waited.size - this.#told;
    this.#told = this.#waited.size;
    const [first] = events;
    const { file } = first === undefined ? NOWHERE : (isIdle(first) ? first.eventAt(0) : first).origin;
    const none = new Map<string, number>();
    return {
      events,
      refusals: [],
      skipped: none,
      repaired: waited === 0 ? none : new Map([[WAITED, waited]]),
      shapes: none,
      decoded: none,
      records: 0,
      file,
      bytesRead: 0,
      fileSize: undefined,
    };
  }
}

const beginning = (source: TimedSource | undefined): number =>
  source === undefined ? Infinity : (source.begins ?? NO_TIME);

/** An open source, and its events that were read and did not come yet. */
class Cursor {
  readonly rank: number;
  readonly #batches: AsyncGenerator<Batch<Arrival>>;
  readonly #order: EventOrder;
  #events: readonly Placed[] = [];
  #at = 0;
  /** Of the idle events that come next, those that came already. */
  #taken = 0;

  constructor(source: TimedSource, rank: number) {
    this.rank = rank;
    this.#batches = source.read();
    this.#order = new EventOrder(source.begins);
  }

  get isEmpty(): boolean {
    return this.#at >= this.#events.length;
  }

  /** Of its next event. */
  get time(): number {
    const placed = this.#events[this.#at];
    if (placed === undefined) return NO_TIME;
    return 'run' in placed ? placed.run.timeAt(this.#taken) : (placed.time ?? NO_TIME);
  }

  /** The next event, and those idle ones with it that come next for all of which this is true. */
  take(comesNext: (time: number) => boolean): Arrival {
    const placed = this.#events[this.#at] as Placed;
    if (!('run' in placed)) {
      this.#at++;
      return placed.event;
    }
    const { run } = placed;
    const from = this.#taken++;
    while (this.#taken < run.count && comesNext(run.timeAt(this.#taken))) this.#taken++;
    const part = run.part(from, this.#taken);
    if (this.#taken < run.count) return part;
    this.#at++;
    this.#taken = 0;
    return part;
  }

  /** The next batch; undefined at the end, when the last events may come with it. */
  async read(): Promise<Batch<Arrival> | undefined> {
    const next = await this.#batches.next();
    this.#at = 0;
    this.#events = next.done === true ? this.#order.end() : this.#order.add(next.value.events);
    return next.done === true ? undefined : next.value;
  }

  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}
