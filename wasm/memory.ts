/** The memory of the scanner: what lies at fixed places, and room for what is built later. */
import {
  FACT_SIZE,
  INPUT_BYTES,
  INPUT_MARGIN,
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

export const input: usize = allocate(INPUT_BYTES + INPUT_MARGIN);
export const records: usize = allocate(MOST_RECORDS * RECORD_SIZE);
export const tape: usize = allocate(MOST_TAPED * TAPE_SIZE);
export const facts: usize = allocate(MOST_FACTS * FACT_SIZE);
export const secret: usize = allocate(SECRET_BYTES);
/** For texts that are put together, and what stands in it must be readable a little beyond. */
export const SCRATCH_BYTES: usize = 65536;
export const scratch: usize = allocate(SCRATCH_BYTES + INPUT_MARGIN);

/** Ones for the first bytes of sixteen, and zeros for the others. */
@inline
export function firstBytes(count: usize): v128 {
  return v128.load(MASKS + 16 - count);
}
