/** What is known of a record that was only scanned, and the shapes that can be scanned. */
import type { JsonObject } from '../../../data/document.ts';
import type { Interest, Readers } from '../../../model/interest.ts';
import type { IngestOptions } from '../../types.ts';
import type { Layout } from './layout.ts';
import type { RecordScan } from './record-scan.ts';

/** What normalising would say of a record besides its document. */
export interface Outline {
  readonly time: number;
  readonly identity: readonly (string | undefined)[];
  readonly request?: readonly (string | undefined)[] | undefined;
}

/** A shape of records as its bytes show it. */
export interface ByteShape {
  /** As in `Shape`. */
  readonly name: string;
  readonly layout: Layout;
  readonly facts: number;
  /** Whether a scanned record has the shape beyond doubt, whatever else could be found in it. */
  readonly fits: (scan: RecordScan) => boolean;
  /** The reason for which it is left out on purpose. */
  readonly leftOut: (scan: RecordScan) => string | undefined;
  /** Undefined when the record has to be looked at more closely. */
  readonly outline: (scan: RecordScan) => Outline | undefined;
  readonly readers: (scan: RecordScan, document: () => JsonObject) => Readers;
}

/** Undefined when the options ask for what needs the whole record. */
export type ByteShapeMaker = (interest: Interest, options: IngestOptions) => ByteShape | undefined;
