/** What the way in hands over: batches of events and of refusals, in the order in which they were read. */
import type { MessageCode } from '../base/messages/index.ts';
import type { Arrival, EventEnvelope, Origin } from '../model/event.ts';
import type { Interest } from '../model/interest.ts';
import type { Scanned } from './decode/fast/line-scanner.ts';
import type { KeptPipes } from './source/kept-pipes.ts';
import type { PieceMemory } from './source/memory.ts';
import type { PlainFile } from './source/plain-file.ts';

/** Shapes that a record can be forced to be taken for; `auto` looks at each record. */
export type ShapeChoice = 'auto' | 'audit' | 'ecs' | 'gke' | 'tetragon' | 'falco';

export interface IngestOptions {
  readonly shape: ShapeChoice;
  /** Name of the cluster for records that do not tell it. */
  readonly cluster?: string;
  /** Keep the `RequestReceived` stage, which repeats every request (kubernetes §8.2). */
  readonly keepRequestReceived: boolean;
  /** Keep the audit event's own text, secrets left out, as `event.original`. Doubles the memory of an event. */
  readonly keepOriginal?: boolean;
  /** Longest record in bytes; `RECORD_BYTES` when not given. */
  readonly recordLimit?: number;
  /** Keeps what comes through pipes, for readings that follow. */
  readonly keptPipes?: KeptPipes;
}

/** How a scan reads whose rules need not see every document. */
export interface ScreenedOptions extends IngestOptions {
  /** What the rules look for, so that records that none can match need not be decoded. */
  readonly interest: Interest;
  /** Looks at the bytes of files before their turn; only what is a file is read ahead: a pipe may come slowly. */
  readonly ahead?: ReadAhead;
}

export type ReadingOptions = IngestOptions | ScreenedOptions;

/** The bytes of a file. */
export interface Chunks {
  /** One behind the other, read into this memory. */
  chunks(memory: PieceMemory): AsyncGenerator<Buffer>;
  /** For who reads them in any order; undefined when only `chunks` reads them. */
  plain(): Promise<PlainFile | undefined>;
}

export interface ReadAhead {
  /** The same in pieces of at most so many bytes, of which some were looked at; each is good until the next is asked for. */
  pieces(source: Chunks, bytes: number): AsyncGenerator<Buffer>;
  /** What was found of the lines at this offset of a piece; undefined for bytes that nobody looked at. */
  found(data: Buffer, from: number): Scanned | undefined;
}

/** A record that could not be used: counted and located, never a stop. */
export interface Refusal {
  readonly code: MessageCode;
  readonly origin: Origin;
  readonly message: string;
  /** The beginning of the record, with control characters made visible and secrets left out. */
  readonly excerpt: string;
}

/** Only what was read as `ScreenedOptions` say holds idle events. */
export interface Batch<Item extends Arrival = EventEnvelope> {
  readonly events: readonly Item[];
  readonly refusals: readonly Refusal[];
  /** Left out on purpose, by reason: `RequestReceived stage`, `repeated record`, `CloudWatch control message`. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Used all the same, after a repair, by what was repaired: `invalid UTF-8 replaced`, `NUL bytes left out`. */
  readonly repaired: ReadonlyMap<string, number>;
  /** Records by shape: `kubernetes.audit`, `gke`, `aks`, `tetragon`, `falco`, `ecs`, … */
  readonly shapes: ReadonlyMap<string, number>;
  /** Lines that were looked at as bytes, and had to be decoded all the same, by the reason. */
  readonly decoded: ReadonlyMap<string, number>;
  readonly records: number;
  /** Bytes of the input file consumed so far (compressed size for compressed files), and its size where known. */
  readonly file: string;
  readonly bytesRead: number;
  readonly fileSize: number | undefined;
}

/** `readInputs` in `ingest/index.ts`: files, globs, folders or `-`; throws only for an input that does not exist. */
export interface ReadInputs {
  (inputs: readonly string[], options: ScreenedOptions): AsyncGenerator<Batch<Arrival>>;
  (inputs: readonly string[], options: IngestOptions): AsyncGenerator<Batch>;
  (inputs: readonly string[], options: ReadingOptions): AsyncGenerator<Batch<Arrival>>;
}
