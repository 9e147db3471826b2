/**
 * One pass over the bytes of a record. Every byte is checked against the grammar of JSON (RFC 8259) and of UTF-8; keys
 * are foretold from the record before and compared, values at places that matter are noted as they go by. The walk gives
 * up, with 0, on whatever it does not understand, valid or not. It never leaves a line, as no line feed is allowed
 * anywhere.
 */
import {
  CONTENT,
  EDGE_KEY,
  EDGE_KEY_BYTES,
  EDGE_LENGTH,
  EDGE_PLACE,
  EDGE_REST,
  FRAME_EMPTY_COUNTED,
  FRAME_FLAGS,
  FRAME_FROM,
  FRAME_LINK,
  FRAME_NUMBER,
  FRAME_PLACE,
  FRAME_SIZE,
  HAS_ALWAYS,
  INEXACT,
  NO_LIST,
  NO_OBJECT,
  NO_SCALAR,
  PLACE_ALWAYS,
  PLACE_FIRST,
  PLACE_FLAGS,
  PLACE_SEEN_IN,
  PRESENCE_NOTED,
  PRUNED,
  REFUSED,
  STATIC,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
} from '../src/ingest/decode/fast/offsets';
import { isEqual } from './bytes';
import { allocateLines, BACKSLASHES, BEHIND_SPACE, TWO } from './memory';
import { meet } from './needs';
import { edgeOf, nowhere } from './places';
import {
  emptyCounts,
  noteContainer,
  noteContent,
  noteInexact,
  noteNull,
  notePresence,
  noteScalar,
  setEmptyCounts,
} from './record';

const FAILED: usize = 0;
/** Levels below the first, as many as decoding keeps of every record. Deeper records go the usual way, which cuts them. */
const DEEPEST: usize = 199;

const SPACE: u8 = 0x20;
const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const MINUS: u8 = 0x2d;
const OPEN_OBJECT: u8 = 0x7b;
const OPEN_LIST: u8 = 0x5b;
const CLOSE_OBJECT: u8 = 0x7d;
const CLOSE_LIST: u8 = 0x5d;
/** What makes an opening bracket of a list one of an object, and what closing brackets come behind opening ones. */
const LIST_OR_OBJECT: u8 = 0x20;
const TO_CLOSE: u8 = 2;

const frames: usize = allocateLines((DEEPEST + 1) * FRAME_SIZE);
const lastFrame: usize = frames + DEEPEST * FRAME_SIZE;

/** Objects so far, of all records. */
let objects: u32 = 0;
/** Where the value begins whose key was read last. */
let keyEnd: usize = 0;
/** The number that was read last, if it is a plain one. */
let plainNumber: f64 = NaN;

/** Behind white space, of which line feeds are none here. */
export function blank(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte != SPACE && byte != 0x09 && byte != 0x0d) return at;
    at++;
  }
}

/** The next byte that is a quote, a backslash, a control character, or beyond ASCII. */
@inline
function special(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    // Quotes change places with spaces. As signed numbers, bytes beyond ASCII are less than control characters.
    const odd = i8x16.lt_s(v128.xor(bytes, v128.load(TWO)), v128.load(BEHIND_SPACE));
    const found = i8x16.bitmask(v128.or(odd, i8x16.eq(bytes, v128.load(BACKSLASHES))));
    if (found != 0) return at + ctz(found);
    at += 16;
  }
}

/** Whether the key of an edge stands here, with its colon. */
@inline
function isForetold(edge: usize, at: usize): bool {
  const length = load<usize>(edge, EDGE_LENGTH);
  const same = equalBytes(at, edge + EDGE_KEY);
  return same >= length || (same == 16 && isLongForetold(edge, at, length));
}

/** How many of sixteen bytes are the same, from the first one on. */
@inline
function equalBytes(at: usize, other: usize): usize {
  return ctz(~i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(other))));
}

function isLongForetold(edge: usize, at: usize, length: usize): bool {
  if (edge == nowhere) return false;
  const same: usize = 16 + equalBytes(at + 16, edge + EDGE_KEY + 16);
  if (same >= length) return true;
  return same == EDGE_KEY_BYTES && isEqual(at + EDGE_KEY_BYTES, load<usize>(edge, EDGE_REST), length - EDGE_KEY_BYTES);
}

/** `at` is behind the opening bracket of the record; gives what is behind the closing one. */
export function walk(root: usize, at: usize): usize {
  let frame = frames;
  store<u32>(frame, <u32>root, FRAME_PLACE);
  store<u32>(frame, 0, FRAME_FLAGS);
  let number = ++objects;
  /** Where the edge stands that is foretold; 0 in a list. */
  let link = root + PLACE_FIRST;
  /** Where the last value ends that is neither null nor a container. */
  let leaf: usize = 0;
  at = blank(at);
  if (load<u8>(at) == CLOSE_OBJECT) return at + 1;
  while (true) {
    let place: usize;
    let flags: u32;
    if (link != 0) {
      let edge = load<usize>(link);
      if (isForetold(edge, at)) at += load<usize>(edge, EDGE_LENGTH);
      else {
        edge = readKey(load<usize>(frame, FRAME_PLACE), link, at);
        if (edge == 0) return FAILED;
        at = keyEnd;
      }
      link = edge;
      place = load<usize>(edge, EDGE_PLACE);
      flags = load<u32>(place, PLACE_FLAGS);
      if (flags != 0 && !noteKey(place, flags, number)) return FAILED;
    } else {
      place = load<usize>(frame, FRAME_PLACE);
      flags = load<u32>(frame, FRAME_FLAGS);
    }
    let byte = load<u8>(at);
    if (byte <= SPACE) {
      at = blank(at);
      byte = load<u8>(at);
    }
    if (byte == QUOTE) {
      const from = at + 1;
      let end = special(from);
      let kind: u32 = TAPED_TEXT;
      if (load<u8>(end) != QUOTE) {
        end = endOfText(end);
        if (end == FAILED) return FAILED;
        kind = TAPED_ESCAPED;
      }
      if (end != from || emptyCounts) leaf = end;
      if (flags != 0) {
        if (flags & NO_SCALAR) return FAILED;
        noteScalar(place, flags, kind, from, end, NaN);
      }
      at = end + 1;
    } else if ((byte | LIST_OR_OBJECT) == OPEN_OBJECT) {
      if (frame == lastFrame) return FAILED;
      frame += FRAME_SIZE;
      if (flags != 0 && !noteOpening(frame, place, flags, byte == OPEN_OBJECT)) return FAILED;
      store<u32>(frame, <u32>place, FRAME_PLACE);
      store<u32>(frame, flags, FRAME_FLAGS);
      store<u32>(frame, <u32>at, FRAME_FROM);
      store<u32>(frame, number, FRAME_NUMBER);
      store<u32>(frame, <u32>link, FRAME_LINK);
      link = 0;
      if (byte == OPEN_OBJECT) {
        link = place + PLACE_FIRST;
        number = ++objects;
      }
      if (load<u8>(++at) <= SPACE) at = blank(at);
      if (load<u8>(at) != byte + TO_CLOSE) continue;
    } else {
      at = word(place, flags, at, byte);
      if (at == FAILED) return FAILED;
      if (isLeaf) leaf = at;
    }
    while (load<u8>(at) != COMMA) {
      if (load<u8>(at) != (link == 0 ? CLOSE_LIST : CLOSE_OBJECT)) {
        const from = at;
        at = blank(at);
        if (at == from) return FAILED;
        continue;
      }
      at++;
      if (frame == frames) return at;
      if (load<u32>(frame, FRAME_FLAGS) != 0) noteClosing(frame, at, link != 0, leaf);
      number = load<u32>(frame, FRAME_NUMBER);
      link = load<usize>(frame, FRAME_LINK);
      frame -= FRAME_SIZE;
    }
    at++;
  }
}

/** Notes that a key came; false when what stands under it is not to be understood. */
@inline
function noteKey(place: usize, flags: u32, object: u32): bool {
  if (flags & STATIC) {
    // A key that stands twice has its last value.
    if (load<u32>(place, PLACE_SEEN_IN) == object) noteInexact();
    store<u32>(place, object, PLACE_SEEN_IN);
  }
  return !(flags & (INEXACT | REFUSED | HAS_ALWAYS)) || noteOddKey(place, flags);
}

function noteOddKey(place: usize, flags: u32): bool {
  if (flags & INEXACT) noteInexact();
  if (flags & HAS_ALWAYS) meet(load<usize>(place, PLACE_ALWAYS));
  return !(flags & REFUSED);
}

function noteOpening(frame: usize, place: usize, flags: u32, isObject: bool): bool {
  if (flags & (isObject ? NO_OBJECT : NO_LIST)) return false;
  noteContainer(place, flags, isObject);
  if (isObject && flags & PRUNED) store<u8>(frame, setEmptyCounts(false) ? 1 : 0, FRAME_EMPTY_COUNTED);
  return true;
}

function noteClosing(frame: usize, at: usize, isObject: bool, leaf: usize): void {
  const flags = load<u32>(frame, FRAME_FLAGS);
  const from = load<usize>(frame, FRAME_FROM);
  if (isObject) {
    if (flags & CONTENT) noteContent(from, at);
    if (flags & PRUNED) setEmptyCounts(load<u8>(frame, FRAME_EMPTY_COUNTED) != 0);
  }
  if (flags & PRESENCE_NOTED && leaf > from) notePresence(load<usize>(frame, FRAME_PLACE));
}

/** The edge of a key that was not foretold, or stands behind white space; `keyEnd` is behind its colon. 0 when there is none. */
function readKey(place: usize, link: usize, at: usize): usize {
  at = blank(at);
  let edge = load<usize>(link);
  if (isForetold(edge, at)) {
    keyEnd = at + load<usize>(edge, EDGE_LENGTH);
    return edge;
  }
  if (load<u8>(at) != QUOTE) return 0;
  let end = special(at + 1);
  if (load<u8>(end) == QUOTE) {
    edge = edgeOf(place, at, end + 1 - at);
    if (link != nowhere && edge != 0 && edge != nowhere) store<u32>(link, <u32>edge);
  } else {
    if (load<u32>(place, PLACE_FLAGS) & STATIC) return 0;
    noteInexact();
    end = endOfText(end);
    if (end == FAILED) return 0;
    edge = nowhere;
  }
  const colon = blank(end + 1);
  keyEnd = colon + 1;
  return load<u8>(colon) == COLON ? edge : 0;
}

/** The closing quote of a text with escapes or with other characters than ASCII. */
function endOfText(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte == QUOTE) return at;
    if (byte == BACKSLASH) at = behindEscape(at + 1);
    else if (byte >= 0x80) at = behindCharacter(at, byte);
    else return FAILED;
    if (at == FAILED) return FAILED;
    at = special(at);
  }
}

function behindEscape(at: usize): usize {
  const byte = load<u8>(at);
  if (byte == 0x75) {
    for (let i: usize = 1; i <= 4; i++) {
      const digit = load<u8>(at + i);
      if (<u8>(digit - 0x30) > 9 && <u8>((digit | 0x20) - 0x61) > 5) return FAILED;
    }
    return at + 5;
  }
  const isEscape =
    byte == QUOTE ||
    byte == BACKSLASH ||
    byte == 0x2f ||
    byte == 0x62 ||
    byte == 0x66 ||
    byte == 0x6e ||
    byte == 0x72 ||
    byte == 0x74;
  return isEscape ? at + 1 : FAILED;
}

@inline
function follows(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80;
}

/** Behind one character of two to four bytes, as Unicode's table 3-7 has them. */
function behindCharacter(at: usize, first: u8): usize {
  if (first < 0xc2 || first > 0xf4 || !follows(at + 1)) return FAILED;
  if (first < 0xe0) return at + 2;
  const second = load<u8>(at, 1);
  if (first < 0xf0) {
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return FAILED;
    return follows(at + 2) ? at + 3 : FAILED;
  }
  if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return FAILED;
  return follows(at + 2) && follows(at + 3) ? at + 4 : FAILED;
}

/** Whether the word that was read last is a value, and not null. */
let isLeaf: bool = false;

/** A number, `true`, `false` or `null`. */
function word(place: usize, flags: u32, at: usize, first: u8): usize {
  let end = FAILED;
  plainNumber = NaN;
  isLeaf = true;
  if (first == MINUS || <u8>(first - 0x30) <= 9) end = numberEnd(at);
  else if (load<u32>(at) == 0x65757274) end = at + 4;
  else if (load<u32>(at, 1) == 0x65736c61 && first == 0x66) end = at + 5;
  else if (load<u32>(at) == 0x6c6c756e) {
    isLeaf = false;
    noteNull(place, flags);
    return flags & HAS_ALWAYS ? FAILED : at + 4;
  }
  if (end == FAILED) return FAILED;
  if (flags != 0) {
    if (flags & NO_SCALAR) return FAILED;
    noteScalar(place, flags, TAPED_WORD, at, end, plainNumber);
  }
  return end;
}

function digitsEnd(at: usize): usize {
  while (<u8>(load<u8>(at) - 0x30) <= 9) at++;
  return at;
}

/** Plain numbers are whole, have at most fifteen digits, and are not a negative zero. */
function numberEnd(from: usize): usize {
  const isNegative = load<u8>(from) == MINUS;
  const whole = isNegative ? from + 1 : from;
  let at = whole;
  let value: i64 = 0;
  for (let digit = load<u8>(at) - 0x30; digit <= 9; digit = load<u8>(++at) - 0x30) value = value * 10 + digit;
  const length = at - whole;
  if (length == 0 || (length > 1 && load<u8>(whole) == 0x30)) return FAILED;
  const byte = load<u8>(at);
  if (byte != 0x2e && byte != 0x65 && byte != 0x45) {
    if (length <= 15 && !(isNegative && value == 0)) plainNumber = <f64>(isNegative ? -value : value);
    return at;
  }
  return fractionEnd(at);
}

function fractionEnd(at: usize): usize {
  if (load<u8>(at) == 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(fraction);
    if (at == fraction) return FAILED;
  }
  const byte = load<u8>(at);
  if (byte == 0x65 || byte == 0x45) {
    const sign = load<u8>(at, 1);
    const exponent = sign == 0x2b || sign == MINUS ? at + 2 : at + 1;
    at = digitsEnd(exponent);
    if (at == exponent) return FAILED;
  }
  return at;
}
