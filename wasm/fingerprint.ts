/**
 * Fingerprints that nobody can forge who does not know the secret. Blocks are hashed by NH with two shifted keys, as in
 * UMAC (RFC 4418), and what comes out by a polynomial modulo the prime 2^61 - 1: two texts that differ have the same
 * fingerprint with a probability of less than their length in kilobytes times 2^-58.
 */
import { HASHED_BYTES } from '../src/ingest/decode/fast/offsets';
import { firstBytes, secret } from './memory';

const PRIME: u64 = 0x1fffffffffffffff;
/** Of the secret: behind the keys of blocks. */
const POINT: usize = HASHED_BYTES + 64;

let sum: u64 = 0;
let total: u64 = 0;

function times(a: u64, b: u64): u64 {
  const aHigh = a >> 32,
    aLow = a & 0xffffffff,
    bHigh = b >> 32,
    bLow = b & 0xffffffff;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >> 32);
  const other = aLow * bHigh + (middle & 0xffffffff);
  const high = aHigh * bHigh + (middle >> 32) + (other >> 32);
  const whole = (other << 32) | (low & 0xffffffff);
  // 2^64 is 8 modulo the prime.
  return reduced((whole & PRIME) + ((high << 3) | (whole >> 61)));
}

@inline
function reduced(value: u64): u64 {
  const once = (value & PRIME) + (value >> 61);
  return once >= PRIME ? once - PRIME : once;
}

function absorb(word: u64): void {
  const point = load<u64>(secret + POINT) & (PRIME >> 1);
  sum = times(reduced(sum + reduced(word)), point);
}

/** At most `HASHED_BYTES`. */
function absorbBlock(at: usize, length: usize): void {
  let one = i64x2.splat(0);
  let two = i64x2.splat(0);
  let key = secret;
  let keys = v128.load(key);
  const whole = at + (length & ~31);
  for (; at < whole; at += 32, key += 32) {
    const left = v128.load(at);
    const right = v128.load(at, 16);
    const middle = v128.load(key, 16);
    const a = i32x4.add(left, keys);
    const b = i32x4.add(right, middle);
    const c = i32x4.add(left, middle);
    keys = v128.load(key, 32);
    const d = i32x4.add(right, keys);
    one = i64x2.add(one, i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b)));
    two = i64x2.add(two, i64x2.add(i64x2.extmul_low_i32x4_u(c, d), i64x2.extmul_high_i32x4_u(c, d)));
  }
  const rest = length & 31;
  if (rest > 0) {
    const left = v128.and(v128.load(at), firstBytes(min(rest, 16)));
    const right = v128.and(v128.load(at, 16), firstBytes(rest > 16 ? rest - 16 : 0));
    const middle = v128.load(key, 16);
    const a = i32x4.add(left, keys);
    const b = i32x4.add(right, middle);
    const c = i32x4.add(left, middle);
    const d = i32x4.add(right, v128.load(key, 32));
    one = i64x2.add(one, i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b)));
    two = i64x2.add(two, i64x2.add(i64x2.extmul_low_i32x4_u(c, d), i64x2.extmul_high_i32x4_u(c, d)));
  }
  absorb(i64x2.extract_lane(one, 0) + i64x2.extract_lane(one, 1));
  absorb(i64x2.extract_lane(two, 0) + i64x2.extract_lane(two, 1));
}

export function beginFingerprint(): void {
  sum = 1;
  total = 0;
}

/** Every piece but the last one is a multiple of `HASHED_BYTES` long. */
export function addToFingerprint(at: usize, length: usize): void {
  total += length;
  for (let from: usize = 0; from < length; from += HASHED_BYTES)
    absorbBlock(at + from, min(length - from, <usize>HASHED_BYTES));
}

/** The highest bit is always set: no fingerprint is zero, nor is its upper half. */
function ended(): u64 {
  absorb(total);
  return sum | 0x8000000000000000;
}

/** Stores the fingerprint. */
export function endFingerprint(at: usize): void {
  store<u64>(at, ended());
}

export function fingerprint(at: usize, length: usize): u64 {
  beginFingerprint();
  addToFingerprint(at, length);
  return ended();
}
