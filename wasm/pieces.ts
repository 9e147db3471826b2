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
  PIECES_SHIFT,
  PIECES_SHORT,
  PIECES_SINGLES,
  WINDOW,
  WINDOW_FOLD,
  WINDOW_MIXER,
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
  if (singles != 0) lookUpSingles(singles, from, length);
  const short = load<usize>(pieces, PIECES_SHORT);
  if (short != 0) lookUpShort(short, load<usize>(pieces, PIECES_HALVES), from, end);
  if (length >= <usize>WINDOW) lookUpWindows(pieces, from, end);
}

function lookUpWindows(pieces: usize, from: usize, end: usize): void {
  const shift = load<u32>(pieces, PIECES_SHIFT);
  const behind = end - <usize>WINDOW + 1;
  let at = from;
  for (; at + 4 <= behind; at += 4) {
    const eight = load<u64>(at) | FOLD;
    const one = isFiled(pieces, <u32>eight, shift);
    const two = isFiled(pieces, <u32>(eight >> 8), shift);
    const three = isFiled(pieces, <u32>(eight >> 16), shift);
    const four = isFiled(pieces, <u32>(eight >> 24), shift);
    let found = (one & 1) | ((two & 1) << 1) | ((three & 1) << 2) | ((four & 1) << 3);
    for (; found != 0; found &= found - 1) comparePieces(pieces, shift, at + ctz(found), from, end);
  }
  for (; at < behind; at++)
    if (isFiled(pieces, load<u32>(at) | WINDOW_FOLD, shift) & 1) comparePieces(pieces, shift, at, from, end);
}

const FOLD: u64 = (<u64>WINDOW_FOLD << 32) | WINDOW_FOLD;

/** In the lowest bit, whether a piece is filed under a window. */
@inline
function isFiled(pieces: usize, window: u32, shift: u32): u32 {
  const hash = (window * WINDOW_MIXER) >> shift;
  return load<u32>(pieces + ((hash >> 5) << 2), PIECES_BITS) >> (hash & 31);
}

/** Compares the pieces that are filed under a window with what stands around it. */
function comparePieces(pieces: usize, shift: u32, at: usize, from: usize, end: usize): void {
  const hash = ((load<u32>(at) | WINDOW_FOLD) * WINDOW_MIXER) >> shift;
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

/** Tells once which single characters of a list the value has. */
function lookUpSingles(singles: usize, from: usize, length: usize): void {
  const end = singles + 4 + (load<usize>(singles) << 3);
  for (let single = singles + 4; single < end; single += 8) {
    const wanted = i8x16.splat(load<i8>(single));
    for (let at: usize = 0; at < length; at += 16) {
      let equal = i8x16.eq(lower(v128.load(from + at)), wanted);
      if (length - at < 16) equal = v128.and(equal, firstBytes(length - at));
      if (!v128.any_true(equal)) continue;
      found(load<usize>(single, 4));
      break;
    }
  }
}

/** Compares short pieces wherever one of them may begin. */
function lookUpShort(groups: usize, halves: usize, from: usize, end: usize): void {
  for (let at = from; at < end; at += 16) {
    const first = kindsOf(halves, v128.load(at));
    const second = kindsOf(halves + 32, v128.load(at, 1));
    const third = kindsOf(halves + 64, v128.load(at, 2));
    const kinds = v128.and(v128.and(first, second), third);
    let found = i8x16.bitmask(i8x16.ne(kinds, i8x16.splat(0)));
    if (end - at < 16) found &= (1 << (<u32>(end - at))) - 1;
    for (; found != 0; found &= found - 1) {
      const start = at + ctz(found);
      compareShort(groups, start, end - start);
    }
  }
}

@inline
function kindsOf(halves: usize, bytes: v128): v128 {
  const folded = lower(bytes);
  const byLower = i8x16.swizzle(v128.load(halves), v128.and(folded, v128.load(FIFTEEN)));
  return v128.and(byLower, i8x16.swizzle(v128.load(halves, 16), i8x16.shr_u(folded, 4)));
}
