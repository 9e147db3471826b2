/**
 * One pass over the bytes of a record. Every byte is checked against the grammar of JSON (RFC 8259) and of UTF-8; keys
 * are foretold from the record before and compared, values at places that matter are noted as they go by. The walk gives
 * up, with 0, on whatever it does not understand, valid or not. It never leaves a line, as no line feed is allowed
 * anywhere.
 *
 * `run.ts` takes what is usual, here is the rest: a member or an item of any kind, and what may stand behind one.
 */
import {
  CARRIES,
  CARRIES_OBJECTS,
  CONTENT,
  EDGE_KEY,
  EDGE_KEY_BYTES,
  EDGE_LENGTH,
  EDGE_PLACE,
  EDGE_REST,
  HAS_ALWAYS,
  INEXACT,
  NO_LIST,
  NO_OBJECT,
  NO_SCALAR,
  PLACE_ALWAYS,
  PLACE_FIRST,
  PLACE_FLAGS,
  PLACE_SEEN_IN,
  PRESENCE_NOTED,
  PRUNED,
  REFUSED,
  STATIC,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
} from '../src/ingest/decode/fast/offsets';
import { isEqual } from './bytes';
import { takeObject, takeText } from './carried';
import { meet } from './needs';
import { edgeOf, nowhere } from './places';
import { emptyCounts, noteAll, noteContent, noteInexact, noteNull, notePresence, setEmptyCounts } from './record';
import { equalBytes, run } from './run';
import {
  AFTER,
  around,
  AT,
  DONE,
  FRAME,
  FRAME_EMPTY_COUNTED,
  FRAME_FLAGS,
  FRAME_FROM,
  FRAME_LINK,
  FRAME_OBJECT,
  FRAME_PLACE,
  FRAMES,
  LAST_FRAME,
  LEAF,
  LINK,
  MEMBER,
  newObject,
  NOT_READ,
  OBJECT,
  opened,
  sight,
  SIGHTED,
  SIGHTINGS,
} from './state';
import {
  blank,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfText,
  FAILED,
  LIST_OR_OBJECT,
  NULL,
  OPEN_OBJECT,
  QUOTE,
  special,
  TO_CLOSE,
  wordEnd,
} from './tokens';

/** `at` is behind the opening bracket of the record; gives what is behind the closing one. */
export function walk(root: usize, at: usize): usize {
  at = blank(at);
  store<usize>(AT, at);
  store<usize>(FRAME, FRAMES);
  store<usize>(FRAMES, root, FRAME_PLACE);
  store<u32>(FRAMES, 0, FRAME_FLAGS);
  store<usize>(LINK, root + PLACE_FIRST);
  store<u32>(OBJECT, newObject());
  store<usize>(LEAF, 0);
  store<usize>(SIGHTED, SIGHTINGS);
  let next = load<u8>(at) == CLOSE_OBJECT ? AFTER : MEMBER;
  while (next != DONE) {
    if (next == MEMBER) next = run();
    if (next == MEMBER) next = takeMember();
    if (next == AFTER) next = takeEnds();
    if (next == NOT_READ) return FAILED;
  }
  noteAll();
  return load<usize>(AT);
}

/** A member or an item, or the opening bracket of one. */
function takeMember(): u32 {
  noteAll();
  const frame = load<usize>(FRAME);
  const link = load<usize>(LINK);
  let at = load<usize>(AT);
  let place = load<usize>(frame, FRAME_PLACE);
  let flags = load<u32>(frame, FRAME_FLAGS);
  let edge: usize = 0;
  if (link != 0) {
    edge = readKey(place, link, at);
    if (edge == 0) return NOT_READ;
    at = keyEnd;
    place = load<usize>(edge, EDGE_PLACE);
    flags = load<u32>(place, PLACE_FLAGS);
    if (flags != 0 && !noteKey(place, flags)) return NOT_READ;
  }
  store<usize>(LINK, edge);
  at = blank(at);
  const byte = load<u8>(at);
  if ((byte | LIST_OR_OBJECT) == OPEN_OBJECT) return open(place, flags, at, byte);
  at = byte == QUOTE ? text(place, flags, at + 1) : word(place, flags, at);
  store<usize>(AT, at);
  return at == FAILED ? NOT_READ : AFTER;
}

/** Notes that a key came; false when what stands under it is not to be understood. */
function noteKey(place: usize, flags: u32): bool {
  const object = load<u32>(OBJECT);
  if (flags & STATIC) {
    // A key that stands twice has its last value.
    if (load<u32>(place, PLACE_SEEN_IN) == object) noteInexact();
    store<u32>(place, object, PLACE_SEEN_IN);
  }
  if (flags & INEXACT) noteInexact();
  if (flags & HAS_ALWAYS) meet(load<usize>(place, PLACE_ALWAYS));
  return !(flags & REFUSED);
}

/** Where the value begins whose key was read last. */
let keyEnd: usize = 0;

/** The edge of a key of any kind, of which `keyEnd` is behind the colon; 0 when there is none. */
function readKey(place: usize, link: usize, at: usize): usize {
  at = blank(at);
  let edge = load<usize>(link);
  if (isForetold(edge, at)) {
    keyEnd = at + load<usize>(edge, EDGE_LENGTH);
    return edge;
  }
  if (load<u8>(at) != QUOTE) return 0;
  let end = special(at + 1);
  if (load<u8>(end) == QUOTE) {
    edge = edgeOf(place, at, end + 1 - at);
    if (link != nowhere && edge != 0 && edge != nowhere) store<u32>(link, <u32>edge);
  } else {
    if (load<u32>(place, PLACE_FLAGS) & STATIC) return 0;
    noteInexact();
    end = endOfText(end);
    if (end == FAILED) return 0;
    edge = nowhere;
  }
  const colon = blank(end + 1);
  keyEnd = colon + 1;
  return load<u8>(colon) == COLON ? edge : 0;
}

/** Whether the key of an edge stands here, with its colon, however long it is. */
function isForetold(edge: usize, at: usize): bool {
  if (edge == nowhere) return false;
  const length = load<usize>(edge, EDGE_LENGTH);
  const same: usize = equalBytes(at, edge + EDGE_KEY);
  if (same < 16 || same >= length) return same >= length;
  const more = equalBytes(at + 16, edge + EDGE_KEY + 16) + 16;
  if (more < <usize>EDGE_KEY_BYTES || more >= length) return more >= length;
  return isEqual(at + EDGE_KEY_BYTES, load<usize>(edge, EDGE_REST), length - EDGE_KEY_BYTES);
}

function open(place: usize, flags: u32, at: usize, byte: u8): u32 {
  const isObject = byte == OPEN_OBJECT;
  const outer = load<usize>(FRAME);
  if (outer == LAST_FRAME || flags & (isObject ? NO_OBJECT : NO_LIST)) return NOT_READ;
  if (flags != 0) store<usize>(SIGHTED, sight(load<usize>(SIGHTED), place, byte, at, at));
  const frame = opened(outer, place, flags, at, load<u32>(OBJECT), load<usize>(LINK));
  if (isObject && flags & PRUNED) {
    noteAll();
    store<u8>(frame, setEmptyCounts(false) ? 1 : 0, FRAME_EMPTY_COUNTED);
  }
  if (isObject) store<u32>(OBJECT, newObject());
  store<usize>(LINK, isObject ? place + PLACE_FIRST : 0);
  store<usize>(FRAME, frame);
  at = blank(at + 1);
  store<usize>(AT, at);
  return load<u8>(at) == byte + TO_CLOSE ? AFTER : MEMBER;
}

/** `from` is behind the opening quote. */
function text(place: usize, flags: u32, from: usize): usize {
  if (flags & (CARRIES | NO_SCALAR)) return flags & NO_SCALAR ? FAILED : takeText(from);
  let end = special(from);
  const isPlain = load<u8>(end) == QUOTE;
  if (!isPlain) end = endOfText(end);
  if (end == FAILED) return FAILED;
  if (end != from || emptyCounts) store<usize>(LEAF, end);
  seeScalar(place, flags, isPlain ? TAPED_TEXT : TAPED_ESCAPED, from, end);
  return end + 1;
}

function word(place: usize, flags: u32, at: usize): usize {
  const end = wordEnd(at);
  if (end == FAILED) return FAILED;
  if (load<u32>(at) == NULL) {
    noteNull(place, flags);
    return flags & (HAS_ALWAYS | CARRIES) ? FAILED : end;
  }
  if (flags & NO_SCALAR) return FAILED;
  store<usize>(LEAF, end);
  seeScalar(place, flags, TAPED_WORD, at, end);
  return end;
}

function seeScalar(place: usize, flags: u32, kind: u32, from: usize, to: usize): void {
  if (flags != 0) store<usize>(SIGHTED, sight(load<usize>(SIGHTED), place, kind, from, to));
}

/** Closing brackets, and a comma when something follows. */
function takeEnds(): u32 {
  let at = load<usize>(AT);
  while (true) {
    at = blank(at);
    const byte = load<u8>(at);
    store<usize>(AT, at + 1);
    if (byte == COMMA) return MEMBER;
    const isObject = load<usize>(LINK) != 0;
    if (byte != (isObject ? CLOSE_OBJECT : CLOSE_LIST)) return NOT_READ;
    const frame = load<usize>(FRAME);
    if (frame == FRAMES) return DONE;
    noteClosing(frame, ++at, isObject);
    store<u32>(OBJECT, load<u32>(frame, FRAME_OBJECT));
    store<usize>(LINK, load<usize>(frame, FRAME_LINK));
    store<usize>(FRAME, around(frame));
  }
}

function noteClosing(frame: usize, at: usize, isObject: bool): void {
  const flags = load<u32>(frame, FRAME_FLAGS);
  const from = load<usize>(frame, FRAME_FROM);
  if (isObject && flags & CONTENT) noteContent(from, at);
  if (isObject && flags & CARRIES_OBJECTS) takeObject(from, at);
  if (isObject && flags & PRUNED) {
    noteAll();
    setEmptyCounts(load<u8>(frame, FRAME_EMPTY_COUNTED) != 0);
  }
  if (flags & PRESENCE_NOTED && load<usize>(LEAF) > from) notePresence(load<usize>(frame, FRAME_PLACE));
}
