/**
 * Lines of which the bytes tell what rules ask, taken by the block: what no condition holds for goes on as runs, the others
 * as events.
 */
import type { Arrival } from '../model/event.ts';
import type { Collector } from './collector.ts';
import type { Block, Reading } from './decode/fast/block.ts';
import { ScannedEvent } from './decode/fast/block.ts';
import { Findings } from './decode/fast/findings.ts';
import { IN_LIST, MOST_RECORDS } from './decode/fast/offsets.ts';
import { IdleRecords } from './decode/fast/idle-records.ts';
import type { LineScanner, Scanned } from './decode/fast/line-scanner.ts';
import { scannerFor } from './decode/fast/line-scanner.ts';
import { NOT_LOOKED_AT, TOO_LONG } from './decode/fast/why-decoded.ts';
import type { TakenLines } from './decode/record-sink.ts';
import { documentAt } from './document-of.ts';
import type { Repeats } from './normalise/repeats.ts';
import { REPEATED, REPEATED_RECORD, sameKeysOf } from './same-keys.ts';
import type { ScreenedOptions } from './types.ts';

/** What lines are read into, and for. */
interface Surroundings {
  readonly collector: Collector<Arrival>;
  readonly repeats: Repeats;
  readonly reading: Reading;
  /** Streams of a container runtime of which a line waits for its rest. */
  readonly waiting: () => number;
}

/** Findings that no file uses just now, for the next one: what is new has to be cleared and collected, for a file of a line, too. */
const MOST_SPARE = 8;

const spare = {
  findings: [] as Findings[],
  pop(): Findings {
    const findings = this.findings.pop();
    findings?.clear();
    return findings ?? new Findings();
  },
  push(findings: Findings): void {
    if (this.findings.length < MOST_SPARE) this.findings.push(findings);
  },
};

export class ScreenedLines {
  #scanner: LineScanner;
  readonly #options: ScreenedOptions;
  readonly #collector: Collector<Arrival>;
  readonly #repeats: Repeats;
  readonly #reading: Reading;
  readonly #waiting: () => number;
  /** One, unless records are very short; all are used again. */
  readonly #findings: Findings[] = [];
  #used = 0;
  /** Lower halves of keys of one block. */
  readonly #keys = new Uint32Array(MOST_RECORDS);

  constructor(options: ScreenedOptions, { collector, repeats, reading, waiting }: Surroundings) {
    this.#scanner = scannerFor(options.interest, options);
    this.#options = options;
    this.#collector = collector;
    this.#repeats = repeats;
    this.#reading = reading;
    this.#waiting = waiting;
  }

  /** The events that were handed over are not needed any more, but for those that were settled. */
  release(): void {
    for (const findings of this.#findings) findings.clear();
    this.#used = 0;
  }

  /** Nothing that was handed over is used any more, and no line comes. */
  close(): void {
    for (const findings of this.#findings.splice(0)) spare.push(findings);
  }

  /** Takes the lines whose bytes tell everything, up to the first other one. */
  take(data: Buffer, from: number, to: number, firstLine: number, inList: boolean): TakenLines {
    this.#scanner = scannerFor(this.#options.interest, this.#options);
    let [end, line] = [from, firstLine];
    while (end < to) {
      const scanned = this.#scanner.isWorthwhile ? this.#look(data, end, to, inList) : undefined;
      if (scanned === undefined) return this.#stop(NOT_LOOKED_AT, end, line - firstLine);
      this.#takeBlock(scanned, line);
      line += scanned.lines;
      ({ end } = scanned);
      const why = scanned.stopped ?? (scanned.records === 0 ? TOO_LONG : undefined);
      if (why !== undefined) return this.#stop(why, end, line - firstLine);
    }
    return { end, count: line - firstLine };
  }

  /** The next line has to be decoded. */
  #stop(why: string, end: number, count: number): TakenLines {
    this.#scanner.countOther();
    this.#collector.decode(why);
    return { end, count };
  }

  /** What was found ahead counts like what is found now, unless a line waits or is in a list, of which nobody knew there. */
  #look(data: Buffer, from: number, to: number, inList: boolean): Scanned {
    const waiting = this.#waiting() | (inList ? IN_LIST : 0);
    const found = waiting === 0 ? this.#options.ahead?.found(data, from) : undefined;
    const { file } = this.#reading;
    const made = documentAt({ file }, this.#options);
    if (found === undefined) return this.#scanner.scan(data, from, to, made, this.#room(), waiting);
    this.#scanner.countSpared(found.records);
    this.#scanner.show(found, made);
    return found;
  }

  #room(): Findings {
    if (this.#findings[this.#used]?.hasRoom === false) this.#used++;
    return (this.#findings[this.#used] ??= spare.pop());
  }

  #takeBlock({ block, records }: Scanned, firstLine: number): void {
    this.#fetch(block, records);
    const idle = new IdleRecords(block, records, firstLine, this.#reading);
    let sameKeys = 0;
    for (let record = 0; record < records; record++) {
      const { name, leftOut } = block.shape(record);
      if (block.isLeftOut(record)) {
        this.#collector.skip(leftOut?.reason ?? '');
        continue;
      }
      const isSecond = block.isSecond(record);
      if (!isSecond) sameKeys = this.#sameKeys(block, record);
      if (sameKeys === REPEATED) {
        if (!isSecond) this.#collector.skip(REPEATED_RECORD);
        continue;
      }
      if (!isSecond) this.#collector.shape(name, 1);
      if (sameKeys === 0 && !block.hasHolds(record)) idle.add(record, this.#collector);
      else {
        idle.endRun(this.#collector);
        this.#collector.event(new ScannedEvent(block, record, firstLine, this.#reading, sameKeys));
      }
    }
    idle.endRun(this.#collector);
  }

  /** The memory that each key is looked for in, all at once: waiting for one after the other takes much longer. */
  #fetch(block: Block, records: number): void {
    const keys = this.#keys.subarray(0, records);
    for (let record = 0; record < records; record++) keys[record] = block.fingerprint(record, 0);
    this.#repeats.fetch(keys);
  }

  #sameKeys(block: Block, record: number): number {
    const sighting = this.#repeats.see(
      block.fingerprint(record, 1),
      block.fingerprint(record, 0),
      block.fingerprint(record, 3),
      block.fingerprint(record, 2),
    );
    if (sighting === 'new') return 0;
    return sameKeysOf(this.#repeats, sighting, {
      key: block.keyOf(record),
      content: block.contentOf(record),
      hasIdentity: block.hasIdentity(record),
    });
  }
}
