/** What is noted of the current record while it is walked over. */
import {
  ABSENT,
  FACT_FROM,
  FACT_SIZE,
  FACT_STATE,
  FACT_TO,
  HAS_FACT,
  HAS_PRESENCE,
  HAS_TABLES,
  INEXACT_LIST,
  INEXACT_NESTED,
  INEXACT_OBJECT,
  INEXACT_WORD,
  MOST_TAPED,
  NEW,
  NEW_SEEN,
  ODD,
  OPENED,
  PLACE_FACT,
  PLACE_FLAGS,
  PLACE_LISTED_IN,
  PLACE_PRESENCE,
  PLACE_PRESENT_IN,
  PLACE_TAPED_IN,
  PLACE_TAPE_FIRST,
  PLACE_TAPE_LAST,
  PRESENCE_NOTED,
  READ,
  SOURCE,
  TAPED,
  TAPED_TEXT,
  TAPED_WORD,
  TAPE_FROM,
  TAPE_KIND,
  TAPE_NEXT,
  TAPE_SIZE,
  TAPE_TO,
  TEXT,
} from '../src/ingest/decode/fast/offsets';
import { lookUp } from './lookup';
import { facts, tape } from './memory';
import { beginNeeds, meet } from './needs';
import { SIGHTED, SIGHTING_FROM, SIGHTING_KIND, SIGHTING_PLACE, SIGHTING_SIZE, SIGHTING_TO, SIGHTINGS } from './state';
import { OPEN_OBJECT, plainNumber } from './tokens';

/** Flags of the values that were seen, of which `READ`, `SOURCE` and `NEW` count. */
export let seen: u32 = 0;
/** The document of the record would have other values than those that were noted. */
export let isInexact: bool = false;
/** Records so far, as often as they were walked over. */
export let number: u32 = 0;
/** Entries of the tape. */
let taped: u32 = 0;
/** Whether an empty text is a value. */
export let emptyCounts: bool = true;
/** Where the content of the record lies, if that is less than all of it. */
export let contentFrom: usize = 0;
export let contentTo: usize = 0;

export function beginRecord(factsCount: u32, empty: bool): void {
  beginNeeds();
  for (let fact: usize = 0; fact < factsCount; fact++) v128.store(facts + fact * FACT_SIZE, i64x2.splat(0));
  number++;
  seen = 0;
  taped = 0;
  isInexact = false;
  emptyCounts = empty;
  contentFrom = 0;
}

export function noteContent(from: usize, to: usize): void {
  contentFrom = from;
  contentTo = to;
}

/** From here on; gives what it was before. */
export function setEmptyCounts(empty: bool): bool {
  const before = emptyCounts;
  emptyCounts = empty;
  return before;
}

export function noteInexact(): void {
  isInexact = true;
}

/** Puts a value on the tape, behind the others of its place. */
function write(place: usize, kind: u32, from: usize, to: usize): void {
  if (taped == MOST_TAPED) return noteInexact();
  const entry = tape + <usize>taped * TAPE_SIZE;
  store<u32>(entry, kind, TAPE_KIND);
  store<u32>(entry, <u32>from, TAPE_FROM);
  store<u32>(entry, <u32>to, TAPE_TO);
  store<u32>(entry, 0, TAPE_NEXT);
  taped++;
  if (load<u32>(place, PLACE_TAPED_IN) == number)
    store<u32>(tape + <usize>(load<u32>(place, PLACE_TAPE_LAST) - 1) * TAPE_SIZE, taped, TAPE_NEXT);
  else {
    store<u32>(place, number, PLACE_TAPED_IN);
    store<u32>(place, taped, PLACE_TAPE_FIRST);
  }
  store<u32>(place, taped, PLACE_TAPE_LAST);
}

@inline
function factAt(number: i32): usize {
  return facts + <usize>number * FACT_SIZE;
}

/** An object or a list begins. */
function noteContainer(place: usize, flags: u32, isObject: bool): void {
  if (flags & (isObject ? INEXACT_OBJECT : INEXACT_LIST)) isInexact = true;
  if (flags & INEXACT_NESTED && !isObject) {
    if (load<u32>(place, PLACE_LISTED_IN) == number) isInexact = true;
    store<u32>(place, number, PLACE_LISTED_IN);
  }
  if (!(flags & HAS_FACT)) return;
  const at = factAt(load<i32>(place, PLACE_FACT));
  store<u32>(at, load<u32>(at, FACT_STATE) == ABSENT ? OPENED : ODD, FACT_STATE);
}

/** An object or a list had a value that is neither null nor such a one. */
export function notePresence(place: usize): void {
  store<u32>(place, number, PLACE_PRESENT_IN);
}

export function noteNull(place: usize, flags: u32): void {
  if (flags & HAS_FACT) store<u32>(factAt(load<i32>(place, PLACE_FACT)), ODD, FACT_STATE);
}

/** A text without its quotes, a number, `true` or `false`. */
@inline
function noteScalar(place: usize, flags: u32, kind: u32, from: usize, to: usize): void {
  const isEmpty = from == to;
  if (flags & HAS_FACT) {
    const at = factAt(load<i32>(place, PLACE_FACT));
    const isPlain = kind == TAPED_TEXT && load<u32>(at, FACT_STATE) == ABSENT;
    store<u32>(at, isPlain ? TEXT : ODD, FACT_STATE);
    store<u32>(at, <u32>from, FACT_FROM);
    store<u32>(at, <u32>to, FACT_TO);
  }
  if (flags & INEXACT_WORD && kind == TAPED_WORD) isInexact = true;
  if (!isEmpty || emptyCounts) {
    if (flags & TAPED) write(place, kind, from, to);
    if (flags & PRESENCE_NOTED) notePresence(place);
  }
  if (flags & HAS_TABLES) lookUp(place, kind, from, to, kind == TAPED_WORD ? plainNumber(from, to) : NaN);
}

/** Some place has `NEW_SEEN`. */
let isNewSeen: u32 = 0;

/** Whether some place got `NEW_SEEN` since this was asked last. */
export function newSeen(): u32 {
  const was = isNewSeen;
  isNewSeen = 0;
  return was;
}

/** Notes all that was seen and waits for that; nothing of it is null. */
export function noteAll(): void {
  let all = seen;
  const end = load<usize>(SIGHTED);
  for (let at = SIGHTINGS; at < end; at += SIGHTING_SIZE) {
    const place = load<usize>(at, SIGHTING_PLACE);
    const kind = load<u32>(at, SIGHTING_KIND);
    const from = load<usize>(at, SIGHTING_FROM);
    const to = load<usize>(at, SIGHTING_TO);
    const flags = load<u32>(place, PLACE_FLAGS);
    // Neither an empty text is read, nor an object or a list by itself.
    all |= from == to ? flags & ~READ : flags;
    if (flags & NEW) {
      store<u32>(place, flags | NEW_SEEN, PLACE_FLAGS);
      isNewSeen = 1;
    }
    if (flags & HAS_PRESENCE) meet(load<usize>(place, PLACE_PRESENCE));
    if (kind <= <u32>TAPED_WORD) noteScalar(place, flags, kind, from, to);
    else noteContainer(place, flags, kind == OPEN_OBJECT);
  }
  seen = all;
  store<usize>(SIGHTED, SIGHTINGS);
}
