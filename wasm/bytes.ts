/** Looking at stretches of bytes, sixteen at a time. What is read beyond their end does no harm. */
import { BEHIND_Z, CAPITAL_A, firstBytes, SPACE } from './memory';

const MIXER: u64 = 0x9e3779b97f4a7c15;

/** The sixteen bytes with A to Z as a to z. */
@inline
export function lower(bytes: v128): v128 {
  const isUpper = i8x16.lt_s(i8x16.sub(bytes, v128.load(CAPITAL_A)), v128.load(BEHIND_Z));
  return v128.or(bytes, v128.and(isUpper, v128.load(SPACE)));
}

@inline
function mixed(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * MIXER;
  return product ^ (product >> 29);
}

/** The hash with sixteen more bytes; never 0. */
@inline
export function mixedVector(hash: u64, bytes: v128): u64 {
  return mixed(mixed(hash, i64x2.extract_lane(bytes, 0)), i64x2.extract_lane(bytes, 1)) | 1;
}

/** Of a key, or of any bytes as they are. */
export function hashOf(at: usize, length: usize): u32 {
  let hash: u64 = length;
  let left = length;
  for (; left >= 8; left -= 8, at += 8) hash = mixed(hash, load<u64>(at));
  if (left > 0) hash = mixed(hash, load<u64>(at) & ((<u64>1 << (left << 3)) - 1));
  return <u32>(hash ^ (hash >> 32));
}

/** Of a text in lower case. */
export function hashOfLower(at: usize, length: usize): u32 {
  let hash: u64 = length;
  for (let from: usize = 0; from < length; from += 16) {
    const left = length - from;
    let bytes = lower(v128.load(at + from));
    if (left < 16) bytes = v128.and(bytes, firstBytes(left));
    hash = mixed(mixed(hash, i64x2.extract_lane(bytes, 0)), i64x2.extract_lane(bytes, 1));
  }
  return <u32>(hash ^ (hash >> 32));
}

/** Whether a text in lower case is `wanted`, behind which there are zeros up to a multiple of sixteen. */
export function isEqualLower(at: usize, length: usize, wanted: usize): bool {
  for (let from: usize = 0; from < length; from += 16) {
    const left = length - from;
    let bytes = lower(v128.load(at + from));
    if (left < 16) bytes = v128.and(bytes, firstBytes(left));
    if (v128.any_true(v128.xor(bytes, v128.load(wanted + from)))) return false;
  }
  return true;
}

export function isEqual(at: usize, other: usize, length: usize): bool {
  for (let from: usize = 0; from < length; from += 16) {
    const left = length - from;
    let differing = v128.xor(v128.load(at + from), v128.load(other + from));
    if (left < 16) differing = v128.and(differing, firstBytes(left));
    if (v128.any_true(differing)) return false;
  }
  return true;
}

/** Where a byte is, or `to`. */
export function find(byte: u8, from: usize, to: usize): usize {
  while (from < to && load<u8>(from) != byte) from++;
  return from;
}

/** Copies sixteen bytes at a time, also a few behind the end: short stretches are not worth a call of the engine's. */
@inline
export function copy(to: usize, from: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}
