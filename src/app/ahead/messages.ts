/** What the thread that reads and those that look ahead tell one another: plain data. */
import type { Asked } from '../../engine/interest.ts';
import type { PieceScan } from '../../ingest/decode/fast/ahead.ts';
import type { IngestOptions } from '../../ingest/types.ts';

/** What a thread is told when it is made. */
export interface Briefing {
  readonly asked: Asked;
  readonly options: IngestOptions;
}

/** A thread says this when it can look at something. */
export const BEGUN = 'begun';

/** The memory goes there, and comes back with the answer. */
export interface Order {
  readonly piece: ArrayBuffer;
  /** Fields that some event had, of those that are watched and that it was not told of before. */
  readonly known: readonly string[];
}

export interface Answer {
  readonly piece: ArrayBuffer;
  readonly scan: PieceScan;
}
