/** Which needs of which rules the current record meets: one set of bits for each place in a rule's list of needs. */
import {
  POSTING_MET_IN,
  POSTING_OTHERS,
  POSTING_USUAL,
  POSTING_WORDS,
  RUN_BITS,
  RUN_LENGTH,
  RUN_OFFSET,
} from '../src/ingest/decode/fast/offsets';
import { copy, isEqual, mixedVector } from './bytes';
import { allocate, allocateGuarded } from './memory';

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
  met = allocateGuarded(sets * bytes);
  initial = allocate(sets * bytes);
  usual = allocateGuarded(sets * bytes);
  candidateBits = allocateGuarded(bytes);
  return initial;
}

export function needs(): usize {
  return met;
}

/** Postings with bits in other sets than the first that were met: these sets are only looked at when they must be. */
const MOST_WAITING: u32 = 4096;
const waiting: usize = allocateGuarded(MOST_WAITING << 2);
let waitingCount: u32 = 0;
/** How many of them have set their bits. */
let settledCount: u32 = 0;
/** Whether other sets than the first hold what the current record meets, and whether bits of others stand there. */
let isSettled: bool = false;
let isForeign: bool = false;

/**
 * What the other sets hold between records: what is met from the beginning, and by postings that nearly all records
 * meet. These are those of some record that all later ones met, too, and are chosen anew now and then.
 */
let usual: usize = 0;
const MOST_USUAL: u32 = 256;
const usualPostings: usize = allocateGuarded(MOST_USUAL << 2);
let usualCount: u32 = 0;
/** How often they were chosen, 0 before the first time, and records that were settled since they were last chosen anew. */
let choice: u32 = 0;
let settledRecords: u32 = 0;
const CHOSEN_ANEW: u32 = 2048;

/** Records so far: what was met in the current one need not be met again. */
let rounds: u32 = 0;

export function beginNeeds(): void {
  copy(met, initial, stride);
  if (isForeign) copy(met + stride, usual + stride, (sets - 1) * stride);
  else for (let i: u32 = 0; i < settledCount; i++) resetRuns(load<usize>(load<usize>(at(i)), POSTING_OTHERS));
  waitingCount = settledCount = 0;
  isSettled = isForeign = false;
  rounds++;
}

/** A place of the list of those that wait. */
@inline
function at(i: u32): usize {
  return waiting + (<usize>i << 2);
}

export function meet(posting: usize): void {
  if (load<u32>(posting, POSTING_MET_IN) == rounds) return;
  store<u32>(posting, rounds, POSTING_MET_IN);
  const first = posting + POSTING_WORDS;
  set(first, first + (<usize>load<u32>(posting) << 3));
  if (load<u32>(posting, POSTING_OTHERS) != 0) wait(posting);
}

/** Whether a posting was met; it can be met again then. */
export function takeBack(posting: usize): bool {
  const isMet = load<u32>(posting, POSTING_MET_IN) == rounds;
  store<u32>(posting, 0, POSTING_MET_IN);
  return isMet;
}

@inline
function wait(posting: usize): void {
  if (waitingCount == MOST_WAITING) settleAll();
  store<u32>(at(waitingCount), <u32>posting);
  waitingCount++;
}

function settleAll(): void {
  settleForeign();
  waitingCount = settledCount = 0;
}

@inline
function set(from: usize, to: usize): void {
  for (let at = from; at < to; at += 8) {
    const word = met + load<u32>(at);
    store<u32>(word, load<u32>(word) | load<u32>(at, 4));
  }
}

/** Sets the bits of runs, sixteen bytes at a time. */
function setRuns(needs: usize, runs: usize): void {
  let at = runs + 16;
  for (let left = load<u32>(runs); left > 0; left--) {
    let word = needs + load<u32>(at, RUN_OFFSET);
    const end = at + RUN_BITS + load<usize>(at, RUN_LENGTH);
    for (at += RUN_BITS; at < end; at += 16, word += 16) v128.store(word, v128.or(v128.load(word), v128.load(at)));
  }
}

/** Takes back what runs set. */
function resetRuns(runs: usize): void {
  let at = runs + 16;
  for (let left = load<u32>(runs); left > 0; left--) {
    const offset = load<usize>(at, RUN_OFFSET);
    const length = load<usize>(at, RUN_LENGTH);
    copy(met + offset, usual + offset, length);
    at += <usize>RUN_BITS + length;
  }
}

/** Has the other sets hold what was met so far; to be called before anything but the first one is looked at. */
function settle(): void {
  if (!isSettled) {
    isSettled = true;
    const isDue = choice == 0 || ++settledRecords == CHOSEN_ANEW;
    if (isDue || !areUsualMet()) chooseUsual(isDue);
  }
  let count = settledCount;
  for (let i = settledCount; i < waitingCount; i++) {
    const posting = load<usize>(at(i));
    if (load<u32>(posting, POSTING_USUAL) == choice) continue;
    setRuns(met, load<usize>(posting, POSTING_OTHERS));
    store<u32>(at(count++), <u32>posting);
  }
  settledCount = waitingCount = count;
}

/** The same for who sets bits besides. */
export function settleForeign(): void {
  settle();
  isForeign = true;
}

function areUsualMet(): bool {
  for (let i: u32 = 0; i < usualCount; i++)
    if (load<u32>(load<usize>(usualPostings + (<usize>i << 2)), POSTING_MET_IN) != rounds) return false;
  return true;
}

/** Those that are met now: of those that were chosen before, or of all. */
function chooseUsual(isAnew: bool): void {
  choice++;
  const from = isAnew ? waiting : usualPostings;
  const count = isAnew ? min(waitingCount, MOST_USUAL) : usualCount;
  if (isAnew) settledRecords = 0;
  usualCount = 0;
  copy(usual, initial, sets * stride);
  for (let i: u32 = 0; i < count; i++) {
    const posting = load<usize>(from + (<usize>i << 2));
    if (load<u32>(posting, POSTING_MET_IN) != rounds) continue;
    store<u32>(posting, choice, POSTING_USUAL);
    store<u32>(usualPostings + (<usize>usualCount << 2), <u32>posting);
    usualCount++;
    setRuns(usual, load<usize>(posting, POSTING_OTHERS));
  }
  copy(met + stride, usual + stride, (sets - 1) * stride);
}

/** A bit for each rule that the current record is a candidate for, and a hash of them. */
let candidateBits: usize = 0;
export let candidatesHash: u64 = 0;

/** Whether all needs of one of these rules are met, with `candidateBits` and their hash. */
export function areCandidates(rules: usize): bool {
  if (!isAnyFirst(rules)) return false;
  settle();
  candidatesHash = 0;
  for (let at: usize = 0; at < stride; at += 16) {
    let all = v128.and(v128.load(met + at), v128.load(rules + at));
    for (let set: usize = 1; set < sets && v128.any_true(all); set++)
      all = v128.and(all, v128.load(met + set * stride + at));
    v128.store(candidateBits + at, all);
    if (v128.any_true(all)) candidatesHash = mixedVector(candidatesHash + at, all);
  }
  return candidatesHash != 0;
}

export function copyCandidates(to: usize): void {
  copy(to, candidateBits, stride);
}

export function areSameCandidates(bits: usize): bool {
  return isEqual(bits, candidateBits, stride);
}

/** Bytes of a set of bits, one for each rule. */
export function bytesOfBits(): usize {
  return stride;
}

function isAnyFirst(rules: usize): bool {
  for (let at: usize = 0; at < stride; at += 16)
    if (v128.any_true(v128.and(v128.load(met + at), v128.load(rules + at)))) return true;
  return false;
}

/** Writes the numbers of the candidates, as many as there is room for; gives how many there are. */
export function writeCandidates(into: usize, room: u32): u32 {
  let count: u32 = 0;
  for (let at: usize = 0; at < stride; at += 4)
    for (let bits = load<u32>(candidateBits + at); bits != 0; bits &= bits - 1) {
      if (count < room) store<u32>(into + (<usize>count << 2), <u32>(at << 3) + ctz(bits));
      count++;
    }
  return count;
}
