/**
 * The scanner of log lines: takes lines one after the other as long as they are records that no rule can match, and
 * stops at the first one that has to be looked at more closely. `src/ingest/decode/fast` builds what it works on.
 */
import {
  ALWAYS_READ,
  AT_END,
  CANDIDATE,
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
  NO_SHAPE,
  NO_TIME,
  NOT_UNDERSTOOD,
  READ,
  RECORD_CONTENT,
  RECORD_CONTENT_FROM,
  RECORD_CONTENT_TO,
  RECORD_FLAGS,
  RECORD_FROM,
  RECORD_KEY,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TIME,
  RECORD_TO,
  SHAPE_CONSTANT,
  SHAPE_FACTS_COUNT,
  SHAPE_FITS,
  SHAPE_FLAGS,
  SHAPE_LEFT_OUT,
  SHAPE_ROOT,
  SOURCE,
  UNCLEAR,
  UNROUTED,
  UNSURE_FIELD,
} from '../src/ingest/decode/fast/offsets';
import { fingerprint } from './fingerprint';
import { allocateGuarded, records, scratch, SCRATCH_BYTES } from './memory';
import { areCandidates, meet, writeCandidates } from './needs';
import { recall } from './outcomes';
import { beginRecord, contentFrom, contentTo, isInexact, number, seen } from './record';
import { hasIdentity, isClear, keyFingerprint, passesAll, readersOf, routeKey, timeOfRecord } from './shape';
import { blank } from './tokens';
import { walk } from './walk';
import { behindWrapping } from './wrapped';

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

const OPEN_OBJECT: u8 = 0x7b;

/** What records are compared with, in this order: the shape of the record before comes first. */
const shapes: usize = allocateGuarded(MOST_SHAPES << 2);
let shapesEnd: usize = shapes;

export function addShape(shape: usize): void {
  store<u32>(shapesEnd, <u32>shape);
  shapesEnd += 4;
}

/** Who reads the record that was scanned last. */
let readers: usize = 0;
/** Where the line ends that was scanned last. */
let lineEnd: usize = 0;
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

/** The end of its line. */
export function end(): usize {
  return lineEnd;
}

/**
 * Scans lines that begin at `from`, each with its line feed, up to `to`; gives the number of records told, those that
 * were told before included. A record for which it stopped is not among them, but stands behind them if it is a
 * candidate.
 */
export function scan(from: usize, to: usize, told: u32): u32 {
  let at = from;
  stoppedFor = AT_END;
  while (at < to && told < <u32>MOST_RECORDS - 1) {
    stoppedFor = scanRecord(at, records + <usize>told * RECORD_SIZE);
    if (stoppedFor != AT_END) break;
    at = lineEnd + 1;
    told++;
  }
  stoppedAt = at;
  return told;
}

function scanRecord(line: usize, record: usize): u32 {
  const at = load<u8>(line) == OPEN_OBJECT ? line : behindWrapping(line);
  if (at == 0 || load<u8>(at) != OPEN_OBJECT) return doubted(NO_RECORD);
  doubtful = NOT_UNDERSTOOD;
  for (let place = shapes; place < shapesEnd; place += 4) {
    const shape = load<usize>(place);
    if (!isShape(shape, at, at > line)) continue;
    for (; place > shapes; place -= 4) store<u32>(place, load<u32>(place - 4));
    store<u32>(shapes, <u32>shape);
    return judge(shape, at, record);
  }
  return DOUBTFUL;
}

function isShape(shape: usize, at: usize, isWrapped: bool): bool {
  const flags = load<u32>(shape, SHAPE_FLAGS);
  beginRecord(load<u32>(shape, SHAPE_FACTS_COUNT), (flags & EMPTY_COUNTS) != 0);
  const end = walk(load<usize>(shape, SHAPE_ROOT), at + 1);
  if (end == 0) return false;
  lineEnd = blank(end);
  // What a runtime wraps is the record up to the end of the line, white space included.
  if (load<u8>(lineEnd) != 0x0a || (isWrapped && lineEnd > end)) return false;
  doubtful = NO_SHAPE;
  return passesAll(load<usize>(shape, SHAPE_FITS));
}

function judge(shape: usize, at: usize, record: usize): u32 {
  const flags = load<u32>(shape, SHAPE_FLAGS);
  store<u32>(record, <u32>at, RECORD_FROM);
  store<u32>(record, <u32>lineEnd, RECORD_TO);
  store<u32>(record, <u32>shape, RECORD_SHAPE);
  if (!isClear(shape)) return doubted(UNCLEAR);
  const leftOut = load<usize>(shape, SHAPE_LEFT_OUT);
  if (leftOut != 0 && passesAll(leftOut)) {
    store<u32>(record, LEFT_OUT, RECORD_FLAGS);
    return AT_END;
  }
  const isRead = (seen & READ) != 0 || (flags & ALWAYS_READ) != 0;
  if (flags & CONSTANTS_NEW || seen & NEW) return doubted(NEW_FIELD);
  if (!isRead && seen & SOURCE) return doubted(UNSURE_FIELD);
  const time = timeOfRecord(shape);
  if (time != time) return doubted(NO_TIME);
  readers = readersOf(shape);
  if (readers == 0) return UNROUTED;
  const from = contentFrom == 0 ? at : contentFrom;
  const to = contentFrom == 0 ? lineEnd : contentTo;
  const content = fingerprint(from, to - from);
  const key = keyFingerprint(shape, content, record);
  if (key == 0) return doubted(UNCLEAR);
  store<f64>(record, time, RECORD_TIME);
  store<u64>(record, key, RECORD_KEY);
  store<u64>(record, content, RECORD_CONTENT);
  store<u32>(record, <u32>from, RECORD_CONTENT_FROM);
  store<u32>(record, <u32>to, RECORD_CONTENT_TO);
  store<u32>(record, (isRead ? IS_READ : 0) | (hasIdentity(shape) ? HAS_IDENTITY : 0), RECORD_FLAGS);
  const constant = load<usize>(shape, SHAPE_CONSTANT);
  if (constant != 0) meet(constant);
  if (!areCandidates(readers)) return AT_END;
  const outcome = isInexact ? 0 : recall(shape);
  if (outcome == 0) return CANDIDATE;
  store<u32>(record, load<u32>(record, RECORD_FLAGS) | (outcome << HOLDS_SHIFT), RECORD_FLAGS);
  return AT_END;
}
