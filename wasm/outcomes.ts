/**
 * Which outcome some candidates had for earlier records that had the same values where they read. Values repeat from
 * record to record, and then nobody need be asked again. Values are compared to the last byte, as they are written: no
 * hash is trusted, so nobody can make a record that gets the outcome of another.
 */
import {
  MOST_KEY_PLACES,
  ONLY_BEGINNING,
  ONLY_EMPTINESS,
  ONLY_SOUGHT,
  PLACE_PRESENT_IN,
  PLACE_TAPED_IN,
  PLACE_TAPE_FIRST,
  STOPS,
  TAPED_TEXT,
  TAPED_WORD,
  TAPE_FROM,
  TAPE_KIND,
  TAPE_NEXT,
  TAPE_SIZE,
  TAPE_TO,
} from '../src/ingest/decode/fast/offsets';
import { copy, isEqual, mixedVector } from './bytes';
import { allocateGuarded, scratch, tape } from './memory';
import { isSought } from './lookup';
import { areSameCandidates, bytesOfBits, candidatesHash, copyCandidates } from './needs';
import { number } from './record';

/** Lists of candidates: of which shape, which number they have, what they read, whether looking pays, and their bits. */
const MOST_LISTS: usize = 512;
const LIST_SHAPE: usize = 0;
const LIST_NUMBER: usize = 4;
/** How many words there are for places of values, and how many for those of presences; `UNTOLD` when more decides than what stands there. */
const LIST_VALUES: usize = 8;
const LIST_PRESENCES: usize = 12;
const LIST_ASKED: usize = 16;
const LIST_KNOWN: usize = 20;
const LIST_PAUSED: usize = 24;
const LIST_PLACES: usize = 32;
const LIST_BITS: usize = LIST_PLACES + 4 * MOST_KEY_PLACES;
const UNTOLD: u32 = 0xffffffff;

/** Records between two judgements on whether remembering pays, and how many of them must have been known. */
const TRIAL: u32 = 256;
const WORTHWHILE: u32 = 102;
/** Trials without a look after one that did not pay: what is read may change. */
const PAUSE: u32 = 31;

/** Outcomes with the list they belong to, how long their key is, and the key; their count is a power of two. */
const KEPT: usize = 2048;
const LONGEST: usize = 176;
const KEPT_LIST: usize = 0;
const KEPT_LENGTH: usize = 4;
const KEPT_OUTCOME: usize = 8;
const KEPT_KEY: usize = 16;
const KEPT_SIZE: usize = KEPT_KEY + LONGEST;

/** Values are written behind their kind and this; as in JSON, no byte of a value is that small. */
const FIRST_KIND: u32 = 1;
const IS_PRESENT: u8 = 8;
/** What values of a place end with; the second one if there are others besides that do not matter. */
const END: u8 = 0;
const OTHERS: u8 = 9;
/** Stands for every value that is no empty text. */
const ANY_VALUE: usize = memory.data<u8>([0x2a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Where lists lie by their hashes, with room for twice as many. */
const LISTS_MASK: u32 = 2 * <u32>MOST_LISTS - 1;
const places: usize = allocateGuarded((LISTS_MASK + 1) << 2);
/** Made when they are needed first. */
let lists: usize = 0;
let kept: usize = 0;
let listCount: usize = 0;
/** Lists so far, also those that were forgotten: outcomes of those are never found. */
let numbered: u32 = 0;

/** The list of the record that was looked for last, or 0, and where its outcome belongs, or 0. */
let current: usize = 0;
let slot: usize = 0;
/** The outcome of that record, if it was known. */
let outcome: u32 = 0;
/** The values of that record. */
const key: usize = allocateGuarded(LONGEST + 16);
let keyLength: usize = 0;

/** The outcome of the candidates for the current record; 0 when it is not known, or more has to be noted. */
export function recall(shape: usize): u32 {
  slot = 0;
  outcome = 0;
  current = find(shape);
  if (current == 0 || !isWorthwhile(current) || !writeKey(current)) return 0;
  const wanted = load<u32>(current, LIST_NUMBER);
  let hash: u64 = wanted;
  for (let at: usize = 0; at < keyLength; at += 16) hash = mixedVector(hash, v128.load(key + at));
  slot = kept + (<usize>(hash >> 32) & (KEPT - 1)) * KEPT_SIZE;
  if (load<u32>(slot, KEPT_LIST) != wanted || load<usize>(slot, KEPT_LENGTH) != keyLength) return 0;
  if (!isEqual(key, slot + KEPT_KEY, keyLength)) return 0;
  store<u32>(current, load<u32>(current, LIST_KNOWN) + 1, LIST_KNOWN);
  outcome = load<u32>(slot, KEPT_OUTCOME);
  return outcome & STOPS ? 0 : outcome;
}

/** The number of the list of the record that was scanned last; 0 for one that is new. */
export function list(): u32 {
  return current == 0 ? 0 : load<u32>(current, LIST_NUMBER);
}

/** The outcome of that record, 0 when it is not known. */
export function known(): u32 {
  return outcome & ~STOPS;
}

/** Whether the outcome for that record is worth keeping. */
export function isKept(): bool {
  return slot != 0;
}

/** Keeps its outcome, if that is worthwhile. */
export function keep(found: u32): void {
  store<u32>(slot, load<u32>(current, LIST_NUMBER), KEPT_LIST);
  store<u32>(slot, <u32>keyLength, KEPT_LENGTH);
  store<u32>(slot, found, KEPT_OUTCOME);
  copy(slot + KEPT_KEY, key, keyLength);
}

/**
 * Makes the candidates of the record that was scanned last a list; gives its number. They read the places in the scratch:
 * so many words for values, then so many for presences. There must be room for one more.
 */
export function addList(shape: usize, values: u32, presences: u32): u32 {
  const size = LIST_BITS + bytesOfBits();
  if (lists == 0) {
    lists = allocateGuarded(MOST_LISTS * size);
    kept = allocateGuarded(KEPT * KEPT_SIZE);
  }
  const made = lists + listCount++ * size;
  store<u32>(made, <u32>shape, LIST_SHAPE);
  store<u32>(made, ++numbered, LIST_NUMBER);
  store<u32>(made, values + presences > <u32>MOST_KEY_PLACES ? UNTOLD : values, LIST_VALUES);
  store<u32>(made, presences, LIST_PRESENCES);
  store<u32>(made, 0, LIST_ASKED);
  store<u32>(made, 0, LIST_KNOWN);
  store<u32>(made, 0, LIST_PAUSED);
  copy(made + LIST_PLACES, scratch, MOST_KEY_PLACES << 2);
  copyCandidates(made + LIST_BITS);
  let at = firstPlace(shape);
  while (load<u32>(places + (<usize>at << 2)) != 0) at = (at + 1) & LISTS_MASK;
  store<u32>(places + (<usize>at << 2), <u32>made);
  return numbered;
}

export function forgetLists(): void {
  memory.fill(places, 0, (LISTS_MASK + 1) << 2);
  listCount = 0;
}

@inline
function firstPlace(shape: usize): u32 {
  return <u32>((candidatesHash + shape) >> 32) & LISTS_MASK;
}

function find(shape: usize): usize {
  let at = firstPlace(shape);
  let list = load<usize>(places + (<usize>at << 2));
  while (list != 0) {
    if (load<usize>(list, LIST_SHAPE) == shape && areSameCandidates(list + LIST_BITS)) break;
    at = (at + 1) & LISTS_MASK;
    list = load<usize>(places + (<usize>at << 2));
  }
  return list;
}

/** To be asked once for each record. */
function isWorthwhile(list: usize): bool {
  if (load<u32>(list, LIST_VALUES) == UNTOLD) return false;
  const asked = load<u32>(list, LIST_ASKED) + 1;
  store<u32>(list, asked, LIST_ASKED);
  if (asked == TRIAL) judge(list);
  return load<u32>(list, LIST_PAUSED) == 0;
}

function judge(list: usize): void {
  const paused = load<u32>(list, LIST_PAUSED);
  if (paused > 0) store<u32>(list, paused - 1, LIST_PAUSED);
  else if (load<u32>(list, LIST_KNOWN) < WORTHWHILE) store<u32>(list, PAUSE, LIST_PAUSED);
  store<u32>(list, 0, LIST_ASKED);
  store<u32>(list, 0, LIST_KNOWN);
}

/** Writes what stands where a list reads, such that records with the same key have the same values; false if it is too long. */
function writeKey(list: usize): bool {
  const values = list + LIST_PLACES;
  const presences = values + (load<usize>(list, LIST_VALUES) << 2);
  const end = presences + (load<usize>(list, LIST_PRESENCES) << 2);
  let at = key;
  for (let value = values; value < presences; value += 4) {
    const read = load<usize>(value);
    const place = read & ~(ONLY_EMPTINESS | ONLY_SOUGHT | ONLY_BEGINNING);
    let most = read & ONLY_EMPTINESS ? 1 : usize.MAX_VALUE;
    let table: usize = 0;
    if (read & ONLY_SOUGHT) table = load<usize>((value += 4));
    else if (read & ONLY_BEGINNING) {
      most = longest(value + 4) + 1;
      value += 4 + (load<usize>(value, 4) << 2);
    }
    at = writeValues(place, most, table, at);
    if (at == 0) return false;
  }
  if (at + (end - presences) > key + LONGEST) return false;
  for (let presence = presences; presence < end; presence += 4)
    store<u8>(at++, load<u32>(load<usize>(presence), PLACE_PRESENT_IN) == number ? IS_PRESENT : END);
  keyLength = at - key;
  v128.store(at, i64x2.splat(0));
  return true;
}

/** How many bytes the longest value has at the places of a list; the most there may be where one is no text. */
function longest(list: usize): usize {
  let most: usize = 0;
  const end = list + 4 + (load<usize>(list) << 2);
  for (let place = list + 4; place < end; place += 4) {
    let entry = firstEntry(load<usize>(place));
    while (entry != 0) {
      const value = tape + <usize>(entry - 1) * TAPE_SIZE;
      if (load<u32>(value, TAPE_KIND) == TAPED_WORD) return usize.MAX_VALUE - 1;
      most = max(most, load<usize>(value, TAPE_TO) - load<usize>(value, TAPE_FROM));
      entry = load<u32>(value, TAPE_NEXT);
    }
  }
  return most;
}

/** The number of an entry of the tape, or 0. */
@inline
function firstEntry(place: usize): u32 {
  return load<u32>(place, PLACE_TAPED_IN) == number ? load<u32>(place, PLACE_TAPE_FIRST) : 0;
}

/**
 * Gives where they end, or 0 when there is no room for them. Of plain texts only so much is written; with 1, only whether
 * values are empty. With a table, texts that meet nothing there are like one another, however many there are.
 */
function writeValues(place: usize, most: usize, table: usize, at: usize): usize {
  const end = key + LONGEST;
  let last = END;
  let entry = firstEntry(place);
  while (entry != 0) {
    const value = tape + <usize>(entry - 1) * TAPE_SIZE;
    entry = load<u32>(value, TAPE_NEXT);
    if (table != 0 && isOther(value, table)) {
      last = OTHERS;
      continue;
    }
    const kind = load<u32>(value, TAPE_KIND);
    const from = most == 1 ? ANY_VALUE : load<usize>(value, TAPE_FROM);
    let length = load<usize>(value, TAPE_TO) - load<usize>(value, TAPE_FROM);
    if (most == 1 || kind == TAPED_TEXT) length = min(most, length);
    if (at + length + 2 > end) return 0;
    store<u8>(at, <u8>(kind + FIRST_KIND));
    copy(at + 1, from, length);
    at += length + 1;
  }
  if (at == end) return 0;
  store<u8>(at, last);
  return at + 1;
}

/** Whether a value is a text that no test is true of whose texts and pieces are in the table. */
function isOther(value: usize, table: usize): bool {
  const kind = load<u32>(value, TAPE_KIND);
  const from = load<usize>(value, TAPE_FROM);
  const to = load<usize>(value, TAPE_TO);
  return from != to && kind != TAPED_WORD && !isSought(table, kind, from, to);
}
