/**
 * Places and the keys that lead to them. Keys that matter are there from the beginning; others are learnt from records,
 * up to a limit, so that they too can be foretold.
 */
import {
  DOTLESS,
  EDGE_HASH,
  EDGE_KEY,
  EDGE_KEY_BYTES,
  EDGE_LENGTH,
  EDGE_NEXT,
  EDGE_PLACE,
  EDGE_REST,
  EDGE_SIZE,
  GUARDED,
  HAS_PRESENCE,
  HAS_TABLES,
  INEXACT,
  NEW,
  NEW_SEEN,
  PLACE_EDGE,
  PLACE_FACT,
  PLACE_FIRST,
  PLACE_FLAGS,
  PLACE_KEYS,
  PLACE_KEYS_COUNT,
  PLACE_KEYS_MASK,
  PLACE_LEARNT,
  PLACE_SIZE,
  PRESENCE_NOTED,
  READ,
  SOURCE,
  STATIC,
  STRICT,
  TAPED,
  UNDERSCORED,
} from '../src/ingest/decode/fast/offsets';
import { find, hashOf, isEqual } from './bytes';
import { allocate, allocateLines, scratch } from './memory';
import { noteInexact } from './record';

/** Keys that are learnt in one object and in all, and the longest of them: dynamic keys must not grow memory. */
const LEARNT_HERE: u32 = 64;
const LEARNT_IN_ALL: u32 = 8192;
const LONGEST_KEY: usize = 128;

let learnt: u32 = 0;

/** What stands under keys that end with this has another value in documents. */
let marker: usize = 0;
let markerLength: usize = 0;

export function setUpMarker(text: usize, length: usize): void {
  marker = text;
  markerLength = length;
}

/** Keys that begin with this, a quote included, are not understood where that is guarded. */
let guard: usize = 0;
let guardLength: usize = 0;

export function setUpGuard(text: usize, length: usize): void {
  guard = text;
  guardLength = length;
}

/** With room for the edge that leads there. */
export function newPlace(flags: u32): usize {
  const place = allocateLines(PLACE_SIZE - PLACE_EDGE) - PLACE_EDGE;
  store<u32>(place, flags, PLACE_FLAGS);
  store<u32>(place, <u32>nowhere, PLACE_FIRST);
  store<i32>(place, -1, PLACE_FACT);
  return place;
}

/** Keys that lead to the same place have edges elsewhere, but for the first. */
function newEdge(key: usize, length: usize, hash: u32, place: usize): usize {
  const own = place + PLACE_EDGE;
  const edge = load<u32>(own, EDGE_LENGTH) == 0 ? own : allocateLines(EDGE_SIZE);
  store<u32>(edge, <u32>nowhere, EDGE_NEXT);
  store<u32>(edge, <u32>place, EDGE_PLACE);
  store<u32>(edge, <u32>length + 1, EDGE_LENGTH);
  store<u32>(edge, hash, EDGE_HASH);
  const first = min(length, <usize>EDGE_KEY_BYTES);
  memory.copy(edge + EDGE_KEY, key, first);
  if (first == length && length < <usize>EDGE_KEY_BYTES) store<u8>(edge + length, 0x3a, EDGE_KEY);
  else {
    const rest = allocate(length - first + 1);
    memory.copy(rest, key + first, length - first);
    store<u8>(rest + length - first, 0x3a);
    store<u32>(edge, <u32>rest, EDGE_REST);
  }
  return edge;
}

/**
 * Leads from every key that is not learnt; nothing is known of what stands there. Where no key is foretold, it is: no key is
 * that long.
 */
export const nowhere: usize = allocateLines(PLACE_SIZE - PLACE_EDGE);
store<u32>(nowhere, <u32>nowhere, EDGE_NEXT);
store<u32>(nowhere, <u32>nowhere - PLACE_EDGE, EDGE_PLACE);
store<u32>(nowhere, 0xffffffff, EDGE_LENGTH);
store<u32>(nowhere - PLACE_EDGE, <u32>nowhere, PLACE_FIRST);

/** The key comes with both quotes. */
export function addKey(place: usize, key: usize, length: usize, to: usize): void {
  const hash = hashOf(key, length);
  if (load<u32>(place, PLACE_KEYS_COUNT) * 2 >= sizeOf(place)) grow(place);
  insert(place, newEdge(key, length, hash, to));
  store<u32>(place, load<u32>(place, PLACE_KEYS_COUNT) + 1, PLACE_KEYS_COUNT);
}

function sizeOf(place: usize): u32 {
  return load<u32>(place, PLACE_KEYS) == 0 ? 0 : load<u32>(place, PLACE_KEYS_MASK) + 1;
}

function insert(place: usize, edge: usize): void {
  const keys = load<usize>(place, PLACE_KEYS);
  const mask = load<u32>(place, PLACE_KEYS_MASK);
  let slot = load<u32>(edge, EDGE_HASH) & mask;
  while (load<u32>(keys + ((<usize>slot) << 2)) != 0) slot = (slot + 1) & mask;
  store<u32>(keys + ((<usize>slot) << 2), <u32>edge);
}

function grow(place: usize): void {
  const old = load<usize>(place, PLACE_KEYS);
  const size = sizeOf(place);
  const larger = max<u32>(8, size * 2);
  store<u32>(place, <u32>allocate(larger << 2), PLACE_KEYS);
  store<u32>(place, larger - 1, PLACE_KEYS_MASK);
  for (let slot: u32 = 0; slot < size; slot++) {
    const edge = load<usize>(old + ((<usize>slot) << 2));
    if (edge != 0) insert(place, edge);
  }
}

function findKey(place: usize, key: usize, length: usize): usize {
  const keys = load<usize>(place, PLACE_KEYS);
  if (keys == 0) return 0;
  const mask = load<u32>(place, PLACE_KEYS_MASK);
  const hash = hashOf(key, length);
  let slot = hash & mask;
  let edge = load<usize>(keys + ((<usize>slot) << 2));
  while (edge != 0 && !isKey(edge, hash, key, length)) {
    slot = (slot + 1) & mask;
    edge = load<usize>(keys + ((<usize>slot) << 2));
  }
  return edge;
}

function isKey(edge: usize, hash: u32, key: usize, length: usize): bool {
  if (load<u32>(edge, EDGE_HASH) != hash || load<usize>(edge, EDGE_LENGTH) != length + 1) return false;
  if (!isEqual(key, edge + EDGE_KEY, min(length, <usize>EDGE_KEY_BYTES))) return false;
  return length <= <usize>EDGE_KEY_BYTES || isEqual(key + EDGE_KEY_BYTES, load<usize>(edge, EDGE_REST), length - EDGE_KEY_BYTES);
}

/** The edge of a plain key, with both quotes; 0 when it is not understood. */
export function edgeOf(place: usize, key: usize, length: usize): usize {
  const known = findKey(place, key, length);
  if (known != 0) return known;
  const flags = load<u32>(place, PLACE_FLAGS);
  if (!(flags & STATIC)) return learn(place, key, length, 0);
  if (flags & STRICT || (flags & GUARDED && isEqual(key, guard, guardLength))) return 0;
  const end = key + length - 1;
  const dot = find(0x2e, key + 1, end);
  if (dot == end) return learn(place, key, length, 0);
  if (flags & DOTLESS) return 0;
  if (flags & UNDERSCORED) return learn(place, key, length, underscored(place, key, length));
  const to = throughDots(place, key + 1, end);
  return to == UNSURE ? 0 : learn(place, key, length, to);
}

const UNSURE: usize = 1;
/** What a place may be that a key with dots leads to, which has no fact then: values stand there as anywhere else. */
const PLAIN: u32 =
  STATIC | READ | SOURCE | NEW | NEW_SEEN | TAPED | PRESENCE_NOTED | HAS_PRESENCE | HAS_TABLES;

/**
 * Where a key with dots leads to, segment by segment as if they stood in one another; 0 for nowhere. Unsure when anything
 * is to be noted on the way, or the document would be different.
 */
function throughDots(place: usize, from: usize, end: usize): usize {
  let at = from;
  while (true) {
    const dot = find(0x2e, at, end);
    const length = dot - at;
    if (length > LONGEST_KEY) return UNSURE;
    memory.copy(scratch + 1, at, length);
    store<u8>(scratch, 0x22);
    store<u8>(scratch + 1 + length, 0x22);
    const edge = findKey(place, scratch, length + 2);
    if (edge == 0) return 0;
    place = load<usize>(edge, EDGE_PLACE);
    const flags = load<u32>(place, PLACE_FLAGS);
    if (!(flags & STATIC)) return 0;
    if (flags & ~(dot == end ? PLAIN : STATIC)) return UNSURE;
    if (dot == end) return place;
    at = dot + 1;
  }
}

/** The place of a key that has underscores for dots, or 0. */
function underscored(place: usize, key: usize, length: usize): usize {
  if (length > LONGEST_KEY) return 0;
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(key + i);
    store<u8>(scratch + i, byte == 0x2e ? 0x5f : byte);
  }
  const edge = findKey(place, scratch, length);
  return edge == 0 ? 0 : load<usize>(edge, EDGE_PLACE);
}

/** `to` is 0 for a place of its own. Keys over the limits lead nowhere. */
function learn(place: usize, key: usize, length: usize, to: usize): usize {
  const here = load<u32>(place, PLACE_LEARNT);
  const isFull = here == LEARNT_HERE || learnt == LEARNT_IN_ALL || length > LONGEST_KEY;
  const isMarked = markerLength < length && isEqual(key + length - 1 - markerLength, marker, markerLength);
  if (isFull || place == load<usize>(nowhere, EDGE_PLACE)) {
    if (isMarked) noteInexact();
    return to == 0 ? nowhere : 0;
  }
  store<u32>(place, here + 1, PLACE_LEARNT);
  learnt++;
  addKey(place, key, length, to == 0 ? newPlace(isMarked ? INEXACT : 0) : to);
  return findKey(place, key, length);
}
