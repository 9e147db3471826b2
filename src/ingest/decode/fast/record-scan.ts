/**
 * One pass over the bytes of a record: every byte is checked against the grammar of JSON, the values at paths that
 * matter are looked up as they go by, and nothing is made of the rest. The scan gives up on whatever it does not fully
 * understand, valid or not; then the record goes the usual way.
 */
import { isUtf8 } from 'node:buffer';
import type { Interest } from '../../../model/interest.ts';
import type { ByteNode, Fact } from './byte-node.ts';
import { isEqual } from './bytes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LOWER_U = 0x75;

/** Where a scan gave up. */
const FAILED = -1;
/** Deeper records go the usual way, which knows the limit. */
const DEEPEST = 64;

/** Of bytes inside a string: plain ones are 0. */
const PLAIN = 0;
const HIGH = 3;
const KINDS = new Uint8Array(256);
KINDS.fill(1, 0, 0x20);
KINDS[QUOTE] = 2;
KINDS[BACKSLASH] = 2;
KINDS.fill(HIGH, 0x80);

const ESCAPED = new Uint8Array(256);
for (const character of '"\\/bfnrt') ESCAPED[character.charCodeAt(0)] = 1;
const HEX = new Uint8Array(256);
for (const character of '0123456789abcdefABCDEF') HEX[character.charCodeAt(0)] = 1;

/** Whether a fact was seen, and as what; what was seen twice is odd, as the last one counts. */
const ABSENT = 0;
const TEXT = 1;
const OPENED = 2;
const ODD = 3;

export class RecordScan {
  readonly #interest: Interest;
  readonly #facts: Uint8Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #data: Buffer = Buffer.alloc(0);
  #high = false;
  /** The string that was read last has escapes or other characters than ASCII. */
  #isPlain = true;
  /** There was a value that some rule reads; one that may become such a value; the first one of some field. */
  sawRead = false;
  sawSource = false;
  sawNew = false;

  constructor(interest: Interest, facts: number) {
    this.#interest = interest;
    this.#facts = new Uint8Array(facts);
    this.#from = new Int32Array(facts);
    this.#to = new Int32Array(facts);
  }

  /**
   * Whether the bytes, which a line end follows, are one JSON object that was understood. What it says to the rules has
   * been noted then.
   */
  scan(root: ByteNode, data: Buffer, from: number, to: number): boolean {
    this.#data = data;
    this.#high = false;
    this.sawRead = this.sawSource = this.sawNew = false;
    this.#facts.fill(ABSENT);
    let at = this.#object(root, from, 0);
    if (at === FAILED) return false;
    at = this.#blank(at);
    return at === to && (!this.#high || isUtf8(data.subarray(from, to)));
  }

  /** The fact is a plain text in ASCII; false also when it is absent. */
  isText(fact: Fact): boolean {
    return this.#facts[fact] === TEXT;
  }

  isAbsent(fact: Fact): boolean {
    return this.#facts[fact] === ABSENT;
  }

  /** Neither absent nor one text, nor one object or list. */
  isOdd(fact: Fact): boolean {
    return this.#facts[fact] === ODD;
  }

  /** Whether the text of the fact is this one, begins with it, or is absent as this one is. */
  isEqual(fact: Fact, text: Uint8Array): boolean {
    return this.isText(fact) && isEqual(this.#data, this.#from[fact] ?? 0, this.#to[fact] ?? 0, text);
  }

  startsWith(fact: Fact, text: Uint8Array): boolean {
    const from = this.#from[fact] ?? 0;
    const end = from + text.length;
    return this.isText(fact) && end <= (this.#to[fact] ?? 0) && isEqual(this.#data, from, end, text);
  }

  isSame(fact: Fact, text: Uint8Array | undefined): boolean {
    return text === undefined ? this.isAbsent(fact) : this.isEqual(fact, text);
  }

  /** The text of a fact; undefined where `isText` is false. */
  text(fact: Fact): string | undefined {
    if (!this.isText(fact)) return undefined;
    return this.#data.toString('latin1', this.#from[fact], this.#to[fact]);
  }

  #blank(from: number): number {
    const data = this.#data;
    let at = from;
    while (data[at] === 0x20 || data[at] === 0x09 || data[at] === 0x0d) at++;
    return at;
  }

  #object(node: ByteNode | undefined, from: number, depth: number): number {
    const data = this.#data;
    if (depth > DEEPEST) return FAILED;
    let at = from + 1;
    if ((data[at] as number) <= 0x20) at = this.#blank(at);
    if (data[at] === CLOSE_OBJECT) return at + 1;
    for (;;) {
      if (data[at] !== QUOTE) return FAILED;
      const key = ++at;
      let hash = 0;
      let dots = 0;
      for (let byte = data[at] as number; KINDS[byte] === PLAIN; byte = data[++at] as number) {
        hash = (Math.imul(hash, 31) + byte) | 0;
        if (byte === DOT) dots = 1;
      }
      const end = data[at] === QUOTE ? at : this.#endOfString(at);
      if (end === FAILED) return FAILED;
      let child: ByteNode | undefined;
      if (node !== undefined) {
        if (end !== at) return FAILED;
        child = node.find(data, key, end, hash);
        if (child === undefined) {
          if (node.strict) return FAILED;
          if (dots === 1) {
            if (node.underscored) child = node.findUnderscored(data, key, end);
            else if (node.mayLeadOn(data, key, end)) return FAILED;
          }
        }
      }
      at = end + 1;
      if (data[at] !== COLON) {
        at = this.#blank(at);
        if (data[at] !== COLON) return FAILED;
      }
      at++;
      if ((data[at] as number) <= 0x20) at = this.#blank(at);
      at = this.#value(child, at, depth);
      if (at === FAILED) return FAILED;
      if ((data[at] as number) <= 0x20) at = this.#blank(at);
      if (data[at] === COMMA) {
        at++;
        if ((data[at] as number) <= 0x20) at = this.#blank(at);
      } else return data[at] === CLOSE_OBJECT ? at + 1 : FAILED;
    }
  }

  #list(node: ByteNode | undefined, from: number, depth: number): number {
    const data = this.#data;
    if (depth > DEEPEST) return FAILED;
    let at = this.#blank(from + 1);
    if (data[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      at = this.#value(node, at, depth);
      if (at === FAILED) return FAILED;
      at = this.#blank(at);
      if (data[at] === CLOSE_LIST) return at + 1;
      if (data[at] !== COMMA) return FAILED;
      at = this.#blank(at + 1);
    }
  }

  #value(node: ByteNode | undefined, at: number, depth: number): number {
    if (node !== undefined) {
      if (node.refused) return FAILED;
      if (node.always !== undefined) this.#interest.note(node.always);
    }
    const byte = this.#data[at] as number;
    if (byte === QUOTE) return this.#string(node, at + 1);
    if (byte === OPEN_OBJECT) return this.#inner(node, at, depth, true);
    if (byte === OPEN_LIST) return this.#inner(node, at, depth, false);
    return this.#word(node, at, byte);
  }

  #inner(node: ByteNode | undefined, at: number, depth: number, isObject: boolean): number {
    if (node !== undefined) {
      if (isObject ? node.noObject : node.noList) return FAILED;
      if (node.fact !== -1) this.#facts[node.fact] = this.#facts[node.fact] === ABSENT ? OPENED : ODD;
      if (node.presence !== undefined) this.#interest.note(node.presence);
      this.#newOrKnown(node);
    }
    return isObject ? this.#object(node, at, depth + 1) : this.#list(node, at, depth + 1);
  }

  /** `from` is behind the opening quote. */
  #string(node: ByteNode | undefined, from: number): number {
    const data = this.#data;
    let at = from;
    while (KINDS[data[at] as number] === PLAIN) at++;
    this.#isPlain = data[at] === QUOTE;
    const end = this.#isPlain ? at : this.#endOfString(at);
    if (end === FAILED) return FAILED;
    if (node !== undefined && !this.#scalar(node, from, end)) return FAILED;
    return end + 1;
  }

  /** The offset of the closing quote. */
  #endOfString(from: number): number {
    const data = this.#data;
    for (let at = from; ; at++) {
      const byte = data[at] as number;
      const kind = KINDS[byte];
      if (kind === PLAIN) continue;
      if (kind === HIGH) this.#high = true;
      else if (byte === QUOTE) return at;
      else if (byte !== BACKSLASH) return FAILED;
      else if (ESCAPED[data[at + 1] as number] === 1) at++;
      else if (data[at + 1] === LOWER_U && this.#isHex(at + 2)) at += 5;
      else return FAILED;
    }
  }

  #isHex(at: number): boolean {
    for (let i = 0; i < 4; i++) if (HEX[this.#data[at + i] as number] !== 1) return false;
    return true;
  }

  /** A number, `true`, `false` or `null`. */
  #word(node: ByteNode | undefined, from: number, first: number): number {
    if (first === MINUS || (first >= ZERO && first <= NINE)) {
      const end = this.#number(from);
      if (end === FAILED || node === undefined) return end;
      return this.#odd(node, from, end) ? end : FAILED;
    }
    if (this.#spells(from, 'null')) {
      if (node === undefined) return from + 4;
      if (node.fact !== -1) this.#facts[node.fact] = ODD;
      return node.always === undefined ? from + 4 : FAILED;
    }
    const end = this.#spells(from, 'true') ? from + 4 : this.#spells(from, 'false') ? from + 5 : FAILED;
    if (end === FAILED || node === undefined) return end;
    return this.#odd(node, from, end) ? end : FAILED;
  }

  #spells(from: number, word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.#data[from + i] !== word.charCodeAt(i)) return false;
    return true;
  }

  #number(from: number): number {
    const data = this.#data;
    let at = data[from] === MINUS ? from + 1 : from;
    const whole = at;
    at = this.#digits(at);
    if (at === whole || (data[whole] === ZERO && at > whole + 1)) return FAILED;
    if (data[at] === DOT) {
      const fraction = at + 1;
      at = this.#digits(fraction);
      if (at === fraction) return FAILED;
    }
    if (data[at] === 0x65 || data[at] === 0x45) {
      const exponent = data[at + 1] === PLUS || data[at + 1] === MINUS ? at + 2 : at + 1;
      at = this.#digits(exponent);
      if (at === exponent) return FAILED;
    }
    return at;
  }

  #digits(from: number): number {
    const data = this.#data;
    let at = from;
    while ((data[at] as number) >= ZERO && (data[at] as number) <= NINE) at++;
    return at;
  }

  /** A number or a boolean at a place that matters. */
  #odd(node: ByteNode, from: number, to: number): boolean {
    if (node.noScalar) return false;
    this.#present(node, false);
    if (node.fact !== -1) this.#facts[node.fact] = ODD;
    if (!node.meanings.isEmpty) this.#note(node, from, to, 'word');
    return true;
  }

  /** A text at a place that matters. */
  #scalar(node: ByteNode, from: number, to: number): boolean {
    if (node.noScalar) return false;
    this.#present(node, from === to);
    const { fact } = node;
    if (fact !== -1) {
      this.#facts[fact] = this.#facts[fact] === ABSENT && this.#isPlain ? TEXT : ODD;
      this.#from[fact] = from;
      this.#to[fact] = to;
    }
    if (!node.meanings.isEmpty) this.#note(node, from, to, this.#isPlain ? 'text' : 'escaped');
    return true;
  }

  #note(node: ByteNode, from: number, to: number, token: 'text' | 'escaped' | 'word'): void {
    const meaning = node.meanings.of(this.#data, from, to, token);
    if (meaning !== undefined) this.#interest.note(meaning);
  }

  /** A value that is neither null nor a container. */
  #present(node: ByteNode, isEmpty: boolean): void {
    if (node.presence !== undefined) this.#interest.note(node.presence);
    if (node.isRead && !isEmpty) this.sawRead = true;
    this.#newOrKnown(node);
  }

  /** Values at paths that had none so far have to be seen by others, too. */
  #newOrKnown(node: ByteNode): void {
    if (node.isSource) this.sawSource = true;
    if (node.paths.length === 0) return;
    node.paths = node.paths.filter((path) => !this.#interest.isKnown(path));
    if (node.paths.length > 0) this.sawNew = true;
  }
}
