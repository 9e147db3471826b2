/** Gathers what came out of one file until the next batch is handed over. */
import type { MessageCode } from '../base/messages/index.ts';
import type { Arrival, EventEnvelope, Origin } from '../model/event.ts';
import { excerptOf } from './excerpt.ts';
import type { Batch, Refusal } from './types.ts';

/** Refusals of these codes are about a file, not about a record in it. */
const ABOUT_FILES: ReadonlySet<MessageCode> = new Set([
  'INP002',
  'INP003',
  'INP014',
  'INP015',
  'INP017',
  'INP019',
]);

export class Collector<Item extends Arrival = EventEnvelope> {
  #events: Item[] = [];
  #refusals: Refusal[] = [];
  #skipped = new Map<string, number>();
  #repaired = new Map<string, number>();
  #shapes = new Map<string, number>();
  #decoded = new Map<string, number>();
  #records = 0;

  event(event: Item): void {
    this.#events.push(event);
  }

  /** `text` is the refused record, or what there is of it. */
  refuse(code: MessageCode, origin: Origin, message: string, text: string): void {
    if (!ABOUT_FILES.has(code)) this.#records++;
    this.#refusals.push({ code, origin, message, excerpt: excerptOf(text) });
  }

  /** Records that are left out on purpose. */
  skip(reason: string, records = 1): void {
    this.#records += records;
    add(this.#skipped, reason, records);
  }

  /** Files that are left out on purpose. */
  passOver(reason: string, files: number): void {
    add(this.#skipped, reason, files);
  }

  repair(what: string): void {
    add(this.#repaired, what, 1);
  }

  /** Records that were used. */
  shape(name: string, records: number): void {
    this.#records += records;
    add(this.#shapes, name, records);
  }

  /** A line that could not be judged from its bytes. */
  decode(why: string): void {
    add(this.#decoded, why, 1);
  }

  /** Everything since the last time, and begins anew. */
  take(file: string, bytesRead: number, fileSize: number | undefined): Batch<Item> {
    const batch: Batch<Item> = {
      events: this.#events,
      refusals: this.#refusals,
      skipped: this.#skipped,
      repaired: this.#repaired,
      shapes: this.#shapes,
      decoded: this.#decoded,
      records: this.#records,
      file,
      bytesRead,
      fileSize,
    };
    [this.#events, this.#refusals, this.#records] = [[], [], 0];
    [this.#skipped, this.#repaired] = [new Map(), new Map()];
    [this.#shapes, this.#decoded] = [new Map(), new Map()];
    return batch;
  }
}

function add(counts: Map<string, number>, what: string, times: number): void {
  counts.set(what, (counts.get(what) ?? 0) + times);
}
