/**
 * Cuts a stream of UTF-8 bytes into JSON values and lines of other text, whatever the layout: one object a line,
 * objects without anything between them, objects over many lines, arrays of objects. A broken record never costs its
 * neighbours: the next line that begins with an object is read again on its own.
 */
import { isUtf8 } from 'node:buffer';
import type { Origin } from '../../model/event.ts';
import { HELD_LINE_BYTES } from '../limits.ts';
import { cutOff } from './cut-off.ts';
import { LONGEST_LINE } from './fast/offsets.ts';
import { parseJson } from './json.ts';
import { type RecordSink, recordTooLong } from './record-sink.ts';
import { ObjectScanner } from './scanner.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const EMPTY = Buffer.alloc(0);

/** An object whose end has not come yet. */
interface Open {
  readonly origin: Origin;
  readonly scanner: ObjectScanner;
  parts: Buffer[];
  size: number;
  /** Too long already: read to its end, but no longer held. */
  dropped: boolean;
}

export class Framing {
  readonly #origin: Origin;
  readonly #sink: RecordSink;
  readonly #recordLimit: number;
  readonly #heldLine: number;
  readonly #takesLines: boolean;

  /** The beginning of a line whose end has not come yet. */
  #carry: Buffer = EMPTY;
  #line = 1;
  /** Offset in the stream of the first byte of what is being looked at. */
  #offset = 0;
  /** The beginning of this line went through already, because the line is long. */
  #midLine = false;
  /** What is left of this line is not looked at any more. */
  #dropLine = false;
  #open: Open | undefined;
  #lists = 0;
  #listOrigin: Origin | undefined;

  /** `origin` is where the stream lies; lines and offsets are added to it unless it is an item of an envelope. */
  constructor(origin: Origin, sink: RecordSink, recordLimit: number, heldLine: number = HELD_LINE_BYTES) {
    this.#origin = origin;
    this.#sink = sink;
    this.#recordLimit = recordLimit;
    this.#heldLine = Math.min(heldLine, recordLimit);
    this.#takesLines =
      sink.lines !== undefined && origin.item === undefined && this.#heldLine >= LONGEST_LINE;
  }

  /** The pieces may be cut anywhere; the result does not depend on where. Their memory may be used again. */
  push(bytes: Buffer): void {
    const newline = this.#carry.length === 0 ? -1 : bytes.indexOf(NEWLINE);
    if (newline === -1) return this.#push(this.#carry, bytes);
    // Only the line that was cut is put together, so that the others need not be copied.
    this.#push(this.#carry, bytes.subarray(0, newline + 1));
    this.#push(EMPTY, bytes.subarray(newline + 1));
  }

  #push(carry: Buffer, bytes: Buffer): void {
    // Always another buffer, even when the source uses its own again.
    const isOurs = carry.length > 0;
    const data = isOurs ? Buffer.concat([carry, bytes]) : bytes.subarray();
    const end = bytes.length === 0 ? 0 : endOfLines(data, carry.length);
    let from = this.#takeLines(data, 0, end);
    while (from < end) {
      const newline = data.indexOf(NEWLINE, from);
      this.#wholeLine(data, from, newline);
      this.#line++;
      from = this.#takeLines(data, newline + 1, end);
    }
    const rest = data.subarray(from);
    const kept = rest.length > this.#heldLine ? this.#longLine(data, from) : rest;
    this.#carry = isOurs ? kept : Buffer.from(kept);
    this.#offset += data.length - this.#carry.length;
  }

  end(): void {
    const last = this.#carry;
    this.#carry = EMPTY;
    if (last.length > 0 || this.#midLine) this.#wholeLine(last, 0, last.length);
    if (this.#open !== undefined) this.#giveUp();
    if (this.#lists > 0 && this.#listOrigin !== undefined) {
      this.#sink.refuse(
        'INP017',
        this.#listOrigin,
        'the list of records that begins here is not closed',
        '[',
      );
    }
    this.#lists = 0;
  }

  /** The offset behind the lines that need no framing. */
  #takeLines(data: Buffer, from: number, end: number): number {
    const isFresh = this.#open === undefined && !this.#midLine && !this.#dropLine;
    if (!isFresh || from === end || !this.#takesLines) return from;
    const taken = this.#sink.lines?.(data, from, end, this.#line, this.#lists > 0);
    if (taken === undefined) return from;
    this.#line += taken.count;
    return taken.end;
  }

  #wholeLine(data: Buffer, from: number, to: number): void {
    if (this.#dropLine) this.#dropLine = false;
    else if (this.#midLine) this.#segment(data, from, to, true);
    else this.#lineFromItsStart(data, from, to);
    this.#midLine = false;
  }

  #lineFromItsStart(data: Buffer, from: number, to: number): void {
    if (this.#open !== undefined) {
      if (!beginsWithObject(data, from) || mayGoOnWithObject(this.#open.scanner.last)) {
        return this.#segment(data, from, to, true);
      }
      this.#giveUp();
    }
    if (to - from > this.#heldLine) this.#heldTooLong(data, from, to);
    else this.#freshLine(data, from, to);
  }

  #freshLine(data: Buffer, from: number, to: number): void {
    const first = skipBlank(data, from, to);
    if (first === to) return this.#blank(data, from, to);
    if (this.#isJson(data[first]!)) {
      if (data[first] !== OPEN_OBJECT || !this.#wholeObject(data, first, to))
        this.#segment(data, first, to, true);
    } else {
      this.#sink.line(this.#textOf(data, first, to), this.#place());
    }
  }

  /** The usual case: the line is one object. */
  #wholeObject(data: Buffer, first: number, to: number): boolean {
    let text = this.#textOf(data, first, to);
    let parsed = parseJson(text);
    if (!parsed.ok && text.includes('\0')) {
      text = text.replaceAll('\0', '');
      parsed = parseJson(text);
      if (parsed.ok) this.#sink.repair('NUL bytes left out');
    }
    if (parsed.ok) this.#sink.json(text, parsed.value, this.#place());
    return parsed.ok;
  }

  #blank(data: Buffer, from: number, to: number): void {
    if (data.subarray(from, to).includes(0)) this.#sink.repair('NUL bytes left out');
  }

  /** Lines longer than what is held go the long way even when they lie here as a whole, so that it is always the same. */
  #heldTooLong(data: Buffer, from: number, to: number): void {
    const first = skipBlank(data, from, to);
    if (first < to && this.#isJson(data[first]!)) this.#segment(data, first, to, true);
    else if (to - from > this.#recordLimit) this.#refuseLongLine(data, from);
    else this.#sink.line(this.#textOf(data, first, to), this.#place());
  }

  /** The beginning of a line whose end is far; gives back what is to be kept of it. */
  #longLine(data: Buffer, from: number): Buffer {
    if (this.#dropLine) return EMPTY;
    const rest = data.subarray(from);
    if (!this.#midLine && this.#open === undefined) {
      const first = skipBlank(data, from, data.length);
      if (first === data.length || !this.#isJson(data[first]!)) {
        if (rest.length <= this.#recordLimit) return rest;
        this.#refuseLongLine(data, from);
        this.#dropLine = true;
        return EMPTY;
      }
    } else if (
      !this.#midLine &&
      beginsWithObject(data, from) &&
      !mayGoOnWithObject(this.#open?.scanner.last ?? COMMA)
    ) {
      this.#giveUp();
    }
    this.#segment(data, from, data.length, false);
    this.#midLine = true;
    return EMPTY;
  }

  #refuseLongLine(data: Buffer, from: number): void {
    const beginning = data.toString('utf8', from, from + 1000);
    this.#sink.refuse('INP004', this.#place(), recordTooLong(this.#recordLimit), beginning);
  }

  #isJson(first: number): boolean {
    if (first === OPEN_OBJECT || first === OPEN_LIST) return true;
    return this.#lists > 0 && (first === COMMA || first === CLOSE_LIST);
  }

  /** Part of a line, value after value. `ends` tells whether the line ends at `to`. */
  #segment(data: Buffer, from: number, to: number, ends: boolean): void {
    let at = from;
    while (at < to) {
      if (this.#open === undefined) {
        at = this.#separators(data, at, to);
        if (at === to) break;
        if (data[at] !== OPEN_OBJECT) return this.#noObject(data, from, at, to, ends);
        this.#open = opened(this.#place(this.#beginsLine(data, at) ? undefined : this.#offset + at));
      }
      const end = this.#open.scanner.scan(data, at, to);
      if (end === -1) {
        this.#hold(this.#open, data.subarray(at, ends ? Math.min(to + 1, data.length) : to));
        break;
      }
      this.#close(this.#open, data, at, end);
      at = end;
    }
    if (ends && this.#open?.scanner.inString === true) this.#giveUp();
  }

  /** White space, and in a list its brackets and commas; gives the offset of what follows. */
  #separators(data: Buffer, from: number, to: number): number {
    let at = skipBlank(data, from, to);
    for (; at < to; at = skipBlank(data, at + 1, to)) {
      const byte = data[at];
      if (byte === OPEN_LIST && mayBeginInList(data, at + 1, to)) {
        this.#listOrigin ??= this.#place();
        this.#lists++;
      } else if (byte === CLOSE_LIST && this.#lists > 0) {
        this.#lists--;
        if (this.#lists === 0) this.#listOrigin = undefined;
      } else if (byte !== COMMA || this.#lists === 0) break;
    }
    return at;
  }

  #noObject(data: Buffer, from: number, at: number, to: number, ends: boolean): void {
    if (!ends) this.#dropLine = true;
    const text = this.#textOf(data, at, Math.min(to, at + this.#heldLine));
    if (at === from) this.#sink.line(text, this.#place());
    else this.#sink.refuse('INP006', this.#place(this.#offset + at), 'expected an object here', text);
  }

  #hold(open: Open, part: Buffer): void {
    open.size += part.length;
    if (open.dropped) return;
    open.parts.push(Buffer.from(part));
    if (open.size > this.#recordLimit) this.#drop(open);
  }

  #drop(open: Open): void {
    open.dropped = true;
    const beginning = open.parts[0]?.toString('utf8', 0, 1000) ?? '';
    open.parts = [];
    this.#sink.refuse('INP004', open.origin, recordTooLong(this.#recordLimit), beginning);
  }

  #close(open: Open, data: Buffer, from: number, end: number): void {
    this.#open = undefined;
    if (!open.dropped && open.size + end - from > this.#recordLimit) {
      open.parts.push(data.subarray(from, from + 1000));
      this.#drop(open);
    }
    if (open.dropped) return;
    const whole =
      open.parts.length === 0
        ? data.subarray(from, end)
        : Buffer.concat([...open.parts, data.subarray(from, end)]);
    const text = this.#textOf(whole, 0, whole.length);
    const parsed = parseJson(text);
    if (parsed.ok) this.#sink.json(text, parsed.value, open.origin);
    else this.#abandon(text, open.origin, parsed.why);
  }

  /** The open object will not be closed any more. */
  #giveUp(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined || open.dropped) return;
    const whole = Buffer.concat(open.parts);
    this.#abandon(this.#textOf(whole, 0, whole.length), open.origin, undefined);
  }

  /** Refuses what seemed to be one object, but not the whole records that it may have swallowed. */
  #abandon(text: string, origin: Origin, why: string | undefined): void {
    const [first = '', ...others] = text.split('\n');
    const { code, message } = cutOff(first, why);
    this.#sink.refuse(code, origin, message, text);
    others.forEach((marked, index) => {
      const line = marked.replace(/^\uFEFF/, '');
      if (!line.startsWith('{')) return;
      const parsed = parseJson(line);
      const place = { ...origin, ...(origin.line === undefined ? {} : { line: origin.line + index + 1 }) };
      if (parsed.ok) this.#sink.json(line, parsed.value, place);
    });
  }

  #textOf(data: Buffer, from: number, to: number): string {
    const text = data.toString('utf8', from, to);
    if (text.includes('\uFFFD') && !isUtf8(data.subarray(from, to)))
      this.#sink.repair('invalid UTF-8 replaced');
    return text;
  }

  #beginsLine(data: Buffer, at: number): boolean {
    if (this.#midLine) return false;
    let before = at;
    while (before > 0 && data[before - 1] !== NEWLINE) {
      if (isMark(data, before - MARK.length, before)) before -= MARK.length;
      else if (data[before - 1]! <= SPACE) before--;
      else return false;
    }
    return true;
  }

  #place(offset?: number): Origin {
    if (this.#origin.item !== undefined) return this.#origin;
    return offset === undefined
      ? { file: this.#origin.file, line: this.#line }
      : { file: this.#origin.file, line: this.#line, offset };
  }
}

/** Behind the last line feed; 0 when there is none. The first bytes are known to have none. */
function endOfLines(data: Buffer, known: number): number {
  const last = data.lastIndexOf(NEWLINE);
  return last < known ? 0 : last + 1;
}

const opened = (origin: Origin): Open => ({
  origin,
  scanner: new ObjectScanner(),
  parts: [],
  size: 0,
  dropped: false,
});

/** Whether an object may stand behind this byte of JSON: only then can a line that begins with one go on with it. */
const mayGoOnWithObject = (last: number): boolean => last === COMMA || last === COLON || last === OPEN_LIST;

/** NUL counts as white space: torn files hold runs of it. So does a byte order mark: files that begin with one are joined. */
function skipBlank(data: Buffer, from: number, to: number): number {
  for (let at = from; ; at += isMark(data, at, to) ? MARK.length : 1)
    if (at >= to || !(data[at]! <= 0x0d || data[at] === SPACE || isMark(data, at, to))) return at;
}

const MARK = [0xef, 0xbb, 0xbf] as const;

const isMark = (data: Buffer, at: number, to: number): boolean =>
  data[at] === MARK[0] && at + MARK.length <= to && data[at + 1] === MARK[1] && data[at + 2] === MARK[2];

const beginsWithObject = (data: Buffer, from: number): boolean =>
  data[isMark(data, from, data.length) ? from + MARK.length : from] === OPEN_OBJECT;

/** Behind the bracket of a list of records comes an object, a list, its end, or the end of the line. */
function mayBeginInList(data: Buffer, from: number, to: number): boolean {
  const at = skipBlank(data, from, to);
  return at === to || data[at] === OPEN_OBJECT || data[at] === OPEN_LIST || data[at] === CLOSE_LIST;
}
