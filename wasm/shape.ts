/** What a record is, once it was walked over: whether it has a shape, who reads it, and what makes it that record. */
import {
  ABSENT,
  FACT_FROM,
  FACT_SIZE,
  FACT_STATE,
  FACT_TO,
  KEYED_BY_CONTENT,
  ODD,
  PART_FACT,
  PART_LENGTH,
  PART_SIZE,
  PART_TEXT,
  RECORD_FACTS,
  ROUTE_KEY,
  ROUTE_KEY_LENGTH,
  ROUTE_NEXT,
  ROUTE_READERS,
  SHAPE_CLEAR,
  SHAPE_FLAGS,
  SHAPE_IDENTITY,
  SHAPE_LAST_ROUTE,
  SHAPE_NEEDED_ID,
  SHAPE_ROUTE,
  SHAPE_ROUTES,
  SHAPE_SINGLE,
  SHAPE_TIME,
  TEST_EQUAL,
  TEST_FACT,
  TEST_IS_LIST,
  TEST_IS_TEXT,
  TEST_IS_THERE,
  TEST_IS_WORD,
  TEST_KIND,
  TEST_LENGTH,
  TEST_SIZE,
  TEST_STARTS,
  TEST_TEXT,
  TEXT,
} from '../src/ingest/decode/fast/offsets';
import { copy, isEqual } from './bytes';
import { fingerprint } from './fingerprint';
import { facts, SCRATCH_BYTES, scratch } from './memory';
import { timeOf } from './time';

const NO_TEXT: u32 = 0xffffffff;

@inline
function factAt(number: u32): usize {
  return facts + <usize>number * FACT_SIZE;
}

function passes(test: usize): bool {
  const fact = factAt(load<u32>(test, TEST_FACT));
  const state = load<u32>(fact, FACT_STATE);
  const kind = load<u32>(test, TEST_KIND);
  if (kind == TEST_IS_THERE) return state != ABSENT;
  // The list opened first, then something in it.
  if (kind == TEST_IS_LIST) return state == ODD;
  if (state != TEXT) return false;
  if (kind == TEST_IS_TEXT) return true;
  if (kind == TEST_IS_WORD) return lengthOf(fact) > 0;
  const from = load<usize>(fact, FACT_FROM);
  const length = load<usize>(fact, FACT_TO) - from;
  const wanted = load<usize>(test, TEST_LENGTH);
  if (kind == TEST_EQUAL ? length != wanted : length < wanted) return false;
  return (kind == TEST_EQUAL || kind == TEST_STARTS) && isEqual(from, load<usize>(test, TEST_TEXT), wanted);
}

/** Whether all tests of a list are passed. */
export function passesAll(tests: usize): bool {
  const end = tests + 16 + load<usize>(tests) * TEST_SIZE;
  for (let test = tests + 16; test < end; test += TEST_SIZE) if (!passes(test)) return false;
  return true;
}

/** Whether everything that decides what becomes of a record is beyond doubt. */
export function isClear(shape: usize): bool {
  const clear = load<usize>(shape, SHAPE_CLEAR);
  for (let at = clear + 4, end = at + (load<usize>(clear) << 2); at < end; at += 4) {
    const state = load<u32>(factAt(load<u32>(at)), FACT_STATE);
    if (state != TEXT && state != ABSENT) return false;
  }
  const single = load<usize>(shape, SHAPE_SINGLE);
  for (let at = single + 4, end = at + (load<usize>(single) << 2); at < end; at += 4)
    if (load<u32>(factAt(load<u32>(at)), FACT_STATE) == ODD) return false;
  return true;
}

/** Not a number when it is absent or in an unusual form. */
export function timeOfRecord(shape: usize): f64 {
  const fact = factAt(load<u32>(shape, SHAPE_TIME));
  if (load<u32>(fact, FACT_STATE) != TEXT) return NaN;
  return timeOf(load<usize>(fact, FACT_FROM), load<usize>(fact, FACT_TO));
}

/** Puts a text behind others in the scratch, with its length before it; 0 when there is no room. */
function append(at: usize, from: usize, length: u32): usize {
  if (length == NO_TEXT) {
    store<u32>(at, NO_TEXT);
    return at + 4;
  }
  if (at + 8 + length > scratch + SCRATCH_BYTES) return 0;
  store<u32>(at, length);
  copy(at + 4, from, length);
  return at + 4 + length;
}

/** The length of a fact's text; 0 when it is absent. */
function lengthOf(fact: usize): u32 {
  if (load<u32>(fact, FACT_STATE) != TEXT) return 0;
  return load<u32>(fact, FACT_TO) - load<u32>(fact, FACT_FROM);
}

/** Of the record's key; 0 when it is too long. Notes where the facts lie that make it. */
export function keyFingerprint(shape: usize, content: u64, record: usize): u64 {
  const parts = load<usize>(shape, SHAPE_IDENTITY);
  const end = parts + 16 + load<usize>(parts) * PART_SIZE;
  let at = scratch;
  let spans = record;
  for (let part = parts + 16; part < end; part += PART_SIZE) {
    const fact = load<i32>(part, PART_FACT);
    let text = load<usize>(part, PART_TEXT);
    let length = load<u32>(part, PART_LENGTH);
    if (fact >= 0) {
      const found = lengthOf(factAt(fact));
      const from = load<usize>(factAt(fact), FACT_FROM);
      store<u32>(spans, <u32>from, RECORD_FACTS);
      store<u32>(spans, <u32>from + found, RECORD_FACTS + 4);
      spans += 8;
      if (found > 0) {
        text = from;
        length = found;
      }
    }
    at = append(at, text, length);
    if (at == 0) return 0;
  }
  if (load<u32>(shape, SHAPE_FLAGS) & KEYED_BY_CONTENT) {
    if (at + 8 > scratch + SCRATCH_BYTES) return 0;
    store<u64>(at, content);
    at += 8;
  }
  return fingerprint(scratch, at - scratch);
}

/** Whether an equal record can only be this one once more. */
export function hasIdentity(shape: usize): bool {
  const fact = load<i32>(shape, SHAPE_NEEDED_ID);
  if (fact == -1) return true;
  const at = factAt(fact);
  return load<u32>(at, FACT_STATE) == TEXT && load<u32>(at, FACT_FROM) != load<u32>(at, FACT_TO);
}

/** The facts on which the route depends, in the scratch; their length, or 0 when they are too long. */
export function routeKey(shape: usize): usize {
  const list = load<usize>(shape, SHAPE_ROUTE);
  let at = append(scratch, 0, NO_TEXT);
  for (let fact = list + 4, end = fact + (load<usize>(list) << 2); fact < end; fact += 4) {
    const which = factAt(load<u32>(fact));
    const isText = load<u32>(which, FACT_STATE) == TEXT;
    at = append(at, load<usize>(which, FACT_FROM), isText ? lengthOf(which) : NO_TEXT);
    if (at == 0) return 0;
  }
  return at - scratch;
}

/** Who reads the record; 0 when it is not known. Whoever is known comes first next time. */
export function readersOf(shape: usize): usize {
  const last = load<usize>(shape, SHAPE_LAST_ROUTE);
  if (last != 0 && load<usize>(load<usize>(shape, SHAPE_ROUTE)) == 0) return load<usize>(last, ROUTE_READERS);
  const length = routeKey(shape);
  if (length == 0) return 0;
  if (last != 0 && isRoute(last, length)) return load<usize>(last, ROUTE_READERS);
  for (let route = load<usize>(shape, SHAPE_ROUTES); route != 0; route = load<usize>(route, ROUTE_NEXT)) {
    if (!isRoute(route, length)) continue;
    store<u32>(shape, <u32>route, SHAPE_LAST_ROUTE);
    return load<usize>(route, ROUTE_READERS);
  }
  return 0;
}

function isRoute(route: usize, length: usize): bool {
  return load<usize>(route, ROUTE_KEY_LENGTH) == length && isEqual(scratch, route + ROUTE_KEY, length);
}
