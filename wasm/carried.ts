/**
 * Records that others carry as texts: audit events in messages of CloudWatch, in logs of Azure, in lines of Docker. What
 * carries them is walked over like any record; its texts are written down without escapes and read once it is known.
 */
import {
  ABSENT,
  CARRIED_BEGIN,
  CARRIED_END,
  CARRIED_SIZE,
  FACT_FROM,
  FACT_SIZE,
  FACT_STATE,
  FACT_TO,
  HANDED_FACT,
  HANDED_FROM,
  HANDED_MARKER,
  HANDED_MARKER_LENGTH,
  HANDED_PLACE,
  HANDED_REST,
  HANDED_REST_LENGTH,
  HANDED_SIZE,
  MOST_FACTS,
  MOST_RECORDS,
  TAPED_TEXT,
  TEXT,
} from '../src/ingest/decode/fast/offsets';
import { find, isEqual, isEqualLower } from './bytes';
import { BACKSLASHES, BEHIND_SPACE, carried, carriedTable, carriersFacts, facts, TWO } from './memory';
import { noteAll } from './record';
import { sight, SIGHTED } from './state';
import { BACKSLASH, behindCharacter, FAILED, QUOTE } from './tokens';

const NEWLINE: u8 = 0x0a;
const SLASH: u8 = 0x2f;

/** By the character behind a backslash, what both stand for, less one; 0 for what is no escape of one character. */
const ESCAPES: usize = memory.data(128, 16);
store<u8>(ESCAPES + 0x22, 0x23);
store<u8>(ESCAPES + 0x5c, 0x5d);
store<u8>(ESCAPES + 0x2f, 0x30);
store<u8>(ESCAPES + 0x62, 0x09);
store<u8>(ESCAPES + 0x66, 0x0d);
store<u8>(ESCAPES + 0x6e, 0x0b);
store<u8>(ESCAPES + 0x72, 0x0e);
store<u8>(ESCAPES + 0x74, 0x0a);

/** The texts that were written down, as entries one behind the other: the next one, and where they and their bytes end. */
let next: usize = carriedTable;
let last: usize = carriedTable;
let written: usize = carried;

/** The entry that is read next; 0 when all were read. */
@inline
export function nextText(): usize {
  return next == last ? 0 : next;
}

/** Of all texts. */
export function countOfTexts(): u32 {
  return <u32>((last - carriedTable) / CARRIED_SIZE);
}

/** Which one this is, from 0 on. */
export function numberOfText(entry: usize): u32 {
  return <u32>((entry - carriedTable) / CARRIED_SIZE);
}

export function passText(): void {
  next += CARRIED_SIZE;
}

export function forgetTexts(): void {
  next = last = carriedTable;
  written = carried;
}

/** Writes down the text that begins behind a quote; gives the place behind its end. */
export function takeText(from: usize): usize {
  const begin = written;
  const end = unescape(from);
  if (end == FAILED || !add(begin, written)) return FAILED;
  // Nothing is read beyond it. The quotes of the text took as much.
  store<u8>(written++, NEWLINE);
  return end + 1;
}

/** Takes an object where it lies. What finds no room is one too many anyway, as there are no more records together. */
export function takeObject(from: usize, to: usize): void {
  add(from, to);
}

function add(begin: usize, end: usize): bool {
  if (last == carriedTable + MOST_RECORDS * CARRIED_SIZE) return false;
  store<u32>(last, <u32>begin, CARRIED_BEGIN);
  store<u32>(last, <u32>end, CARRIED_END);
  last += CARRIED_SIZE;
  return true;
}

/** The closing quote. What is no text, or none in Unicode, is not understood. */
function unescape(from: usize): usize {
  let at = from;
  let to = written;
  while (true) {
    const bytes = v128.load(at);
    v128.store(to, bytes);
    const odd = i8x16.lt_s(v128.xor(bytes, v128.load(TWO)), v128.load(BEHIND_SPACE));
    const found = i8x16.bitmask(v128.or(odd, i8x16.eq(bytes, v128.load(BACKSLASHES))));
    if (found == 0) {
      at += 16;
      to += 16;
      continue;
    }
    const plain: usize = ctz(found);
    at += plain;
    to += plain;
    const byte = load<u8>(at);
    if (byte == BACKSLASH) {
      const escaped = load<u8>(at, 1);
      const meant = escaped < 128 ? load<u8>(ESCAPES + escaped) : 0;
      if (meant != 0) {
        store<u8>(to++, meant - 1);
        at += 2;
      } else {
        to = writeCharacter(at, to);
        if (to == FAILED) return FAILED;
        at = behindUnit;
      }
    } else if (byte >= 0x80) {
      const behind = behindCharacter(at, byte);
      if (behind == FAILED) return FAILED;
      store<u32>(to, load<u32>(at));
      to += behind - at;
      at = behind;
    } else if (byte == QUOTE) {
      written = to;
      return at;
    } else return FAILED;
  }
}

/** Behind the unit that was read last. */
let behindUnit: usize = 0;

/** The unit of UTF-16 that is written here as a backslash, a `u` and four digits; -1 for what is none. */
function unit(at: usize): i32 {
  if (load<u8>(at) != BACKSLASH || load<u8>(at, 1) != 0x75) return -1;
  let code: i32 = 0;
  for (let i: usize = 2; i < 6; i++) {
    const digit = load<u8>(at + i);
    const value = <u8>(digit - 0x30) <= 9 ? digit - 0x30 : (digit | 0x20) - 0x57;
    if (value > 15 || (digit > 0x39 && (digit | 0x20) < 0x61)) return -1;
    code = (code << 4) | <i32>value;
  }
  behindUnit = at + 6;
  return code;
}

/** Writes the character that one or two units stand for; gives the place behind it. */
function writeCharacter(at: usize, to: usize): usize {
  let code = unit(at);
  if (code < 0) return FAILED;
  if ((code & 0xf800) == 0xd800) {
    const low = code < 0xdc00 ? unit(behindUnit) : -1;
    if ((low & 0xfc00) != 0xdc00) return FAILED;
    code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
  }
  if (code < 0x80) {
    store<u8>(to, <u8>code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, <u8>(0xc0 | (code >> 6)));
    store<u8>(to, <u8>(0x80 | (code & 0x3f)), 1);
    return to + 2;
  }
  if (code < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (code >> 12)));
    store<u8>(to, <u8>(0x80 | ((code >> 6) & 0x3f)), 1);
    store<u8>(to, <u8>(0x80 | (code & 0x3f)), 2);
    return to + 3;
  }
  store<u8>(to, <u8>(0xf0 | (code >> 18)));
  store<u8>(to, <u8>(0x80 | ((code >> 12) & 0x3f)), 1);
  store<u8>(to, <u8>(0x80 | ((code >> 6) & 0x3f)), 2);
  store<u8>(to, <u8>(0x80 | (code & 0x3f)), 3);
  return to + 4;
}

/** The facts of what carries the records that follow. */
export function keepFacts(): void {
  memory.copy(carriersFacts, facts, MOST_FACTS * FACT_SIZE);
}

/** What is handed. */
let segmentFrom: usize = 0;
let segmentTo: usize = 0;

/** Notes what is handed to the record that was walked over last; false when that is not as it should be. */
export function hand(handed: usize): bool {
  const end = handed + 16 + load<usize>(handed) * HANDED_SIZE;
  for (let at = handed + 16; at < end; at += HANDED_SIZE) {
    const fact = carriersFacts + load<usize>(at, HANDED_FROM) * FACT_SIZE;
    const state = load<u32>(fact, FACT_STATE);
    segmentFrom = load<usize>(fact, FACT_FROM);
    segmentTo = load<usize>(fact, FACT_TO);
    if (load<i32>(at, HANDED_MARKER_LENGTH) < 0) {
      if (state == ABSENT) continue;
    } else if (state != TEXT || !findSegment(at)) return false;
    if (state != TEXT) return false;
    const there = load<i32>(at, HANDED_FACT);
    if (there >= 0) {
      const own = facts + <usize>there * FACT_SIZE;
      store<u32>(own, TEXT, FACT_STATE);
      store<u32>(own, <u32>segmentFrom, FACT_FROM);
      store<u32>(own, <u32>segmentTo, FACT_TO);
    }
    const place = load<usize>(at, HANDED_PLACE);
    store<usize>(SIGHTED, sight(load<usize>(SIGHTED), place, TAPED_TEXT, segmentFrom, segmentTo));
  }
  noteAll();
  return true;
}

/** Goes from a text to a segment of it, which is not empty. */
function findSegment(handed: usize): bool {
  let from = segmentFrom;
  const to = segmentTo;
  const marker = load<usize>(handed, HANDED_MARKER);
  const length = load<usize>(handed, HANDED_MARKER_LENGTH);
  while (from + length <= to && !isEqualLower(from, length, marker)) from++;
  segmentFrom = from + length;
  if (segmentFrom >= to) return false;
  segmentTo = find(SLASH, segmentFrom, to);
  const rest = load<i32>(handed, HANDED_REST_LENGTH);
  const isRest =
    rest < 0 ||
    (to - segmentTo == <usize>rest && isEqual(segmentTo, load<usize>(handed, HANDED_REST), <usize>rest));
  return isRest && segmentTo > segmentFrom;
}
