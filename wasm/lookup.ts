/** What the value at a place says to the rules: looked up in the tables of the paths that get it. */
import {
  BLOCK_BASE,
  BLOCK_MASK,
  BLOCK_POSTING,
  BLOCK_SIZE,
  FOUND_HERE,
  NUMBER_ORDER,
  NUMBER_POSTING,
  NUMBER_SIZE,
  NUMBER_VALUE,
  ODD_ALL,
  ODD_NUMBERS,
  ORDER_GT,
  ORDER_GTE,
  ORDER_LT,
  ORDER_LTE,
  PLACE_ANSWERS,
  PLACE_NUMBER,
  PLACE_TABLES,
  ROWS,
  TABLE_BLOCKS,
  TABLE_BLOCKS_COUNT,
  TABLE_BOUNDS,
  TABLE_BOUNDS_COUNT,
  TABLE_CLASSES,
  TABLE_END_CLASS,
  TABLE_FOUND,
  TABLE_INITIAL,
  TABLE_LENGTHS,
  TABLE_NEXT,
  TABLE_NUMBERS,
  TABLE_NUMBERS_COUNT,
  TABLE_ODD_TEXTS,
  TABLE_TEXTS,
  TABLE_TEXTS_MASK,
  TABLE_WIDTH,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
  TEXT_BYTES,
  TEXT_HASH,
  TEXT_LENGTH,
  TEXT_POSTING,
  UNBUILT,
} from '../src/ingest/decode/fast/offsets';
import { copy, hashOf, hashOfLower, isEqual, isEqualLower } from './bytes';
import { allocate, SCRATCH_BYTES, scratch } from './memory';
import { meet } from './needs';

/** Makes the tables of a place, when the first value comes. */
@external('host', 'build')
declare function build(place: u32): void;

/** Looks up what is beyond us: other characters than ASCII, unusual numbers, addresses. */
@external('host', 'lookUp')
declare function lookUpOutside(place: u32, kind: u32, from: usize, to: usize): void;

/** Values whose answers are kept for each place, the longest of them, and the most postings of one. */
const ANSWERS: u32 = 256;
const LONGEST: usize = 48;
const MOST_POSTINGS: u32 = 6;
/** An answer: how long its value is and of which kind, how many postings, those, and the value. */
const ANSWER_COUNT: usize = 4;
const ANSWER_POSTINGS: usize = 8;
const ANSWER_VALUE: usize = 32;
const ANSWER_SIZE: usize = 80;
export const ANSWERS_BYTES: usize = ANSWER_SIZE * ANSWERS;

/** The answer that is being made, or 0; what does not fit into it is not kept. */
let answer: usize = 0;

@inline
function found(posting: usize): void {
  meet(posting);
  if (answer != 0) keep(posting);
}

function keep(posting: usize): void {
  const count = load<u32>(answer, ANSWER_COUNT);
  if (count == MOST_POSTINGS) return giveUp();
  store<u32>(answer + (count << 2), <u32>posting, ANSWER_POSTINGS);
  store<u32>(answer, count + 1, ANSWER_COUNT);
}

function giveUp(): void {
  if (answer != 0) store<u32>(answer, 0);
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

/** `tables` is that of the place, and not 0. `value` is the number that a word spells, if it is a plain one. */
export function lookUp(place: usize, kind: u32, from: usize, to: usize, value: f64): void {
  let tables = load<usize>(place, PLACE_TABLES);
  if (tables == UNBUILT) {
    build(load<u32>(place, PLACE_NUMBER));
    tables = load<usize>(place, PLACE_TABLES);
    if (tables == 0) return;
  }
  if (kind == TAPED_ESCAPED) {
    const end = unescaped(from, to);
    if (end == 0) return lookUpOutside(load<u32>(place, PLACE_NUMBER), kind, from, to);
    from = scratch;
    to = end;
    kind = TAPED_TEXT;
  }
  const length = to - from;
  const answers = load<usize>(place, PLACE_ANSWERS);
  if (answers == 0 || length > LONGEST) {
    answer = 0;
    return lookUpIn(place, tables, kind, from, to, value);
  }
  const known = answers + <usize>(hashOf(from, length) & (ANSWERS - 1)) * ANSWER_SIZE;
  const sign = <u32>((length + 1) << 2) | kind;
  if (load<u32>(known) == sign && isEqual(from, known + ANSWER_VALUE, length)) {
    const end = known + ANSWER_POSTINGS + (<usize>load<u32>(known, ANSWER_COUNT) << 2);
    for (let at = known + ANSWER_POSTINGS; at < end; at += 4) meet(load<usize>(at));
    return;
  }
  answer = known;
  store<u32>(known, sign);
  store<u32>(known, 0, ANSWER_COUNT);
  copy(known + ANSWER_VALUE, from, length);
  lookUpIn(place, tables, kind, from, to, value);
}

function lookUpIn(place: usize, tables: usize, kind: u32, from: usize, to: usize, value: f64): void {
  if (kind == TAPED_WORD && load<u8>(from) < 0x3a && value != value) {
    giveUp();
    return lookUpOutside(load<u32>(place, PLACE_NUMBER), kind, from, to);
  }
  const end = tables + 4 + (load<u32>(tables) << 2);
  for (let at = tables + 4; at < end; at += 4) {
    const table = load<usize>(at);
    const isBeyond = (load<u32>(table, TABLE_ODD_TEXTS) & ODD_ALL) != 0;
    if (isBeyond || (kind == TAPED_TEXT && !lookUpOdd(table, from, to))) {
      giveUp();
      return lookUpOutside(load<u32>(place, PLACE_NUMBER), kind, from, to);
    }
    lookUpText(table, from, to - from);
    if (kind == TAPED_WORD && value == value) lookUpNumber(table, value);
  }
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
  const next = load<usize>(table, TABLE_NEXT);
  if (next != 0) lookUpParts(table, next, from, length);
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

/** States are numbers of rows, and have the highest bit when something is found there. */
function lookUpParts(table: usize, next: usize, from: usize, length: usize): void {
  const classes = load<usize>(table, TABLE_CLASSES);
  const width = load<u32>(table, TABLE_WIDTH);
  let state = load<u32>(table, TABLE_INITIAL);
  const end = from + length;
  for (let at = from; at < end; at++) {
    const letter = <u32>load<u8>(classes + <usize>load<u8>(at));
    state = <u32>load<u16>(next + (<usize>((state & ROWS) * width + letter) << 1));
    if (state & FOUND_HERE) tell(table, state & ROWS);
  }
  const letter = load<u32>(table, TABLE_END_CLASS);
  state = <u32>load<u16>(next + (<usize>((state & ROWS) * width + letter) << 1));
  if (state & FOUND_HERE) tell(table, state & ROWS);
}

function tell(table: usize, row: u32): void {
  const list = load<usize>(load<usize>(table, TABLE_FOUND) + (<usize>row << 2));
  if (list == 0) return;
  const end = list + 4 + (load<u32>(list) << 2);
  for (let at = list + 4; at < end; at += 4) found(load<usize>(at));
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

/** Into the scratch; gives the end of it, or 0 for a text that is too long or has other characters than ASCII. */
function unescaped(from: usize, to: usize): usize {
  if (to - from > SCRATCH_BYTES) return 0;
  let end = scratch;
  for (let at = from; at < to; at++) {
    let byte = load<u8>(at);
    if (byte >= 0x80) return 0;
    if (byte == 0x5c) {
      byte = load<u8>(++at);
      if (byte == 0x75) {
        if (load<u16>(at, 1) != 0x3030) return 0;
        const high = hexDigit(load<u8>(at, 3));
        if (high > 7) return 0;
        byte = <u8>((high << 4) | hexDigit(load<u8>(at, 4)));
        at += 4;
      } else byte = escapedBy(byte);
    }
    store<u8>(end++, byte);
  }
  return end;
}

function hexDigit(byte: u8): u32 {
  return byte < 0x3a ? byte - 0x30 : (byte | 0x20) - 0x57;
}

function escapedBy(byte: u8): u8 {
  if (byte == 0x6e) return 0x0a;
  if (byte == 0x74) return 0x09;
  if (byte == 0x72) return 0x0d;
  if (byte == 0x62) return 0x08;
  return byte == 0x66 ? 0x0c : byte;
}
