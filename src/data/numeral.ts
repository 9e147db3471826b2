/**
 * A JSON number whose text a double would lose: `1.0`, or an integer beyond 2^53. Elasticsearch indexes a keyword
 * from the text and a long with 64 bits, so both must survive decoding. Decoders make one only where a plain
 * number would not do; every other number is a JavaScript number.
 */
export class Numeral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** An exact integer beyond 2^53 as a bigint, anything else as a double. */
  valueOf(): number | bigint {
    const double = Number(this.text);
    return /^[+-]?\d+$/.test(this.text) && !Number.isSafeInteger(double) ? BigInt(this.text) : double;
  }

  toJSON(): unknown {
    return rawJson?.(this.text) ?? Number(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/** Keeps the text through JSON.stringify where the runtime can. */
const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON;
