/**
 * One pass over the bytes of a record. Every byte is checked against the grammar of JSON (RFC 8259) and of UTF-8; keys
 * are foretold from the record before and compared, values at places that matter are noted as they go by. The walk gives
 * up, with 0, on whatever it does not understand, valid or not. It never leaves a line, as no line feed is allowed
 * anywhere.
 */
import {
  CONTENT,
  EDGE_KEY,
  EDGE_LENGTH,
  EDGE_MASK,
  EDGE_NEXT,
  EDGE_PLACE,
  INEXACT,
  NO_LIST,
  NO_OBJECT,
  NO_SCALAR,
  PLACE_ALWAYS,
  PLACE_FIRST,
  PLACE_FLAGS,
  PLACE_SEEN_IN,
  PRUNED,
  REFUSED,
  STATIC,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
} from '../src/ingest/decode/fast/offsets';
import { isEqual } from './bytes';
import { BACKSLASHES, QUOTES, SPACE } from './memory';
import { meet } from './needs';
import { edgeOf, nowhere } from './places';
import {
  countLeaf,
  leaves,
  noteContainer,
  noteContent,
  noteEnd,
  noteInexact,
  noteNull,
  noteScalar,
  setEmptyCounts,
} from './record';

const FAILED: usize = 0;
/** Deeper records go the usual way, which knows the limit. */
const DEEPEST: u32 = 64;

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const MINUS: u8 = 0x2d;
const OPEN_LIST: u8 = 0x5b;
const CLOSE_LIST: u8 = 0x5d;
const OPEN_OBJECT: u8 = 0x7b;
const CLOSE_OBJECT: u8 = 0x7d;

/** Objects so far, of all records. */
let objects: u32 = 0;
/** Where the key ends that was read last. */
let keyEnd: usize = 0;
/** The number that was read last, if it is a plain one. */
let plainNumber: f64 = NaN;

/** `at` is behind the opening bracket of the record; gives what is behind the closing one. */
export function walk(root: usize, at: usize): usize {
  return object(root, at, 0);
}

/** Behind white space, of which line feeds are none here. */
export function blank(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte != 0x20 && byte != 0x09 && byte != 0x0d) return at;
    at++;
  }
}

@inline
function skipBlank(at: usize): usize {
  return load<u8>(at) <= 0x20 ? blank(at) : at;
}

/** The next byte that is a quote, a backslash, a control character, or beyond ASCII. */
@inline
function special(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    // As signed numbers, those beyond ASCII are less than those of control characters.
    const odd = i8x16.lt_s(bytes, v128.load(SPACE));
    const ends = v128.or(i8x16.eq(bytes, v128.load(QUOTES)), i8x16.eq(bytes, v128.load(BACKSLASHES)));
    const found = i8x16.bitmask(v128.or(odd, ends));
    if (found != 0) return at + ctz(found);
    at += 16;
  }
}

/** Whether the key of an edge stands here. */
@inline
function isForetold(edge: usize, at: usize): bool {
  const equal = i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(edge, EDGE_KEY)));
  const mask = load<i32>(edge, EDGE_MASK);
  if ((equal & mask) != mask) return false;
  const length = load<usize>(edge, EDGE_LENGTH);
  return length <= 16 || isEqual(at + 16, edge + EDGE_KEY + 16, length - 16);
}

function object(place: usize, at: usize, depth: u32): usize {
  if (depth > DEEPEST) return FAILED;
  at = skipBlank(at);
  if (load<u8>(at) == CLOSE_OBJECT) return at + 1;
  const number = ++objects;
  let link = place + PLACE_FIRST;
  while (true) {
    let edge = load<usize>(link);
    if (edge != 0 && isForetold(edge, at)) at += load<usize>(edge, EDGE_LENGTH);
    else {
      edge = readKey(place, at);
      if (edge == 0) return FAILED;
      at = keyEnd;
      if (link != nowhere + EDGE_NEXT && edge != nowhere) store<u32>(link, <u32>edge);
    }
    link = edge + EDGE_NEXT;
    at = skipBlank(at);
    if (load<u8>(at) != COLON) return FAILED;
    at = skipBlank(at + 1);
    const child = load<usize>(edge, EDGE_PLACE);
    const flags = load<u32>(child, PLACE_FLAGS);
    if (flags != 0) {
      if (flags & STATIC) {
        // A key that stands twice has its last value.
        if (load<u32>(child, PLACE_SEEN_IN) == number) noteInexact();
        store<u32>(child, number, PLACE_SEEN_IN);
      }
      if (flags & INEXACT) noteInexact();
      if (flags & REFUSED) return FAILED;
      const always = load<usize>(child, PLACE_ALWAYS);
      if (always != 0) meet(always);
    }
    at = load<u8>(at) == QUOTE ? text(child, flags, at + 1) : valueOf(child, flags, at, depth);
    if (at == FAILED) return FAILED;
    at = skipBlank(at);
    const byte = load<u8>(at);
    if (byte != COMMA) return byte == CLOSE_OBJECT ? at + 1 : FAILED;
    at = skipBlank(at + 1);
  }
}

/** The edge of a key that was not foretold; `keyEnd` is behind it. */
function readKey(place: usize, at: usize): usize {
  if (load<u8>(at) != QUOTE) return 0;
  const end = special(at + 1);
  if (load<u8>(end) == QUOTE) {
    keyEnd = end + 1;
    return edgeOf(place, at, keyEnd - at);
  }
  if (load<u32>(place, PLACE_FLAGS) & STATIC) return 0;
  noteInexact();
  const last = endOfText(end);
  keyEnd = last + 1;
  return last == FAILED ? 0 : nowhere;
}

function valueOf(place: usize, flags: u32, at: usize, depth: u32): usize {
  const byte = load<u8>(at);
  if (byte == QUOTE) return text(place, flags, at + 1);
  if (byte == OPEN_OBJECT) {
    if (flags == 0) return object(place, at + 1, depth + 1);
    return container(place, flags, at + 1, depth, true);
  }
  if (byte == OPEN_LIST) {
    if (flags == 0) return list(place, flags, at + 1, depth + 1);
    return container(place, flags, at + 1, depth, false);
  }
  return word(place, flags, at, byte);
}

function container(place: usize, flags: u32, at: usize, depth: u32, isObject: bool): usize {
  if (flags & (isObject ? NO_OBJECT : NO_LIST)) return FAILED;
  noteContainer(place, flags, isObject);
  const before = leaves;
  const end = isObject
    ? flags & (CONTENT | PRUNED)
      ? innerObject(place, flags, at, depth)
      : object(place, at, depth + 1)
    : list(place, flags, at, depth + 1);
  if (end != FAILED) noteEnd(place, flags, before);
  return end;
}

function innerObject(place: usize, flags: u32, at: usize, depth: u32): usize {
  const before = flags & PRUNED ? setEmptyCounts(false) : false;
  const end = object(place, at, depth + 1);
  if (flags & CONTENT) noteContent(at - 1, end);
  if (flags & PRUNED) setEmptyCounts(before);
  return end;
}

function list(place: usize, flags: u32, at: usize, depth: u32): usize {
  if (depth > DEEPEST) return FAILED;
  at = skipBlank(at);
  if (load<u8>(at) == CLOSE_LIST) return at + 1;
  while (true) {
    at = valueOf(place, flags, at, depth);
    if (at == FAILED) return FAILED;
    at = skipBlank(at);
    const byte = load<u8>(at);
    if (byte != COMMA) return byte == CLOSE_LIST ? at + 1 : FAILED;
    at = skipBlank(at + 1);
  }
}

/** `from` is behind the opening quote. */
@inline
function text(place: usize, flags: u32, from: usize): usize {
  let end = special(from);
  const isPlain = load<u8>(end) == QUOTE;
  if (!isPlain) {
    end = endOfText(end);
    if (end == FAILED) return FAILED;
  }
  countLeaf(end == from);
  if (flags != 0) {
    if (flags & NO_SCALAR) return FAILED;
    noteScalar(place, flags, isPlain ? TAPED_TEXT : TAPED_ESCAPED, from, end, NaN);
  }
  return end + 1;
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

/** A number, `true`, `false` or `null`. */
function word(place: usize, flags: u32, at: usize, first: u8): usize {
  let end = FAILED;
  plainNumber = NaN;
  if (first == MINUS || <u8>(first - 0x30) <= 9) end = numberEnd(at);
  else if (load<u32>(at) == 0x65757274) end = at + 4;
  else if (load<u32>(at, 1) == 0x65736c61 && first == 0x66) end = at + 5;
  else if (load<u32>(at) == 0x6c6c756e) {
    if (flags == 0) return at + 4;
    noteNull(place);
    return load<u32>(place, PLACE_ALWAYS) == 0 ? at + 4 : FAILED;
  }
  if (end == FAILED) return FAILED;
  countLeaf(false);
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
