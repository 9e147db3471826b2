/** Where the walk over a record stands. */
import { guard } from './memory';

/** At fixed places in the memory: globals take two loads each. */
const STATE: usize = memory.data(64, 64);
/** The byte that comes next. */
export const AT: usize = STATE;
/** Where the address of the edge stands that is foretold; 0 in a list. */
export const LINK: usize = STATE + 4;
/** The innermost object or list, as a frame. */
export const FRAME: usize = STATE + 8;
/** The number of the innermost object, and how many there were so far, of all records. */
export const OBJECT: usize = STATE + 12;
const OBJECTS: usize = STATE + 16;
/** Where the last value ends that is neither null nor an object or a list. */
export const LEAF: usize = STATE + 20;
/** The end of the sightings. */
export const SIGHTED: usize = STATE + 24;

/** What comes next: a member or an item; what may stand behind one; nothing, as the record is read or not understood. */
export const MEMBER: u32 = 0;
export const AFTER: u32 = 1;
export const DONE: u32 = 2;
export const NOT_READ: u32 = 3;

/** A frame: the place of an object or a list with its flags, where it begins, and of what is around it number and link. */
export const FRAME_PLACE: usize = 0;
export const FRAME_FLAGS: usize = 4;
export const FRAME_FROM: usize = 8;
export const FRAME_OBJECT: usize = 12;
export const FRAME_LINK: usize = 16;
/** Whether empty texts counted around it. */
export const FRAME_EMPTY_COUNTED: usize = 20;
const FRAME_SIZE: usize = 32;
/** Levels below the first, as many as decoding keeps of every record. Deeper records go the usual way, which cuts them. */
const DEEPEST: usize = 199;
export const FRAMES: usize = memory.data(6480, 64);
export const LAST_FRAME: usize = FRAMES + DEEPEST * FRAME_SIZE;
guard(LAST_FRAME + FRAME_SIZE);

/** Values that were seen and wait to be noted: the place, the kind, and where the value stands. */
export const SIGHTING_PLACE: usize = 0;
export const SIGHTING_KIND: usize = 4;
export const SIGHTING_FROM: usize = 8;
export const SIGHTING_TO: usize = 12;
export const SIGHTING_SIZE: usize = 16;
export const SIGHTINGS: usize = memory.data(8272, 64);
export const SIGHTINGS_END: usize = SIGHTINGS + 8192;
guard(SIGHTINGS_END);

/** Begins an object or a list, and goes in; gives its frame. */
@inline
export function opened(frame: usize, place: usize, flags: u32, from: usize, object: u32, link: usize): usize {
  const inner = frame + FRAME_SIZE;
  store<u32>(inner, <u32>place, FRAME_PLACE);
  store<u32>(inner, flags, FRAME_FLAGS);
  store<u32>(inner, <u32>from, FRAME_FROM);
  store<u32>(inner, object, FRAME_OBJECT);
  store<u32>(inner, <u32>link, FRAME_LINK);
  return inner;
}

@inline
export function around(frame: usize): usize {
  return frame - FRAME_SIZE;
}

/** Of all records that were walked over so far. */
@inline
export function countOfObjects(): u32 {
  return load<u32>(OBJECTS);
}

@inline
export function newObject(): u32 {
  const object = load<u32>(OBJECTS) + 1;
  store<u32>(OBJECTS, object);
  return object;
}

/** Puts a value behind the sightings, of which this is the end, where there must be room; gives the end behind it. */
@inline
export function sight(sighted: usize, place: usize, kind: u32, from: usize, to: usize): usize {
  store<u32>(sighted, <u32>place, SIGHTING_PLACE);
  store<u32>(sighted, kind, SIGHTING_KIND);
  store<u32>(sighted, <u32>from, SIGHTING_FROM);
  store<u32>(sighted, <u32>to, SIGHTING_TO);
  return sighted + SIGHTING_SIZE;
}
