/** The bounds of the way in. A refusal that comes from one of them names it. */

/** Bytes that are read at a time. */
export const CHUNK_BYTES = 1024 * 1024;

/** Bytes that are read of a file at a time to find out when it begins. */
export const GLANCE_BYTES = 64 * 1024;

/** Bytes that are read of each file at a time when many are open together. */
export const SHARED_CHUNK_BYTES = 128 * 1024;

/** Files that are read at the same time, when those that overlap are merged by time. */
export const OPEN_FILES = 128;

/** Longest record, in bytes: longer ones are refused, and reading goes on behind them. */
export const RECORD_BYTES = 64 * 1024 * 1024;

/** A line longer than this is taken apart while it is being read instead of being held as a whole. */
export const HELD_LINE_BYTES = 4 * 1024 * 1024;

/** Objects and arrays inside one another. Kubernetes' own deepest objects (CRD schemas) stay far below. */
export const NESTING_DEPTH = 200;

/** Envelopes inside one another: Firehose, in it CloudWatch, in it an event, is three. */
export const ENVELOPE_DEPTH = 8;

/** Bytes that one compressed payload inside an envelope may unfold to. */
export const PAYLOAD_BYTES = 256 * 1024 * 1024;

/** Records that repeat detection remembers at least; it forgets the oldest half of twice as many. */
export const REMEMBERED_RECORDS = 1_000_000;

/** Characters of a refused record that are shown. */
export const EXCERPT_LENGTH = 160;
