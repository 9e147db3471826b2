/**
 * The part of the walk that nearly all bytes go through: members and items as most are, one after the other. Nothing is
 * called here, so that all it works on stays in the processor's registers. What is not as usual stops it: an unknown key, a
 * number with a fraction, a character beyond ASCII; `walk.ts` takes what stands there.
 */
import {
  CARRIES,
  CARRIES_OBJECTS,
  CONTENT,
  EDGE_KEY,
  EDGE_LENGTH,
  EDGE_PLACE,
  HAS_ALWAYS,
  HAS_FACT,
  HAS_PRESENCE,
  HAS_TABLES,
  INEXACT,
  INEXACT_LIST,
  INEXACT_NESTED,
  INEXACT_OBJECT,
  INEXACT_WORD,
  NEW,
  NO_LIST,
  NO_OBJECT,
  NO_SCALAR,
  PLACE_FIRST,
  PLACE_FLAGS,
  PLACE_SEEN_IN,
  PRESENCE_NOTED,
  PRUNED,
  READ,
  REFUSED,
  SOURCE,
  TAPED,
  TAPED_ESCAPED,
  TAPED_TEXT,
  TAPED_WORD,
} from '../src/ingest/decode/fast/offsets';
import { shortEscape } from './escapes';
import { notePresence } from './record';
import {
  AFTER,
  around,
  AT,
  DONE,
  FRAME,
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
  OBJECT,
  opened,
  sight,
  SIGHTED,
  SIGHTINGS_END,
} from './state';
import {
  ALSE,
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  FAILED,
  FALSE_BEGINS,
  isDigit,
  LIST_OR_OBJECT,
  NULL,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  special,
  TO_CLOSE,
  TRUE,
  wholeEnd,
} from './tokens';

/** What has to be noted of single values, and of objects and lists; and what is not usual for these and for keys. */
const SCALAR_NOTED: u32 =
  SOURCE | READ | NEW | HAS_PRESENCE | HAS_FACT | INEXACT_WORD | TAPED | PRESENCE_NOTED | HAS_TABLES;
const CONTAINER_NOTED: u32 =
  SOURCE | NEW | HAS_PRESENCE | HAS_FACT | INEXACT_OBJECT | INEXACT_LIST | INEXACT_NESTED;
const ODD_OBJECT: u32 = NO_OBJECT | CONTENT | PRUNED;
const ODD_KEY: u32 = INEXACT | REFUSED | HAS_ALWAYS | CARRIES;

/** How many of sixteen bytes are the same, from the first one on. */
@inline
export function equalBytes(at: usize, other: usize): usize {
  return <usize>ctz(~i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(other))));
}

/** Whether the key of an edge stands here, with its colon; false for keys of more than 32 bytes. */
@inline
function isForetold(edge: usize, at: usize, length: usize): bool {
  const same = equalBytes(at, edge + EDGE_KEY);
  return same >= length || (same == 16 && equalBytes(at + 16, edge + EDGE_KEY + 16) + 16 >= length);
}

/**
 * Takes as many members and items as are usual, and tells what comes next. Of a member that is not taken, nothing was noted
 * either.
 */
export function run(): u32 {
  let at = load<usize>(AT);
  let link = load<usize>(LINK);
  let frame = load<usize>(FRAME);
  let object = load<u32>(OBJECT);
  let leaf = load<usize>(LEAF);
  let sighted = load<usize>(SIGHTED);
  let next = MEMBER;
  while (true) {
    let cursor = at;
    let edge: usize = 0;
    let place: usize;
    let flags: u32;
    if (link != 0) {
      edge = load<usize>(link);
      const length = load<usize>(edge, EDGE_LENGTH);
      if (!isForetold(edge, cursor, length)) {
        if (load<u8>(cursor++) != SPACE || !isForetold(edge, cursor, length)) break;
      }
      cursor += length;
      place = load<usize>(edge, EDGE_PLACE);
      flags = load<u32>(place, PLACE_FLAGS);
      if (flags != 0) {
        if (flags & ODD_KEY) break;
        if (load<u32>(place, PLACE_SEEN_IN) == object) break;
      }
    } else {
      place = load<usize>(frame, FRAME_PLACE);
      flags = load<u32>(frame, FRAME_FLAGS);
    }
    let byte = load<u8>(cursor);
    if (byte == SPACE) byte = load<u8>(++cursor);
    if (byte == QUOTE) {
      const from = cursor + 1;
      let end = special(from);
      let last = load<u8>(end);
      let kind: u32 = TAPED_TEXT;
      if (last != QUOTE) {
        while (last == BACKSLASH && shortEscape(load<u8>(end, 1)) != 0) {
          end = special(end + 2);
          last = load<u8>(end);
          kind = TAPED_ESCAPED;
        }
        if (last != QUOTE) break;
      }
      // Whether an empty text is a value depends on what is around it.
      if (end == from) break;
      if (flags != 0) {
        if (flags & NO_SCALAR) break;
        if (sighted == SIGHTINGS_END) break;
        if (edge != 0) store<u32>(place, object, PLACE_SEEN_IN);
        if (flags & SCALAR_NOTED) sighted = sight(sighted, place, kind, from, end);
      }
      link = edge;
      leaf = end;
      at = end + 1;
      if (load<u8>(at) == COMMA) {
        at++;
        continue;
      }
    } else if ((byte | LIST_OR_OBJECT) == OPEN_OBJECT) {
      const first = load<u8>(cursor, 1);
      if (frame == LAST_FRAME) break;
      if (first <= SPACE) break;
      if (flags != 0) {
        if (flags & (byte == OPEN_OBJECT ? ODD_OBJECT : NO_LIST)) break;
        if (sighted == SIGHTINGS_END) break;
        if (edge != 0) store<u32>(place, object, PLACE_SEEN_IN);
        if (flags & CONTAINER_NOTED) sighted = sight(sighted, place, byte, cursor, cursor);
      }
      frame = opened(frame, place, flags, cursor, object, edge);
      link = 0;
      if (byte == OPEN_OBJECT) {
        link = place + PLACE_FIRST;
        object = newObject();
      }
      at = cursor + 1;
      if (first != byte + TO_CLOSE) continue;
    } else if (load<u32>(cursor) == NULL && !(flags & (HAS_FACT | HAS_ALWAYS))) {
      if (flags != 0 && edge != 0) store<u32>(place, object, PLACE_SEEN_IN);
      link = edge;
      at = cursor + 4;
    } else {
      let end: usize = FAILED;
      if (isDigit(byte)) end = wholeEnd(cursor, byte);
      else if (load<u32>(cursor) == TRUE) end = cursor + 4;
      else if (byte == FALSE_BEGINS && load<u32>(cursor, 1) == ALSE) end = cursor + 5;
      if (end == FAILED) break;
      if (flags != 0) {
        if (flags & NO_SCALAR) break;
        if (sighted == SIGHTINGS_END) break;
        if (edge != 0) store<u32>(place, object, PLACE_SEEN_IN);
        if (flags & SCALAR_NOTED) sighted = sight(sighted, place, TAPED_WORD, cursor, end);
      }
      link = edge;
      leaf = at = end;
    }
    let after = load<u8>(at);
    while (after != COMMA) {
      const noted = load<u32>(frame, FRAME_FLAGS);
      if (after != (link == 0 ? CLOSE_LIST : CLOSE_OBJECT) || noted & (CONTENT | PRUNED | CARRIES_OBJECTS)) break;
      if (noted & PRESENCE_NOTED && leaf > load<usize>(frame, FRAME_FROM)) notePresence(load<usize>(frame, FRAME_PLACE));
      at++;
      if (frame == FRAMES) {
        next = DONE;
        break;
      }
      object = load<u32>(frame, FRAME_OBJECT);
      link = load<usize>(frame, FRAME_LINK);
      frame = around(frame);
      after = load<u8>(at);
    }
    if (after != COMMA) {
      if (next != DONE) next = AFTER;
      break;
    }
    at++;
  }
  store<usize>(AT, at);
  store<usize>(LINK, link);
  store<usize>(FRAME, frame);
  store<u32>(OBJECT, object);
  store<usize>(LEAF, leaf);
  store<usize>(SIGHTED, sighted);
  return next;
}
