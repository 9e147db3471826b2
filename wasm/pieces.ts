/** Finds pieces of patterns in a value, by what `src/ingest/decode/fast/pieces.ts` files them under. */
import {
  AT_START,
  AT_THE_END,
  GROUP_LENGTHS,
  GROUP_MASKS,
  GROUP_POSTINGS,
  GROUP_SIZE,
  GROUP_TEXTS,
  LISTED,
  PIECE_AT,
  PIECE_BACK,
  PIECE_LENGTH,
  PIECE_POSTING,
  PIECE_TEXT,
  PIECES_AT_END,
  PIECES_AT_START,
  PIECES_BITS,
  PIECES_FILED,
  PIECES_HALVES,
  PIECES_RANKS,
  PIECES_SHORT,
  PIECES_SINGLES,
  SINGLES_POSTINGS,
  SINGLES_SIZE,
  WINDOW,
  WINDOW_FOLD,
  WINDOW_MIXER,
  WINDOW_SHIFT,
} from '../src/ingest/decode/fast/offsets';
import { isEqualLower, lower } from './bytes';
import { found } from './lookup';
import { FIFTEEN, firstBytes } from './memory';

/** In a value of ASCII characters that is not empty. */
export function lookUpPieces(pieces: usize, from: usize, length: usize): void {
  const end = from + length;
  const first = load<usize>(pieces, PIECES_AT_START);
  if (first != 0) compareShort(first, from, length);
  const last = load<usize>(pieces, PIECES_AT_END);
  if (last != 0) compareShort(last, end - <usize>WINDOW, length);
  const singles = load<usize>(pieces, PIECES_SINGLES);
  if (singles != 0) lookUpSingles(singles, from, end);
  const short = load<usize>(pieces, PIECES_SHORT);
  if (short != 0) lookUpShort(short, load<usize>(pieces, PIECES_HALVES), from, end);
  if (length > <usize>WINDOW && load<u32>(pieces, PIECES_FILED) != 0) lookUpWindows(pieces, from, end);
}

/** At every second character, four windows at a time: those that reach beyond the end find nothing that fits. */
function lookUpWindows(pieces: usize, from: usize, end: usize): void {
  const last = end - <usize>WINDOW;
  for (let at = from; at <= last; at += 8) {
    const eight = load<u64>(at) | FOLD;
    const one = isFiled(pieces, <u32>eight);
    const two = isFiled(pieces, <u32>(eight >> 16));
    const three = isFiled(pieces, <u32>(eight >> 32));
    const four = isFiled(pieces, load<u32>(at, 6) | WINDOW_FOLD);
    if (!((one | two | three | four) & 1)) continue;
    for (let window = at; window < at + 8; window += 2)
      if (isFiled(pieces, load<u32>(window) | WINDOW_FOLD) & 1) comparePieces(pieces, window, from, end);
  }
}

const FOLD: u64 = (<u64>WINDOW_FOLD << 32) | WINDOW_FOLD;

/** In the lowest bit, whether a piece is filed under a window. */
@inline
function isFiled(pieces: usize, window: u32): u32 {
  const hash = (window * WINDOW_MIXER) >> WINDOW_SHIFT;
  return load<u32>(pieces + ((hash >> 5) << 2), PIECES_BITS) >> hash;
}

/** Compares the pieces that are filed under a window with what stands around it. */
function comparePieces(pieces: usize, at: usize, from: usize, end: usize): void {
  const hash = ((load<u32>(at) | WINDOW_FOLD) * WINDOW_MIXER) >> WINDOW_SHIFT;
  const word = hash >> 5;
  const before = load<u32>(pieces + (word << 2), PIECES_BITS) & ((1 << (hash & 31)) - 1);
  const rank = <u32>load<u16>(load<usize>(pieces, PIECES_RANKS) + (word << 1)) + popcnt(before);
  const filed = load<usize>(load<usize>(pieces, PIECES_FILED) + (rank << 2));
  if (!(filed & LISTED)) return comparePiece(filed, at, from, end);
  const list = filed ^ LISTED;
  const last = list + (load<usize>(list) << 2);
  for (let entry = list + 4; entry <= last; entry += 4) comparePiece(load<usize>(entry), at, from, end);
}

function comparePiece(piece: usize, at: usize, from: usize, end: usize): void {
  const start = at - load<usize>(piece, PIECE_BACK);
  const length = load<usize>(piece, PIECE_LENGTH);
  if (start < from || start + length > end) return;
  const place = load<u32>(piece, PIECE_AT);
  if (place == AT_START && start != from) return;
  if (place == AT_THE_END && start + length != end) return;
  if (isEqualLower(start, length, piece + PIECE_TEXT)) found(load<usize>(piece, PIECE_POSTING));
}

/** Compares short pieces of at most `room` characters with a word. */
function compareShort(groups: usize, at: usize, room: usize): void {
  const word = lower(i32x4.splat(load<u32>(at)));
  const end = groups + 16 + load<usize>(groups) * GROUP_SIZE;
  for (let group = groups + 16; group < end; group += GROUP_SIZE) {
    const kept = v128.and(word, v128.load(group, GROUP_MASKS));
    const equal = i32x4.eq(kept, v128.load(group, GROUP_TEXTS));
    let same = i32x4.bitmask(equal);
    for (; same != 0; same &= same - 1) {
      const piece = group + (ctz(same) << 2);
      if (load<usize>(piece, GROUP_LENGTHS) <= room) found(load<usize>(piece, GROUP_POSTINGS));
    }
  }
}

/** Tells which single characters the value has, up to eight at a time. */
function lookUpSingles(singles: usize, from: usize, end: usize): void {
  const last = singles + 16 + load<usize>(singles) * SINGLES_SIZE;
  for (let eight = singles + 16; eight < last; eight += SINGLES_SIZE) {
    let kinds = i64x2.splat(0);
    for (let at = from; at < end; at += 16) {
      let here = kindsOf(eight, lower(v128.load(at)));
      if (end - at < 16) here = v128.and(here, firstBytes(end - at));
      kinds = v128.or(kinds, here);
    }
    for (let bits = oneOf(kinds); bits != 0; bits &= bits - 1)
      found(load<usize>(eight + (ctz(bits) << 2), SINGLES_POSTINGS));
  }
}

/** The bits that some byte has. */
@inline
function oneOf(bytes: v128): usize {
  let word = i64x2.extract_lane(bytes, 0) | i64x2.extract_lane(bytes, 1);
  word |= word >> 32;
  word |= word >> 16;
  return <usize>((word | (word >> 8)) & 0xff);
}

/**
 * Compares short pieces wherever the kinds of three characters say that one of them may begin. The third one may lie
 * behind the value, as some pieces have only two.
 */
function lookUpShort(groups: usize, halves: usize, from: usize, end: usize): void {
  let firstBefore = i64x2.splat(0);
  let secondBefore = i64x2.splat(0);
  for (let at = from; at <= end; at += 16) {
    const here = lower(v128.load(at));
    const first = kindsOf(halves, here);
    const second = kindsOf(halves + 32, here);
    const kinds = v128.and(
      v128.and(shiftedByTwo(firstBefore, first), shiftedByOne(secondBefore, second)),
      kindsOf(halves + 64, here),
    );
    firstBefore = first;
    secondBefore = second;
    if (!v128.any_true(kinds)) continue;
    let found = i8x16.bitmask(i8x16.ne(kinds, i64x2.splat(0)));
    // Where the last of three characters may be.
    if (end + 2 - at < 16) found &= (1 << (<u32>(end + 2 - at))) - 1;
    for (; found != 0; found &= found - 1) {
      const start = at + ctz(found) - 2;
      compareShort(groups, start, end - start);
    }
  }
}

/** The last byte of what is before, and all but the last one of what is here. */
@inline
function shiftedByOne(before: v128, here: v128): v128 {
  return i8x16.shuffle(before, here, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}

@inline
function shiftedByTwo(before: v128, here: v128): v128 {
  return i8x16.shuffle(before, here, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
}

/** The kinds that characters in lower case have, by both of their halves. */
@inline
function kindsOf(halves: usize, folded: v128): v128 {
  const byLower = i8x16.swizzle(v128.load(halves), v128.and(folded, v128.load(FIFTEEN)));
  const upper = v128.and(i16x8.shr_u(folded, 4), v128.load(FIFTEEN));
  return v128.and(byLower, i8x16.swizzle(v128.load(halves, 16), upper));
}
