/** What the value at a place says to the rules: looked up in the tables of the paths that get it. */
import {
  BLOCK_BASE,
  BLOCK_MASK,
  BLOCK_POSTING,
  BLOCK_SIZE,
  NUMBER_ORDER,
  NUMBER_POSTING,
  NUMBER_SIZE,
  NUMBER_VALUE,
  ODD_ALL,
  ODD_NUMBERS,
  ODD_WIDE,
  ORDER_GT,
  ORDER_GTE,
  ORDER_LT,
  ORDER_LTE,
  PLACE_ANSWERS,
  PLACE_ANSWERS_MASK,
  PLACE_NUMBER,
  PLACE_TABLES,
  POSTING_WORDS,
  TABLE_BLOCKS,
  TABLE_BLOCKS_COUNT,
  TABLE_BOUNDS,
  TABLE_BOUNDS_COUNT,
  TABLE_LENGTHS,
  TABLE_NUMBERS,
  TABLE_NUMBERS_COUNT,
  TABLE_ODD_TEXTS,
  TABLE_PIECES,
  TABLE_TEXTS,
  TABLE_TEXTS_MASK,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
  TEXT_BYTES,
  TEXT_HASH,
  TEXT_LENGTH,
  TEXT_POSTING,
  UNBUILT,
} from '../src/ingest/decode/fast/offsets';
import { hashOfLower, isEqualLower } from './bytes';
import { isWide, unescaped } from './escapes';
import { allocate, firstBytes, scratch } from './memory';
import { meet, takeBack } from './needs';
import { lookUpPieces } from './pieces';

/** Makes the tables of a place, when the first value comes. */
@external('host', 'build')
declare function build(place: u32): void;

/** Looks up what is beyond us: the same as other characters than ASCII, unusual numbers, addresses. */
@external('host', 'lookUp')
declare function lookUpOutside(place: u32, kind: u32, from: usize, to: usize): void;

/**
 * An answer: the bytes of a value with zeros behind them, then the postings that it meets, and a zero if there is room.
 * Texts come with their closing quotes, so that no two values have the same bytes: a text has no zeros, and no word ends
 * with a quote. Nearly all values are short, and answers to short ones lie two in a line of the processor's caches.
 */
const SHORT: usize = 16;
const LONG: usize = 32;
const MOST_POSTINGS: usize = 4;
const MOST_LONG_POSTINGS: usize = 8;
const SHORT_ANSWER: usize = SHORT + (MOST_POSTINGS << 2);
const LONG_ANSWER: usize = LONG + (MOST_LONG_POSTINGS << 2);

/** Room for as many short as long answers; the count is a power of two. The short ones lie first. */
export function makeAnswers(place: usize, count: u32): void {
  const at = allocate(<usize>count * (SHORT_ANSWER + LONG_ANSWER) + LONG_ANSWER);
  store<u32>(place, <u32>((at + LONG_ANSWER - 1) & ~(LONG_ANSWER - 1)), PLACE_ANSWERS);
  store<u32>(place, (count - 1) * <u32>SHORT_ANSWER, PLACE_ANSWERS_MASK);
}

/** The answer that is being made, or 0; where its next posting goes, and where its room ends. */
let answer: usize = 0;
let nextPosting: usize = 0;
let postingsEnd: usize = 0;

@inline
export function found(posting: usize): void {
  meet(posting);
  if (answer != 0) keep(posting);
}

/** What does not fit into an answer is not kept. */
export function keep(posting: usize): void {
  if (nextPosting == postingsEnd) return giveUp();
  store<u32>(nextPosting, <u32>posting);
  nextPosting += 4;
}

function giveUp(): void {
  if (answer != 0) v128.store(answer, i64x2.splat(0));
  answer = 0;
}

/** Files a text in lower case, with zeros behind it, in a table that has room. */
export function addText(table: usize, bytes: usize, length: usize, posting: usize): void {
  const text = allocate(<usize>TEXT_BYTES + length);
  const hash = hashOfLower(bytes, length);
  store<u32>(text, hash, TEXT_HASH);
  store<u32>(text, <u32>length, TEXT_LENGTH);
  store<u32>(text, <u32>posting, TEXT_POSTING);
  memory.copy(text + TEXT_BYTES, bytes, length);
  const texts = load<usize>(table, TABLE_TEXTS);
  const mask = load<u32>(table, TABLE_TEXTS_MASK);
  let slot = hash & mask;
  while (load<u32>(texts + (<usize>slot << 2)) != 0) slot = (slot + 1) & mask;
  store<u32>(texts + (<usize>slot << 2), <u32>text);
  const short = min(length, 255);
  const word = table + ((short >> 5) << 2);
  store<u32>(word, load<u32>(word, TABLE_LENGTHS) | (1 << <u32>(short & 31)), TABLE_LENGTHS);
}

/**
 * `value` is the number that a word spells, if it is a plain one. A place without tables or answers has the bytes at 0
 * for its only answer: nothing ever stands there, and no value is like it.
 */
@inline
export function lookUp(place: usize, kind: u32, from: usize, to: usize, value: f64): void {
  const length = to - from + (kind == TAPED_WORD ? 0 : 1);
  if (length > SHORT) return lookUpLong(place, kind, from, to, value, length);
  const key = v128.and(v128.load(from), firstBytes(length));
  const known = load<usize>(place, PLACE_ANSWERS) + (hashOfKey(key) & load<usize>(place, PLACE_ANSWERS_MASK));
  if (v128.any_true(v128.xor(key, v128.load(known)))) lookUpShort(place, kind, from, to, value, key, known);
  else if (load<u32>(known, SHORT) != 0) meetAll(known + SHORT, MOST_POSTINGS);
}

@inline
function hashOfKey(key: v128): usize {
  const word = i64x2.extract_lane(key, 0) ^ rotl(i64x2.extract_lane(key, 1), 27);
  return <usize>((word * MIXER) >> 50);
}

const MIXER: u64 = 0x9e3779b97f4a7c15;

function meetAll(postings: usize, most: usize): void {
  const end = postings + (most << 2);
  for (let at = postings; at < end && load<u32>(at) != 0; at += 4) meet(load<usize>(at));
}

function lookUpShort(place: usize, kind: u32, from: usize, to: usize, value: f64, key: v128, known: usize): void {
  begin(load<usize>(place, PLACE_ANSWERS) == 0 ? 0 : known, SHORT, SHORT_ANSWER);
  if (answer != 0) {
    v128.store(answer, key);
    v128.store(answer, i64x2.splat(0), SHORT);
  }
  lookUpAnew(place, kind, from, to, value);
}

function lookUpLong(place: usize, kind: u32, from: usize, to: usize, value: f64, length: usize): void {
  const answers = load<usize>(place, PLACE_ANSWERS);
  if (answers == 0 || length > LONG) {
    answer = 0;
    return lookUpAnew(place, kind, from, to, value);
  }
  const first = v128.load(from);
  const second = v128.and(v128.load(from, SHORT), firstBytes(length - SHORT));
  const mask = load<usize>(place, PLACE_ANSWERS_MASK);
  const slot = hashOfKey(v128.xor(first, i64x2.shl(second, 3))) & mask;
  const known = answers + mask + SHORT_ANSWER + (slot << 1);
  const differing = v128.or(v128.xor(first, v128.load(known)), v128.xor(second, v128.load(known, SHORT)));
  if (!v128.any_true(differing)) return meetAll(known + LONG, MOST_LONG_POSTINGS);
  begin(known, LONG, LONG_ANSWER);
  v128.store(known, first);
  v128.store(known, second, SHORT);
  v128.store(known, i64x2.splat(0), LONG);
  v128.store(known, i64x2.splat(0), LONG + 16);
  lookUpAnew(place, kind, from, to, value);
}

@inline
function begin(known: usize, postings: usize, size: usize): void {
  answer = known;
  nextPosting = known + postings;
  postingsEnd = known + size;
}

/** Looks up what has no answer yet. */
function lookUpAnew(place: usize, kind: u32, from: usize, to: usize, value: f64): void {
  if (load<usize>(place, PLACE_TABLES) == UNBUILT) build(load<u32>(place, PLACE_NUMBER));
  const tables = load<usize>(place, PLACE_TABLES);
  if (tables == 0) return;
  if (kind != TAPED_ESCAPED) {
    if (lookUpIn(tables, kind, ODD_ALL, from, to, value)) return;
  } else {
    const end = unescaped(from, to);
    if (end != 0 && lookUpIn(tables, TAPED_TEXT, isWide ? ODD_ALL | ODD_WIDE : ODD_ALL, scratch, end, value)) return;
  }
  giveUp();
  lookUpOutside(load<u32>(place, PLACE_NUMBER), kind, from, to);
}

/** Whether all tables could tell: false for one that is odd in a way that is beyond us. */
function lookUpIn(tables: usize, kind: u32, beyond: u32, from: usize, to: usize, value: f64): bool {
  if (kind == TAPED_WORD && load<u8>(from) < 0x3a && value != value) return false;
  const end = tables + 4 + (load<u32>(tables) << 2);
  for (let at = tables + 4; at < end; at += 4) {
    const table = load<usize>(at);
    if (load<u32>(table, TABLE_ODD_TEXTS) & beyond) return false;
    if (kind == TAPED_TEXT && !lookUpOdd(table, from, to)) return false;
    lookUpText(table, from, to - from);
    if (kind == TAPED_WORD && value == value) lookUpNumber(table, value);
  }
  return true;
}

/** Nothing is met with this but that it was: in tables that only tell whether a value meets anything. */
export const sought: usize = allocate(POSTING_WORDS);

/** Whether a text meets anything in such a table, or is one that cannot be looked up. */
export function isSought(table: usize, kind: u32, from: usize, to: usize): bool {
  answer = 0;
  if (kind == TAPED_ESCAPED) {
    to = unescaped(from, to);
    if (to == 0 || (isWide && (load<u32>(table, TABLE_ODD_TEXTS) & ODD_WIDE) != 0)) return true;
    from = scratch;
  }
  lookUpText(table, from, to - from);
  return takeBack(sought);
}

/** Looks a text up as an address; false for one that may be a number, or another kind of address. */
function lookUpOdd(table: usize, from: usize, to: usize): bool {
  const odd = load<u32>(table, TABLE_ODD_TEXTS);
  if (odd == 0 || !isOdd(from, to)) return true;
  if (odd & ODD_NUMBERS || !readAddress(from, to)) return false;
  let at = load<usize>(table, TABLE_BLOCKS);
  for (let left = load<u32>(table, TABLE_BLOCKS_COUNT); left > 0; left--, at += BLOCK_SIZE)
    if ((address & load<u32>(at, BLOCK_MASK)) == load<u32>(at, BLOCK_BASE)) found(load<usize>(at, BLOCK_POSTING));
  return true;
}

/** Whether a text may be a number or an address: it has a digit or a colon. */
function isOdd(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) if (<u8>(load<u8>(at) - 0x30) <= 10) return true;
  return false;
}

/** The address that was read last. */
let address: u32 = 0;

/** Whether the text is four numbers up to 255 with dots between them, without zeros before others. */
function readAddress(from: usize, to: usize): bool {
  address = 0;
  let at = from;
  for (let octets = 1; octets <= 4; octets++) {
    const start = at;
    let octet: u32 = 0;
    while (at < to && <u8>(load<u8>(at) - 0x30) <= 9 && at - start < 4) octet = octet * 10 + load<u8>(at++) - 0x30;
    const length = at - start;
    if (length == 0 || octet > 255 || (length > 1 && load<u8>(start) == 0x30)) return false;
    address = (address << 8) | octet;
    if (octets < 4 && (at == to || load<u8>(at++) != 0x2e)) return false;
  }
  return at == to;
}

function lookUpText(table: usize, from: usize, length: usize): void {
  const short = <u32>min(length, 255);
  if ((load<u32>(table + ((short >> 5) << 2), TABLE_LENGTHS) >> (short & 31)) & 1) lookUpExact(table, from, length);
  const pieces = load<usize>(table, TABLE_PIECES);
  if (pieces != 0 && length > 0) lookUpPieces(pieces, from, length);
}

function lookUpExact(table: usize, from: usize, length: usize): void {
  const texts = load<usize>(table, TABLE_TEXTS);
  const mask = load<u32>(table, TABLE_TEXTS_MASK);
  const hash = hashOfLower(from, length);
  for (let slot = hash & mask; true; slot = (slot + 1) & mask) {
    const text = load<usize>(texts + (<usize>slot << 2));
    if (text == 0) return;
    if (load<u32>(text, TEXT_HASH) != hash || load<usize>(text, TEXT_LENGTH) != length) continue;
    if (isEqualLower(from, length, text + TEXT_BYTES)) return found(load<usize>(text, TEXT_POSTING));
  }
}

function lookUpNumber(table: usize, value: f64): void {
  let at = load<usize>(table, TABLE_NUMBERS);
  for (let left = load<u32>(table, TABLE_NUMBERS_COUNT); left > 0; left--, at += NUMBER_SIZE)
    if (load<f64>(at, NUMBER_VALUE) == value) found(load<usize>(at, NUMBER_POSTING));
  at = load<usize>(table, TABLE_BOUNDS);
  for (let left = load<u32>(table, TABLE_BOUNDS_COUNT); left > 0; left--, at += NUMBER_SIZE)
    if (isInOrder(value, load<f64>(at, NUMBER_VALUE), load<u32>(at, NUMBER_ORDER)))
      found(load<usize>(at, NUMBER_POSTING));
}

function isInOrder(value: f64, than: f64, order: u32): bool {
  if (order == ORDER_LT) return value < than;
  if (order == ORDER_LTE) return value <= than;
  if (order == ORDER_GT) return value > than;
  return order == ORDER_GTE && value >= than;
}
