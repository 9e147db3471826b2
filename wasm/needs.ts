/** Which needs of which rules the current record meets: one set of bits for each place in a rule's list of needs. */
import { POSTING_WORDS } from '../src/ingest/decode/fast/offsets';
import { allocate } from './memory';

/** As many as `exec/index/postings.ts` has. */
const SETS: usize = 4;

let met: usize = 0;
let initial: usize = 0;
/** Bytes of one set, a multiple of sixteen. */
let stride: usize = 0;

/** Room for the sets; gives back where the needs that are met from the beginning go. */
export function setUpNeeds(bytes: usize): usize {
  stride = bytes;
  met = allocate(SETS * bytes);
  initial = allocate(SETS * bytes);
  return initial;
}

export function needs(): usize {
  return met;
}

export function beginNeeds(): void {
  memory.copy(met, initial, SETS * stride);
}

export function meet(posting: usize): void {
  const end = posting + POSTING_WORDS + (load<u32>(posting) << 3);
  for (let at = posting + POSTING_WORDS; at < end; at += 8) {
    const word = met + load<u32>(at);
    store<u32>(word, load<u32>(word) | load<u32>(at, 4));
  }
}

/** Whether all needs of one of these rules are met. */
export function isAnyCandidate(rules: usize): bool {
  const second = met + stride;
  const third = second + stride;
  const fourth = third + stride;
  for (let at: usize = 0; at < stride; at += 16) {
    const two = v128.and(v128.load(met + at), v128.load(second + at));
    const four = v128.and(two, v128.and(v128.load(third + at), v128.load(fourth + at)));
    if (v128.any_true(v128.and(four, v128.load(rules + at)))) return true;
  }
  return false;
}

/** Writes the numbers of all rules of these whose needs are met, as many as there is room for; gives how many there are. */
export function writeCandidates(rules: usize, into: usize, room: u32): u32 {
  let count: u32 = 0;
  for (let at: usize = 0; at < stride; at += 4) {
    const second = met + stride + at;
    let bits = load<u32>(met + at) & load<u32>(second) & load<u32>(rules + at);
    bits &= load<u32>(second + stride) & load<u32>(second + 2 * stride);
    for (; bits != 0; bits &= bits - 1) {
      if (count < room) store<u32>(into + (<usize>count << 2), <u32>(at << 3) + ctz(bits));
      count++;
    }
  }
  return count;
}
