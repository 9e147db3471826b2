/**
 * Finds where a JSON object ends, in bytes that may come in any pieces. It knows strings and brackets and nothing
 * else: whether what lies between is JSON, the parser says.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class ObjectScanner {
  #depth = 0;
  #escaped = false;
  inString = false;
  /** The last byte outside strings that is no white space; a closing quote stands for a string. */
  last = 0;

  /** Reads on from `from`; gives the offset behind the closing bracket, or -1 when the object is still open at `to`. */
  scan(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (this.inString) this.#insideString(byte);
      else if (byte > 0x20) {
        this.last = byte;
        if (byte === QUOTE) this.inString = true;
        // `[` and `{`, `]` and `}` differ in the same bit.
        else if ((byte | 0x20) === 0x7b) this.#depth++;
        else if ((byte | 0x20) === 0x7d && --this.#depth <= 0) return at + 1;
      }
    }
    return -1;
  }

  #insideString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.inString = false;
  }
}
