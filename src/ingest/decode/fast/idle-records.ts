/** The records of a block for which no condition holds. */
import type { EventEnvelope, IdleEvents } from '../../../model/event.ts';
import type { Block, Reading } from './block.ts';
import { ScannedEvent } from './block.ts';

/** Who takes events in their order. */
interface Taker {
  event(run: IdleEvents): void;
}

export class IdleRecords {
  readonly #block: Block;
  readonly #firstLine: number;
  readonly #reading: Reading;
  /** Their numbers and their times, one behind the other. */
  readonly #records: Uint16Array;
  readonly #times: Float64Array;
  #count = 0;
  /** Where the current run begins among them. */
  #from = 0;
  #isRead = false;

  /** Of a block with so many records. */
  constructor(block: Block, records: number, firstLine: number, reading: Reading) {
    this.#block = block;
    this.#firstLine = firstLine;
    this.#reading = reading;
    this.#records = new Uint16Array(records);
    this.#times = new Float64Array(records);
  }

  /** The next one; what came before it goes on when they differ in whether rules read anything of them. */
  add(record: number, taker: Taker): void {
    const isRead = this.#block.isRead(record);
    if (isRead !== this.#isRead) this.endRun(taker);
    this.#isRead = isRead;
    this.#records[this.#count] = record;
    this.#times[this.#count] = this.#block.time(record);
    this.#count++;
  }

  /** Something else comes next, or nothing. */
  endRun(taker: Taker): void {
    if (this.#count > this.#from) taker.event(new IdleRun(this, this.#isRead, this.#from, this.#count));
    this.#from = this.#count;
  }

  timeAt(position: number): number {
    return this.#times[position] as number;
  }

  eventAt(position: number): EventEnvelope {
    const record = this.#records[position] as number;
    return new ScannedEvent(this.#block, record, this.#firstLine, this.#reading, 0);
  }
}

/** Those from one position up to another one. */
class IdleRun implements IdleEvents {
  readonly count: number;
  readonly isRead: boolean;
  readonly #records: IdleRecords;
  readonly #from: number;

  constructor(records: IdleRecords, isRead: boolean, from: number, to: number) {
    this.count = to - from;
    this.isRead = isRead;
    this.#records = records;
    this.#from = from;
  }

  timeAt(position: number): number {
    return this.#records.timeAt(this.#from + position);
  }

  eventAt(position: number): EventEnvelope {
    return this.#records.eventAt(this.#from + position);
  }

  part(from: number, to: number): IdleEvents {
    return new IdleRun(this.#records, this.isRead, this.#from + from, this.#from + to);
  }
}
