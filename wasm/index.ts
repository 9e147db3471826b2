/**
 * The scanner of log lines: takes lines one after the other as long as they are records that no rule can match, and
 * stops at the first one that has to be looked at more closely. `src/ingest/decode/fast` builds what it works on.
 */
import {
  ALWAYS_READ,
  AT_END,
  CANDIDATE,
  CARRIED,
  CARRIED_BEGIN,
  CARRIED_END,
  CARRIES_LINES,
  CARRIES_LIST,
  CARRIES_PARTS,
  CONSTANTS_NEW,
  DOUBTFUL,
  EMPTY_COUNTS,
  HAS_IDENTITY,
  HOLDS_SHIFT,
  IS_READ,
  LEFT_OUT,
  MOST_RECORDS,
  MOST_SHAPES,
  NEW,
  NEW_FIELD,
  NO_RECORD,
  NO_ROOM,
  NO_SHAPE,
  NO_TIME,
  NOT_UNDERSTOOD,
  OPENED_TEXTS,
  READ,
  RECORD_BEGIN,
  RECORD_CONTENT,
  RECORD_CONTENT_FROM,
  RECORD_CONTENT_TO,
  RECORD_FLAGS,
  RECORD_FROM,
  RECORD_ITEM,
  RECORD_KEY,
  RECORD_LINE,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TIME,
  RECORD_TO,
  SECOND,
  SHAPE_CARRIED,
  SHAPE_CONSTANT,
  SHAPE_FACTS_COUNT,
  SHAPE_FITS,
  SHAPE_FLAGS,
  SHAPE_HANDED,
  SHAPE_LEFT_OUT,
  SHAPE_OBJECTS,
  SHAPE_ROOT,
  SHAPE_SECOND,
  SOURCE,
  UNCLEAR,
  UNROUTED,
  UNSURE_FIELD,
} from '../src/ingest/decode/fast/offsets';
import { countOfTexts, forgetTexts, hand, keepFacts, nextText, numberOfText, passText } from './carried';
import { fingerprint } from './fingerprint';
import { allocateGuarded, records, scratch, SCRATCH_BYTES } from './memory';
import { areCandidates, meet, writeCandidates } from './needs';
import { recall } from './outcomes';
import { beginRecord, contentFrom, contentTo, isInexact, number, seen } from './record';
import { hasIdentity, isClear, keyFingerprint, passesAll, readersOf, routeKey, timeOfRecord } from './shape';
import { countOfObjects } from './state';
import { blank, COMMA, OPEN_OBJECT } from './tokens';
import { walk } from './walk';
import { behindWrapping, isInList, isWaiting } from './wrapped';

export { hashOf } from './bytes';
export { addText, makeAnswers, sought } from './lookup';
export { addToFingerprint, beginFingerprint, endFingerprint } from './fingerprint';
export { allocate, input, isSound, records, scratch, secret, tape } from './memory';
export { needs, settleForeign, setUpNeeds } from './needs';
export { addList, forgetLists, isKept, keep, known, list } from './outcomes';
export { addKey, newPlace, setUpGuard, setUpMarker } from './places';
export { routeKey };
export { newSeen } from './record';
export { setWaiting } from './wrapped';

const NEWLINE: u8 = 0x0a;

/** What lines are compared with, in this order, with their number before them: the shape of the line before comes first. */
const shapes: usize = allocateGuarded((MOST_SHAPES + 1) << 2);

export function addShape(shape: usize): void {
  const count = load<u32>(shapes) + 1;
  store<u32>(shapes, count);
  store<u32>(shapes + (<usize>count << 2), <u32>shape);
}

/** Who reads the record that was scanned last. */
let readers: usize = 0;
/** Where the record ends that was walked over last, with the white space behind it, and where the line of it does. */
let recordEnd: usize = 0;
let lineEnd: usize = 0;
/** Lines of the block that are done with, and records that were told before the last one. */
let lines: u32 = 0;
let toldBefore: u32 = 0;
/** What carries the records of the line, where it ends, and the shape of the second event of the one that was read last. */
let carrier: usize = 0;
let carrierEnd: usize = 0;
let second: usize = 0;
/** Where the scanner stopped, and why. */
let stoppedAt: usize = 0;
let stoppedFor: u32 = AT_END;
/** What is doubtful about the record for which it stopped. */
let doubtful: u32 = NO_RECORD;

export function position(): usize {
  return stoppedAt;
}

export function reason(): u32 {
  return stoppedFor;
}

export function doubt(): u32 {
  return doubtful;
}

function doubted(what: u32): u32 {
  doubtful = what;
  return DOUBTFUL;
}

/** Whether the document of the record that was scanned last has other values than those on the tape. */
export function inexact(): bool {
  return isInexact;
}

/** How often records were walked over. */
export function walked(): u32 {
  return number;
}

/** The candidates of the record that was scanned last, in the scratch. */
export function candidates(): u32 {
  return writeCandidates(scratch, <u32>(SCRATCH_BYTES >> 2));
}

/** The record for which the scanner stopped is told like those before it: where to go on. */
export function goOn(): usize {
  if (!isInLine()) endLine();
  return isInLine() ? stoppedAt : lineEnd + 1;
}

/** The line in which the scanner stopped is not told: gives the number of records before it. */
export function giveBack(): u32 {
  forgetTexts();
  second = 0;
  return toldBefore;
}

/** Lines that were told. */
export function linesTold(): u32 {
  return lines;
}

/** Whether the line has more records. */
@inline
function isInLine(): bool {
  return nextText() != 0 || second != 0;
}

@inline
function endLine(): void {
  lines++;
}

/**
 * Scans lines that begin at `from`, each with its line feed, up to `to`; gives the number of records told, those that
 * were told before included. A record for which it stopped is not among them, but stands behind them if it is a
 * candidate or unrouted. The first line is gone on with where it has more records.
 */
export function scan(from: usize, to: usize, told: u32): u32 {
  let at = from;
  if (told == 0) lines = 0;
  stoppedFor = AT_END;
  while (at < to && told < <u32>MOST_RECORDS - 1) {
    const record = records + <usize>told * RECORD_SIZE;
    store<u32>(record, lines, RECORD_LINE);
    if (isInLine()) stoppedFor = scanText(at, record);
    else {
      toldBefore = told;
      stoppedFor = scanLine(at, record);
      if (stoppedFor == OPENED_TEXTS) {
        stoppedFor = AT_END;
        if (told + 2 * countOfTexts() < <u32>MOST_RECORDS) continue;
        forgetTexts();
        if (told == 0) stoppedFor = doubted(NO_ROOM);
        break;
      }
    }
    if (stoppedFor != AT_END) break;
    told++;
    if (isInLine()) continue;
    at = lineEnd + 1;
    endLine();
  }
  stoppedAt = at;
  return told;
}

/** Reads the only record of a line, or opens those that it carries. */
function scanLine(line: usize, record: usize): u32 {
  const at = load<u8>(line) == OPEN_OBJECT ? line : behindWrapping(line);
  if (at == 0 || load<u8>(at) != OPEN_OBJECT) return doubted(NO_RECORD);
  const shape = shapeIn(shapes, at, 0, at > line);
  if (shape == 0) return DOUBTFUL;
  if (load<usize>(shape, SHAPE_CARRIED) != 0) return opens(shape, at > line);
  store<u32>(record, <u32>at, RECORD_FROM);
  store<u32>(record, <u32>recordEnd, RECORD_TO);
  store<u32>(record, 0, RECORD_ITEM);
  return judge(shape, at, recordEnd, record, 0);
}

/** The first shape of a list that the record has, which comes first next time; 0 where it has none. For others see `isShape`. */
function shapeIn(list: usize, at: usize, to: usize, isWhole: bool): usize {
  doubtful = NOT_UNDERSTOOD;
  const first = list + 4;
  const end = first + (load<usize>(list) << 2);
  for (let place = first; place < end; place += 4) {
    const shape = load<usize>(place);
    if (!isShape(shape, at, to, isWhole)) continue;
    for (; place > first; place -= 4) store<u32>(place, load<u32>(place - 4));
    store<u32>(first, <u32>shape);
    return shape;
  }
  return 0;
}

/** It ends at `to`, or where that is 0, with the line: with `isWhole`, white space would belong to it. */
function isShape(shape: usize, at: usize, to: usize, isWhole: bool): bool {
  const flags = load<u32>(shape, SHAPE_FLAGS);
  beginRecord(load<u32>(shape, SHAPE_FACTS_COUNT), (flags & EMPTY_COUNTS) != 0);
  if (load<usize>(shape, SHAPE_CARRIED) != 0 && !mayCarry(flags)) return false;
  const objects = countOfObjects();
  const end = walk(load<usize>(shape, SHAPE_ROOT), at + 1);
  if (end == 0) return false;
  recordEnd = end;
  if (to == 0 ? !endsLine(end, isWhole) : !endsText(end, to)) return false;
  const handed = load<usize>(shape, SHAPE_HANDED);
  if (handed != 0 && !hand(handed)) return false;
  doubtful = NO_SHAPE;
  return passesAll(load<usize>(shape, SHAPE_FITS)) && (load<usize>(shape, SHAPE_CARRIED) == 0 || areAllThere(shape, objects));
}

/** Whether nothing else follows. White space belongs to a record up to the end of its line, but not to an item of a list. */
function endsLine(end: usize, isWhole: bool): bool {
  lineEnd = blank(end);
  if (load<u8>(lineEnd) == COMMA && !isWhole && isInList()) lineEnd = blank(lineEnd + 1);
  else recordEnd = lineEnd;
  return load<u8>(lineEnd) == NEWLINE && !(isWhole && lineEnd > end);
}

/** Whether nothing follows but a line feed where a line of a program is carried. */
@inline
function endsText(end: usize, to: usize): bool {
  return end == to || (end + 1 == to && load<u8>(end) == NEWLINE && (load<u32>(carrier, SHAPE_FLAGS) & CARRIES_LINES) != 0);
}

/** The texts that are found from here on are those of the record. */
function mayCarry(flags: u32): bool {
  forgetTexts();
  return !(flags & CARRIES_PARTS) || !isWaiting();
}

/** Whether each object that should carry a record does, where there were so many objects before, and nothing stands twice. */
function areAllThere(shape: usize, objects: u32): bool {
  const count = countOfTexts();
  if (isInexact || count == 0) return false;
  const others = load<i32>(shape, SHAPE_OBJECTS);
  if (!(load<u32>(shape, SHAPE_FLAGS) & CARRIES_LIST)) return count == 1;
  return others < 0 || countOfObjects() - objects == count + <u32>others;
}

function opens(shape: usize, isWrapped: bool): u32 {
  if (isWrapped) {
    forgetTexts();
    return doubted(NO_SHAPE);
  }
  carrier = shape;
  carrierEnd = recordEnd;
  second = 0;
  keepFacts();
  return OPENED_TEXTS;
}

/** The next record that the line carries, or the second event of the one before. */
function scanText(line: usize, record: usize): u32 {
  store<u32>(record, <u32>line, RECORD_FROM);
  store<u32>(record, <u32>carrierEnd, RECORD_TO);
  if (second != 0) return scanSecond(record);
  const text = nextText();
  const from = load<usize>(text, CARRIED_BEGIN);
  const flags = load<u32>(carrier, SHAPE_FLAGS);
  store<u32>(record, flags & CARRIES_LIST ? numberOfText(text) + 1 : 0, RECORD_ITEM);
  if (load<u8>(from) != OPEN_OBJECT) return doubted(NO_RECORD);
  const shape = shapeIn(load<usize>(carrier, SHAPE_CARRIED), from, load<usize>(text, CARRIED_END), true);
  if (shape == 0) return DOUBTFUL;
  passText();
  const stopped = judge(shape, from, recordEnd, record, CARRIED);
  if (!(load<u32>(record, RECORD_FLAGS) & LEFT_OUT)) second = load<usize>(shape, SHAPE_SECOND);
  return stopped;
}

/** The same record once more, in the shape of its second event. */
function scanSecond(record: usize): u32 {
  const from = load<usize>(record - RECORD_SIZE, RECORD_BEGIN);
  const shape = second;
  second = 0;
  store<u32>(record, load<u32>(record - RECORD_SIZE, RECORD_ITEM), RECORD_ITEM);
  const to = load<usize>(record - RECORD_SIZE, RECORD_CONTENT_TO);
  return isShape(shape, from, to, true) ? judge(shape, from, recordEnd, record, CARRIED | SECOND) : DOUBTFUL;
}

/** `at` and `end` are where the record begins and ends; `flags` say how it came. */
function judge(shape: usize, at: usize, end: usize, record: usize, flags: u32): u32 {
  const shapeFlags = load<u32>(shape, SHAPE_FLAGS);
  store<u32>(record, flags, RECORD_FLAGS);
  store<u32>(record, <u32>shape, RECORD_SHAPE);
  store<u32>(record, <u32>at, RECORD_BEGIN);
  if (!isClear(shape)) return doubted(UNCLEAR);
  const leftOut = load<usize>(shape, SHAPE_LEFT_OUT);
  if (leftOut != 0 && passesAll(leftOut)) {
    store<u32>(record, flags | LEFT_OUT, RECORD_FLAGS);
    return AT_END;
  }
  const isRead = (seen & READ) != 0 || (shapeFlags & ALWAYS_READ) != 0;
  if (shapeFlags & CONSTANTS_NEW || seen & NEW) return doubted(NEW_FIELD);
  if (!isRead && seen & SOURCE) return doubted(UNSURE_FIELD);
  const time = timeOfRecord(shape);
  if (time != time) return doubted(NO_TIME);
  readers = readersOf(shape);
  if (readers == 0) return UNROUTED;
  const from = contentFrom == 0 ? at : contentFrom;
  const to = contentFrom == 0 ? end : contentTo;
  const content = fingerprint(from, to - from);
  const key = keyFingerprint(shape, content, record);
  if (key == 0) return doubted(UNCLEAR);
  store<f64>(record, time, RECORD_TIME);
  store<u64>(record, key, RECORD_KEY);
  store<u64>(record, content, RECORD_CONTENT);
  store<u32>(record, <u32>from, RECORD_CONTENT_FROM);
  store<u32>(record, <u32>to, RECORD_CONTENT_TO);
  const known = flags | (isRead ? IS_READ : 0) | (hasIdentity(shape) ? HAS_IDENTITY : 0);
  store<u32>(record, known, RECORD_FLAGS);
  const constant = load<usize>(shape, SHAPE_CONSTANT);
  if (constant != 0) meet(constant);
  if (!areCandidates(readers)) return AT_END;
  const outcome = isInexact ? 0 : recall(shape);
  if (outcome == 0) return CANDIDATE;
  store<u32>(record, known | (outcome << HOLDS_SHIFT), RECORD_FLAGS);
  return AT_END;
}
