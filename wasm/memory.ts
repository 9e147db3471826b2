/** The memory of the scanner: what lies at fixed places, and room for what is built later. */
import {
  CARRIED_SIZE,
  FACT_SIZE,
  INPUT_MARGIN,
  LONGEST_LINE,
  MOST_FACTS,
  MOST_RECORDS,
  MOST_TAPED,
  RECORD_SIZE,
  SECRET_BYTES,
  TAPE_SIZE,
} from '../src/ingest/decode/fast/offsets';

/** Sixteen bytes of ones, then of zeros. */
const MASKS: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0,
]);

/**
 * Sixteen times the same byte each. The engine puts a vector of constants together anew wherever one stands in the code,
 * which takes longer than to load it.
 */
const VECTORS: usize = memory.data<u8>([
  0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0xc1, 0x9a, 0x9a, 0x9a, 0x9a,
  0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x9a, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
  0x20, 0x20, 0x20, 0x20, 0x20, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22,
  0x22, 0x22, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 0x5c, 15, 15,
  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
  2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21,
  0x21, 0x21, 0x21, 0x21, 0x21,
  10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30,
  0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30,
]);
/** What makes A the least of signed bytes when it is taken away, and the one that then stands behind Z. */
export const CAPITAL_A: usize = VECTORS;
export const BEHIND_Z: usize = VECTORS + 16;
export const SPACE: usize = VECTORS + 32;
export const BACKSLASHES: usize = VECTORS + 64;
export const FIFTEEN: usize = VECTORS + 80;
export const TWO: usize = VECTORS + 96;
export const BEHIND_SPACE: usize = VECTORS + 112;
export const TENS: usize = VECTORS + 128;
export const ZEROS: usize = VECTORS + 144;

let free: usize = (__heap_base + 15) & ~15;

/** Zeroed bytes at a multiple of sixteen; the memory grows when it must. */
export function allocate(size: usize): usize {
  const at = free;
  free = (at + size + 15) & ~15;
  const missing = <i32>((free + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return at;
}

/** The same, of whole lines of the processor's caches. */
export function allocateLines(size: usize): usize {
  free = (free + 63) & ~63;
  return allocate(size);
}

/** Bytes behind what is written to while records are scanned: marks that nobody overwrites, then where the next ones lie. */
const GUARD: usize = 80;
const MARKS: usize = 64;
const MARK: u8 = 0xa5;
let guards: usize = 0;

/** Puts marks where something ends that has room for them behind it. */
export function guard(end: usize): void {
  memory.fill(end, MARK, MARKS);
  store<usize>(end, guards, MARKS);
  guards = end;
}

/** Bytes that are written to while records are scanned, guarded. Who copies sixteen at a time counts those in. */
export function allocateGuarded(size: usize): usize {
  const at = allocate(size + GUARD);
  guard(at + size);
  return at;
}

/** Whether all marks stand: what wrote over some of them may have written anything. */
export function isSound(): bool {
  for (let marks = guards; marks != 0; marks = load<usize>(marks, MARKS))
    for (let at: usize = 0; at < MARKS; at += 16)
      if (v128.any_true(v128.xor(v128.load(marks + at), i8x16.splat(MARK)))) return false;
  return true;
}

export const input: usize = allocateGuarded(LONGEST_LINE + INPUT_MARGIN);
export const records: usize = allocateGuarded(MOST_RECORDS * RECORD_SIZE);
/** Records that were carried in texts, without escapes: these are never shorter than what they stand for. */
export const carried: usize = allocateGuarded(LONGEST_LINE + INPUT_MARGIN);
export const carriedTable: usize = allocateGuarded(MOST_RECORDS * CARRIED_SIZE);
export const carriersFacts: usize = allocateGuarded(MOST_FACTS * FACT_SIZE);
export const tape: usize = allocateGuarded(MOST_TAPED * TAPE_SIZE);
export const facts: usize = allocateGuarded(MOST_FACTS * FACT_SIZE);
export const secret: usize = allocate(SECRET_BYTES);
/** For texts that are put together, and what stands in it must be readable a little beyond. */
export const SCRATCH_BYTES: usize = 65536;
export const scratch: usize = allocateGuarded(SCRATCH_BYTES + INPUT_MARGIN);

/** Ones for the first bytes of sixteen, and zeros for the others. */
@inline
export function firstBytes(count: usize): v128 {
  return v128.load(MASKS + 16 - count);
}
