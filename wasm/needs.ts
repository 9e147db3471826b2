/** Which needs of which rules the current record meets: one set of bits for each place in a rule's list of needs. */
import { POSTING_MET_IN, POSTING_OTHERS, POSTING_WORDS } from '../src/ingest/decode/fast/offsets';
import { copy } from './bytes';
import { allocate } from './memory';

/** How many sets there are. */
let sets: usize = 0;
let met: usize = 0;
let initial: usize = 0;
/** Bytes of one set, a multiple of sixteen. */
let stride: usize = 0;

/** Room for the sets; gives back where the needs that are met from the beginning go. */
export function setUpNeeds(count: usize, bytes: usize): usize {
  sets = count;
  stride = bytes;
  met = allocate(sets * bytes);
  initial = allocate(sets * bytes);
  return initial;
}

export function needs(): usize {
  return met;
}

/** Postings of which only the first set was met so far: most records meet no rule's first and rarest need. */
const MOST_WAITING: u32 = 4096;
const waiting: usize = allocate(MOST_WAITING << 2);
let waitingCount: u32 = 0;

export function beginNeeds(): void {
  copy(met, initial, stride);
  waitingCount = 0;
  isSettled = false;
  rounds++;
}

/** Records so far: what was met in the current one need not be met again. */
let rounds: u32 = 0;

/** Whether all sets are met by what came so far. */
let isSettled: bool = false;

export function meet(posting: usize): void {
  if (load<u32>(posting, POSTING_MET_IN) == rounds) return;
  store<u32>(posting, rounds, POSTING_MET_IN);
  const first = posting + POSTING_WORDS;
  const others = first + (<usize>load<u32>(posting) << 3);
  set(first, others);
  if (load<u32>(posting, POSTING_OTHERS) == 0) return;
  if (waitingCount == MOST_WAITING) settle();
  store<u32>(waiting + (<usize>waitingCount << 2), <u32>posting);
  waitingCount++;
}

@inline
function set(from: usize, to: usize): void {
  for (let at = from; at < to; at += 8) {
    const word = met + load<u32>(at);
    store<u32>(word, load<u32>(word) | load<u32>(at, 4));
  }
}

/** Meets what waits; to be called before anything but the first set is looked at. */
export function settle(): void {
  if (!isSettled) copy(met + stride, initial + stride, (sets - 1) * stride);
  isSettled = true;
  for (let i: u32 = 0; i < waitingCount; i++) {
    const posting = load<usize>(waiting + (<usize>i << 2));
    const from = posting + POSTING_WORDS + (<usize>load<u32>(posting) << 3);
    set(from, from + (<usize>load<u32>(posting, POSTING_OTHERS) << 3));
  }
  waitingCount = 0;
}

/** Whether all needs of one of these rules are met. */
export function isAnyCandidate(rules: usize): bool {
  if (!isAnyFirst(rules)) return false;
  settle();
  for (let at: usize = 0; at < stride; at += 16) {
    let all = v128.and(v128.load(met + at), v128.load(rules + at));
    for (let set: usize = 1; set < sets && v128.any_true(all); set++)
      all = v128.and(all, v128.load(met + set * stride + at));
    if (v128.any_true(all)) return true;
  }
  return false;
}

function isAnyFirst(rules: usize): bool {
  for (let at: usize = 0; at < stride; at += 16)
    if (v128.any_true(v128.and(v128.load(met + at), v128.load(rules + at)))) return true;
  return false;
}

/** Writes the numbers of all rules of these whose needs are met, as many as there is room for; gives how many there are. */
export function writeCandidates(rules: usize, into: usize, room: u32): u32 {
  let count: u32 = 0;
  for (let at: usize = 0; at < stride; at += 4) {
    let bits = load<u32>(met + at) & load<u32>(rules + at);
    for (let set: usize = 1; set < sets && bits != 0; set++) bits &= load<u32>(met + set * stride + at);
    for (; bits != 0; bits &= bits - 1) {
      if (count < room) store<u32>(into + (<usize>count << 2), <u32>(at << 3) + ctz(bits));
      count++;
    }
  }
  return count;
}
