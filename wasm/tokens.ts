/**
 * Tokens of JSON (RFC 8259), and the characters in them, of which every byte is checked (Unicode, table 3-7). Who reads one
 * gets the place behind it, or `FAILED`.
 */
import { shortEscape } from './escapes';
import { BACKSLASHES, BEHIND_SPACE, TENS, TWO, ZEROS } from './memory';

export const FAILED: usize = 0;

export const SPACE: u8 = 0x20;
export const QUOTE: u8 = 0x22;
export const BACKSLASH: u8 = 0x5c;
export const COMMA: u8 = 0x2c;
export const COLON: u8 = 0x3a;
export const OPEN_OBJECT: u8 = 0x7b;
export const OPEN_LIST: u8 = 0x5b;
export const CLOSE_OBJECT: u8 = 0x7d;
export const CLOSE_LIST: u8 = 0x5d;
/** What makes an opening bracket of a list one of an object, and how far behind it the closing one comes in ASCII. */
export const LIST_OR_OBJECT: u8 = 0x20;
export const TO_CLOSE: u8 = 2;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;
const DOT: u8 = 0x2e;

/** Of four bytes in a word; of `false` the last four. */
export const TRUE: u32 = 0x65757274;
export const ALSE: u32 = 0x65736c61;
export const NULL: u32 = 0x6c6c756e;
export const FALSE_BEGINS: u8 = 0x66;

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
export function special(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    // Quotes change places with spaces. As signed numbers, bytes beyond ASCII are less than control characters.
    const odd = i8x16.lt_s(v128.xor(bytes, v128.load(TWO)), v128.load(BEHIND_SPACE));
    const found = i8x16.bitmask(v128.or(odd, i8x16.eq(bytes, v128.load(BACKSLASHES))));
    if (found != 0) return at + ctz(found);
    at += 16;
  }
}

/** The closing quote of a text with escapes or with other characters than ASCII. */
export function endOfText(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte >= 0x80) at = behindCharacter(at, byte);
    else if (byte == BACKSLASH) at = behindEscape(at + 1);
    else if (byte == QUOTE) return at;
    else if (byte >= SPACE) at = special(at);
    else return FAILED;
    if (at == FAILED) return FAILED;
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
  return shortEscape(byte) != 0 ? at + 1 : FAILED;
}

@inline
function follows(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80;
}

/** Behind one character of two to four bytes, as Unicode's table 3-7 has them. */
export function behindCharacter(at: usize, first: u8): usize {
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

/** The end of a number, `true`, `false` or `null`. */
export function wordEnd(at: usize): usize {
  const first = load<u8>(at);
  if (first == MINUS || isDigit(first)) return numberEnd(at);
  if (load<u32>(at) == TRUE || load<u32>(at) == NULL) return at + 4;
  return first == FALSE_BEGINS && load<u32>(at, 1) == ALSE ? at + 5 : FAILED;
}

@inline
export function isDigit(byte: u8): bool {
  return <u8>(byte - ZERO) <= 9;
}

function digitsEnd(at: usize): usize {
  while (isDigit(load<u8>(at))) at++;
  return at;
}

function numberEnd(from: usize): usize {
  const whole = load<u8>(from) == MINUS ? from + 1 : from;
  const at = digitsEnd(whole);
  if (at == whole || (at > whole + 1 && load<u8>(whole) == ZERO)) return FAILED;
  return fractionEnd(at);
}

/** The end of a whole number of at most fifteen digits, of which `first` is one. */
@inline
export function wholeEnd(at: usize, first: u8): usize {
  const digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.load(at), v128.load(ZEROS)), v128.load(TENS)));
  const length: usize = ctz(~digits);
  const next = load<u8>(at + length);
  const isOther = next == DOT || (next | 0x20) == 0x65;
  return length == 16 || isOther || (first == ZERO && length > 1) ? FAILED : at + length;
}

/** What a word spells if it is a whole number of at most fifteen digits, and not a negative zero; NaN for others. */
export function plainNumber(from: usize, to: usize): f64 {
  const isNegative = load<u8>(from) == MINUS;
  let at = isNegative ? from + 1 : from;
  if (to - at > 15) return NaN;
  let value: i64 = 0;
  for (; at < to; at++) {
    const digit = load<u8>(at) - ZERO;
    if (digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return isNegative && value == 0 ? NaN : <f64>(isNegative ? -value : value);
}

function fractionEnd(at: usize): usize {
  if (load<u8>(at) == DOT) {
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
