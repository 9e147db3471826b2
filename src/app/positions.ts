/**
 * How much of each file was taken, over several runs. Files are read from their beginning each time, because only then
 * repeats are known for what they are and the order of several files is the same; what was taken before is passed over.
 */
import type { Position } from '../engine/ports.ts';
import type { EventEnvelope, IdleEvents } from '../model/event.ts';

interface Reading {
  readonly first: string;
  readonly before: Position | undefined;
  last: string;
  read: number;
}

/** Whether an event is to be taken: one that was taken by a run which was killed belongs to the scan that goes on. */
export type Taken = 'now' | 'by this scan' | 'before';

/** How many of some events were taken already: by runs that ended, and besides by one that was killed. */
export interface TakenOf {
  readonly before: number;
  readonly byThisScan: number;
}

/** What is piped in is never the same again. */
const PIPED = '<stdin>';

export class Positions {
  readonly #before: ReadonlyMap<string, Position>;
  readonly #files = new Map<string, Reading>();
  readonly #changed = new Set<string>();
  /** Events that were taken before. */
  passed = 0;

  constructor(before: readonly Position[] = []) {
    this.#before = new Map(before.map((position) => [position.first, position]));
  }

  /** Notes the next event of a file. */
  take({ key, origin: { file } }: EventEnvelope): Taken {
    if (file === PIPED) return 'now';
    const reading = this.#files.get(file) ?? this.#begin(file, key);
    reading.last = key;
    reading.read++;
    const { before } = reading;
    if (before === undefined || reading.read > before.taken) return 'now';
    if (reading.read === before.taken && key !== before.last) this.#changed.add(file);
    this.passed++;
    return reading.read > before.summed ? 'by this scan' : 'before';
  }

  /** Notes the next events of a file. */
  takeIdle(events: IdleEvents): TakenOf {
    const first = events.eventAt(0);
    const { file } = first.origin;
    if (file === PIPED) return { before: 0, byThisScan: 0 };
    const reading = this.#files.get(file) ?? this.#begin(file, first.key);
    const { before, read } = reading;
    reading.last = events.eventAt(events.count - 1).key;
    reading.read += events.count;
    if (before === undefined || read >= before.taken) return { before: 0, byThisScan: 0 };
    const upTo = (position: number): number => Math.min(Math.max(position - read, 0), events.count);
    const [summed, taken] = [upTo(before.summed), upTo(before.taken)];
    const isThere = reading.read >= before.taken;
    if (isThere && events.eventAt(taken - 1).key !== before.last) this.#changed.add(file);
    this.passed += taken;
    return { before: summed, byThisScan: taken - summed };
  }

  /** Of all files that were read from now, and those that have moved on. */
  list(): Position[] {
    return [...this.#files.values()].flatMap(({ first, last, read, before }) =>
      before !== undefined && read <= before.taken
        ? []
        : { first, last, taken: read, summed: before?.summed ?? 0 },
    );
  }

  /** Files that do not begin with what was taken of them, at the end of the input. */
  changed(): string[] {
    for (const [file, { read, before }] of this.#files)
      if (before !== undefined && read < before.taken) this.#changed.add(file);
    return [...this.#changed].sort();
  }

  #begin(file: string, key: string): Reading {
    const reading: Reading = { first: key, before: this.#before.get(key), last: key, read: 0 };
    this.#files.set(file, reading);
    return reading;
  }
}
