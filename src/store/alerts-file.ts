/**
 * The alerts of scans in a file of their own, one document a line. With a state file it holds each alert exactly once: the
 * state file notes how far it was written, and what a killed scan wrote beyond that is taken back (docs/decisions/0412).
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { source } from '../base/source.ts';
import type { AlertLog, WrittenAlerts } from '../engine/ports.ts';
import type { Alert } from '../model/alert.ts';
import type { Piece } from '../model/alert-parts.ts';
import { alertPieces } from '../model/alert-parts.ts';

/** The file cannot be used; the message says why. */
export class AlertsFileError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(path: string, why: string, hint?: string) {
    super(why);
    this.diagnostic = diagnostic('RUN013', why, { source: source(path, ''), hint });
  }
}

const bytesOf = (piece: Piece): Uint8Array =>
  typeof piece === 'string' ? Buffer.from(piece) : piece.bytes(Buffer.from);

/** Bytes at its end by which a file is known again. */
const TAIL = 4096;

export class AlertsFile implements AlertLog {
  readonly name: string;
  readonly #path: string;
  readonly #file: number;
  /** Whether what is written must be on the disk before anything else is. */
  readonly #isKept: boolean;
  #wasGone = false;
  #length = 0;
  #tail: Buffer = Buffer.alloc(0);

  private constructor(path: string, name: string, file: number, isKept: boolean) {
    this.#path = path;
    this.name = name;
    this.#file = file;
    this.#isKept = isKept;
  }

  /**
   * Written anew, whatever it held; a pipe or a device will do.
   * @throws AlertsFileError for a file that cannot be written
   */
  static anew(path: string): AlertsFile {
    return new AlertsFile(path, path, opened(path, 'w'), false);
  }

  /**
   * Goes on where a state file noted that it ended: `written` is undefined when it knows no file of this `name`.
   * @throws AlertsFileError for a file that cannot be written, or that holds something else
   */
  static goingOn(path: string, name: string, written: WrittenAlerts | undefined): AlertsFile {
    const file = new AlertsFile(path, name, opened(path, 'a+'), true);
    try {
      file.#goOn(written);
    } catch (error) {
      file.close();
      throw failureOf(path, error);
    }
    return file;
  }

  /** It was written before and was not there any more, so that it begins anew. */
  get wasGone(): boolean {
    return this.#wasGone;
  }

  get written(): WrittenAlerts {
    return { length: this.#length, digest: createHash('sha256').update(this.#tail).digest('hex') };
  }

  /**
   * On the disk when it returns, if it is one to go on with.
   * @throws AlertsFileError when that fails: a part may be written then
   */
  append(alerts: readonly Alert[]): void {
    if (alerts.length === 0) return;
    const bytes = Buffer.concat(alerts.flatMap((alert) => [...alertPieces(alert), '\n'].map(bytesOf)));
    try {
      writeFileSync(this.#file, bytes);
      if (this.#isKept) fsyncSync(this.#file);
    } catch (error) {
      throw failureOf(this.#path, error);
    }
    this.#length += bytes.length;
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-TAIL)]).subarray(-TAIL);
  }

  close(): void {
    closeSync(this.#file);
  }

  #goOn(written: WrittenAlerts | undefined): void {
    const stats = fstatSync(this.#file);
    if (!stats.isFile())
      throw new AlertsFileError(this.#path, 'it is no regular file', 'name one, or leave out --state');
    const { size } = stats;
    if (size === 0) {
      // Somebody took it away with what it held.
      this.#wasGone = written !== undefined && written.length > 0;
      return;
    }
    if (written === undefined)
      throw new AlertsFileError(this.#path, 'it holds something that the state file knows nothing of', NEW);
    if (size < written.length)
      throw new AlertsFileError(this.#path, `${written.length} bytes were written, and it has ${size}`, NEW);
    this.#length = written.length;
    this.#tail = this.#lastBytes();
    if (this.written.digest !== written.digest)
      throw new AlertsFileError(this.#path, 'it was changed since the last scan wrote it', NEW);
    ftruncateSync(this.#file, written.length);
  }

  /** Those before the place up to which it counts. */
  #lastBytes(): Buffer {
    const bytes = Buffer.alloc(Math.min(TAIL, this.#length));
    const read = readSync(this.#file, bytes, 0, bytes.length, this.#length - bytes.length);
    return bytes.subarray(0, read);
  }
}

const NEW = 'name a new file: it gets what is found from now on';

function opened(path: string, flags: 'w' | 'a+'): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    throw failureOf(path, error);
  }
}

/** By the code of the system. */
const reasons: Readonly<Record<string, readonly [why: string, hint?: string]>> = {
  ENOENT: ['its folder does not exist', 'make the folder first'],
  ENOTDIR: ['its folder is a file'],
  EISDIR: ['it is a folder', 'name a file in it'],
  EACCES: ['it may not be written'],
  EPERM: ['it may not be written'],
  EROFS: ['it may not be written'],
  ENOSPC: [
    'the disk is full',
    'make room and scan again: with a state file it goes on from the last checkpoint',
  ],
  EDQUOT: [
    'the disk is full',
    'make room and scan again: with a state file it goes on from the last checkpoint',
  ],
};

/** What is no fault of the file goes on as it is. */
function failureOf(path: string, error: unknown): unknown {
  if (error instanceof AlertsFileError || !(error instanceof Error) || !('code' in error)) return error;
  const [why, hint] = reasons[String(error.code)] ?? [`it cannot be written: ${error.message}`];
  return new AlertsFileError(path, why, hint);
}
