/**
 * Lines with something before their record. Of container runtimes: a time, a stream, a tag that says whether the line is
 * whole, and what was written. Of exports of CloudWatch: a time.
 */
import { IN_LIST, WAITS_ERR, WAITS_OUT } from '../src/ingest/decode/fast/offsets';
import { isDigit } from './tokens';

/** Of streams that wait for the rest of a line, whose lines are no records of their own. */
let waiting: u32 = 0;

export function setWaiting(streams: u32): void {
  waiting = streams;
}

/** Whether any line waits for its rest. */
export function isWaiting(): bool {
  return (waiting & ~IN_LIST) != 0;
}

/** Whether lines are items of a list. */
export function isInList(): bool {
  return (waiting & IN_LIST) != 0;
}

/** `2026-03-02T`, by which every such line begins: digits where there is an `0`. */
const BEGINNING: usize = memory.data<u8>([
  0x30, 0x30, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x54,
]);
const BEGINNING_LENGTH: usize = 11;
/** Times are not longer, behind that. */
const LONGEST_TIME: usize = 40;
/** ` stdout ` and ` stderr `, then the tag of a whole line with the space behind it. */
const OUT: u64 = 0x2074756f64747320;
const ERR: u64 = 0x2072726564747320;
const WHOLE: u16 = 0x2046;
/** A space and the record, where there is nothing else before it: so exports of CloudWatch have them. */
const BEHIND_TIME: u16 = 0x7b20;

/** Where the record begins, if the line is whole and nothing of its stream waits for it; 0 else. */
export function behindWrapping(line: usize): usize {
  for (let i: usize = 0; i < BEGINNING_LENGTH; i++) {
    const wanted = load<u8>(BEGINNING + i);
    const byte = load<u8>(line + i);
    if (wanted == 0x30 ? <u8>(byte - 0x30) > 9 : byte != wanted) return 0;
  }
  const from = line + BEGINNING_LENGTH;
  let at = from;
  while (at < from + LONGEST_TIME && load<u8>(at) > 0x20 && load<u8>(at) < 0x7f) at++;
  if (at == from) return 0;
  if (load<u16>(at) == BEHIND_TIME) return isPreciseTime(from, at) ? at + 1 : 0;
  const stream = load<u64>(at);
  if (stream != OUT && stream != ERR) return 0;
  if (waiting & (stream == OUT ? WAITS_OUT : WAITS_ERR) || load<u16>(at, 8) != WHOLE) return 0;
  return at + 10;
}

/** Whether there are only digits, colons, dots and commas, and perhaps a `Z` behind them. */
function isPreciseTime(from: usize, to: usize): bool {
  if (load<u8>(to - 1) == 0x5a) to--;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (!isDigit(byte) && byte != 0x3a && byte != 0x2e && byte != 0x2c) return false;
  }
  return from < to;
}
