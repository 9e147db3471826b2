/** Turns the bytes of a file into UTF-8 without a byte order mark, or says why they cannot be read. */

/** What is looked at to tell text from anything else. */
const SNIFFED_BYTES = 512;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' | 'binary';

/** By byte order mark; without one, UTF-8 unless the beginning is plainly no text. */
function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) {
    return head.length >= 4 && head[2] === 0 && head[3] === 0 ? 'utf-32' : 'utf-16le';
  }
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return looksBinary(head) ? 'binary' : 'utf-8';
}

/** Torn log files hold runs of NUL bytes, so those alone say nothing; other control characters do. */
function looksBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, SNIFFED_BYTES);
  const odd = sample.filter((byte) => byte !== 0 && (byte < 9 || (byte > 13 && byte < 27) || byte === 127));
  return odd.length * 20 > sample.length;
}

const NEWLINE = 0x0a;
const LONGEST_MARK = 4;

/** Takes a file's bytes in pieces of any size and gives them back as UTF-8. */
export class Transcoder {
  readonly #isLive: boolean;
  #head: Buffer | undefined = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  /** Set once the beginning shows an encoding that is not read; nothing more comes out then. */
  refused: 'utf-32' | 'binary' | undefined;

  /** What comes live is judged by its first whole lines: nobody knows when more will come. */
  constructor(isLive = false) {
    this.#isLive = isLive;
  }

  push(bytes: Buffer): Buffer {
    if (this.#head === undefined) return this.#decoded(bytes);
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (this.#isEnough(head)) return this.#begin(head);
    // The memory of the bytes may be used again.
    this.#head = Buffer.from(head);
    return EMPTY;
  }

  #isEnough(head: Buffer): boolean {
    if (head.length >= SNIFFED_BYTES) return true;
    return this.#isLive && head.length >= LONGEST_MARK && head.at(-1) === NEWLINE;
  }

  end(): Buffer {
    const rest = this.#head === undefined ? EMPTY : this.#begin(this.#head);
    const last = this.#decoder?.decode() ?? '';
    return last === '' ? rest : Buffer.concat([rest, Buffer.from(last)]);
  }

  #begin(head: Buffer): Buffer {
    this.#head = undefined;
    const encoding = encodingOf(head);
    if (encoding === 'utf-32' || encoding === 'binary') this.refused = encoding;
    else if (encoding !== 'utf-8') this.#decoder = new TextDecoder(encoding);
    return this.#decoded(hasMark(head) ? head.subarray(3) : head);
  }

  #decoded(bytes: Buffer): Buffer {
    if (this.refused !== undefined) return EMPTY;
    return this.#decoder === undefined ? bytes : Buffer.from(this.#decoder.decode(bytes, { stream: true }));
  }
}

const EMPTY = Buffer.alloc(0);

const hasMark = (head: Uint8Array): boolean => head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
