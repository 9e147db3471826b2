/** Times in the form that nearly every event has, `2026-03-02T09:05:43.012904Z`. */

const NO_TIME: f64 = NaN;
const DAY: f64 = 86400000;

let wrong: bool = false;

function digits(at: usize, count: i32): i32 {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = <i32>load<u8>(at + i) - 0x30;
    if (<u32>digit > 9) wrong = true;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Since the epoch, of the Gregorian calendar: years that begin in March have the odd day at their end. */
function daysUntil(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const inYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 + inYear - 719468;
}

let known: u64 = 0;
let knownDay: u16 = 0;
let knownTime: f64 = NO_TIME;

/** Of the first ten characters; the day of the event before comes first. */
function timeOfDay(at: usize): f64 {
  if (load<u64>(at) == known && load<u16>(at, 8) == knownDay) return knownTime;
  const year = digits(at, 4);
  const month = digits(at + 5, 2);
  const day = digits(at + 8, 2);
  if (wrong || load<u8>(at, 4) != 0x2d || load<u8>(at, 7) != 0x2d) return NO_TIME;
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NO_TIME;
  known = load<u64>(at);
  knownDay = load<u16>(at, 8);
  knownTime = <f64>daysUntil(year, month, day) * DAY;
  return knownTime;
}

/** Milliseconds since the epoch; not a number for any other form. Finer digits are dropped. */
export function timeOf(from: usize, to: usize): f64 {
  const length = to - from;
  if (length < 20 || length > 40 || load<u8>(to - 1) != 0x5a || load<u8>(from, 10) != 0x54) return NO_TIME;
  if (load<u8>(from, 13) != 0x3a || load<u8>(from, 16) != 0x3a) return NO_TIME;
  wrong = false;
  const day = timeOfDay(from);
  const hour = digits(from + 11, 2);
  const minute = digits(from + 14, 2);
  const second = digits(from + 17, 2);
  let milliseconds = 0;
  if (length > 20) {
    if (load<u8>(from, 19) != 0x2e || length == 21) return NO_TIME;
    const decimals = <i32>length - 21;
    milliseconds = digits(from + 20, min(decimals, 3));
    for (let i = decimals; i < 3; i++) milliseconds *= 10;
    if (decimals > 3) digits(from + 23, decimals - 3);
  }
  if (wrong || hour > 23 || minute > 59 || second > 59) return NO_TIME;
  return day + <f64>(((hour * 60 + minute) * 60 + second) * 1000 + milliseconds);
}
