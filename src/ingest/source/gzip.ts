/**
 * One member of a gzip file (RFC 1952): a header, deflated bytes, their checksum and their length. Node's own reader takes
 * what follows for a further member at once, and loses with that one's error what it had unpacked of the first.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import type { Member } from './member.ts';
import { StreamMember } from './member.ts';

const EMPTY = Buffer.alloc(0);
const MAGIC = [0x1f, 0x8b, 8];
const FIXED_HEADER = 10;
/** Flags in the header: what it has besides. */
const FLAGS = 3;
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const TRAILER = 8;

export class GzipMember implements Member {
  readonly #body = new StreamMember(createInflateRaw);
  #header: Buffer | undefined = EMPTY;
  #trailer: Buffer | undefined;
  #checksum = 0;
  #length = 0;
  consumed = 0;

  async *take(piece: Buffer): AsyncGenerator<Buffer> {
    let at = this.#header === undefined ? 0 : this.#takeHeader(this.#header, piece);
    if (at < piece.length && this.#trailer === undefined) {
      const before = this.#body.consumed;
      yield* this.#counted(this.#body.take(piece.subarray(at)));
      at += this.#body.consumed - before;
      if (at < piece.length) yield* this.#endBody();
    }
    if (this.#trailer !== undefined) at += this.#takeTrailer(this.#trailer, piece.subarray(at));
    this.consumed += at;
  }

  async *end(): AsyncGenerator<Buffer> {
    if (this.#header !== undefined) throw new Error(TOO_SHORT);
    if (this.#trailer === undefined) yield* this.#endBody();
    if (this.#trailer?.length !== TRAILER) throw new Error(TOO_SHORT);
  }

  /** Gives the offset behind the header, or of the piece's end. */
  #takeHeader(before: Buffer, piece: Buffer): number {
    const whole = Buffer.concat([before, piece]);
    const length = headerLength(whole);
    this.#header = length === undefined ? whole : undefined;
    return length === undefined ? piece.length : length - before.length;
  }

  async *#endBody(): AsyncGenerator<Buffer> {
    yield* this.#counted(this.#body.end());
    this.#trailer = EMPTY;
  }

  async *#counted(unpacked: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    for await (const bytes of unpacked) {
      this.#checksum = crc32(bytes, this.#checksum);
      this.#length = (this.#length + bytes.length) >>> 0;
      yield bytes;
    }
  }

  /** Gives how many bytes belong to it. */
  #takeTrailer(before: Buffer, piece: Buffer): number {
    const taken = piece.subarray(0, TRAILER - before.length);
    const whole = Buffer.concat([before, taken]);
    this.#trailer = whole;
    if (whole.length === TRAILER && before.length < TRAILER) {
      if (whole.readUInt32LE(0) !== this.#checksum) throw new Error('incorrect data check');
      if (whole.readUInt32LE(4) !== this.#length) throw new Error('incorrect length check');
    }
    return taken.length;
  }
}

const TOO_SHORT = 'unexpected end of file';

/**
 * Undefined while there are too few bytes to tell.
 * @throws Error for what is no header
 */
function headerLength(bytes: Buffer): number | undefined {
  if (MAGIC.some((byte, at) => at < bytes.length && bytes[at] !== byte))
    throw new Error('incorrect header check');
  if (bytes.length < FIXED_HEADER) return undefined;
  const flags = bytes[FLAGS] ?? 0;
  let at = FIXED_HEADER;
  if ((flags & HAS_EXTRA) !== 0) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  if ((flags & HAS_CHECKSUM) !== 0) at += 2;
  return at > bytes.length ? undefined : at;
}
