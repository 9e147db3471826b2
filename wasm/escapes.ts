/** Texts as they are meant, for who looks them up among texts and pieces in ASCII. */
import { BACKSLASHES, SCRATCH_BYTES, scratch } from './memory';

/** What a backslash and a character stand for together, by the character; 0 where that is nothing, or four digits follow. */
const SHORT_ESCAPES: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x22, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x5c, 0, 0, 0, 0, 0, 0x08, 0, 0, 0, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0x0a,
  0, 0, 0, 0x0d, 0, 0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** 0 for a byte that makes no escape of two characters. */
@inline
export function shortEscape(byte: u8): u8 {
  return byte < 0x80 ? load<u8>(SHORT_ESCAPES + <usize>byte) : 0;
}

/** Of a character beyond ASCII, for which any byte will do that no text in ASCII has. */
const ANY_WIDE: u8 = 0xff;
/** The only two characters of which lower case has a letter of ASCII: the sign for kelvin, and I with a dot. */
const KELVIN: u32 = 0x212a;
const DOTTED_I: u32 = 0x130;

/** Whether the text that was written last has other characters than ASCII. */
export let isWide: bool = false;

/**
 * Writes a text into the scratch, without escapes, and gives the end of it. 0 for one that is too long, or has a character of
 * which lower case may hold a letter of ASCII.
 */
export function unescaped(from: usize, to: usize): usize {
  if (to - from > SCRATCH_BYTES) return 0;
  let end = scratch;
  // What comes before this is written already.
  let at = from;
  let all = i64x2.splat(0);
  let doubtful = i64x2.splat(0);
  isWide = false;
  for (let sixteen = from; sixteen < to; sixteen += 16) {
    const bytes = v128.load(sixteen);
    all = v128.or(all, bytes);
    doubtful = v128.or(doubtful, v128.or(i8x16.eq(bytes, i8x16.splat(<i8>0xc4)), i8x16.eq(bytes, i8x16.splat(<i8>0xe2))));
    let escapes = i8x16.bitmask(i8x16.eq(bytes, v128.load(BACKSLASHES)));
    if (at > sixteen) escapes &= -1 << <i32>(at - sixteen);
    while (escapes != 0) {
      const escape = sixteen + ctz(escapes);
      if (escape >= to) break;
      v128.store(end, v128.load(at));
      end += escape - at;
      const byte = shortEscape(load<u8>(escape, 1));
      const code = byte != 0 ? <u32>byte : codeOf(escape + 2);
      if (code == KELVIN || code == DOTTED_I) return 0;
      if (code >= 0x80) isWide = true;
      store<u8>(end++, code < 0x80 ? <u8>code : ANY_WIDE);
      at = escape + (byte != 0 ? 2 : 6);
      escapes &= -1 << <i32>(at - sixteen);
    }
    const next = min(sixteen + 16, to);
    if (at >= next) continue;
    v128.store(end, v128.load(at));
    end += next - at;
    at = next;
  }
  if (i8x16.bitmask(all) != 0) isWide = true;
  return v128.any_true(doubtful) && hasFoldedToAscii(from, to) ? 0 : end;
}

/** Of four hexadecimal digits. */
function codeOf(digits: usize): u32 {
  let code: u32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const digit = load<u8>(digits + i);
    code = (code << 4) | (digit < 0x3a ? digit - 0x30 : (digit | 0x20) - 0x57);
  }
  return code;
}

/** Whether one of the two stands there as it is: C4 B0 or E2 84 AA. */
function hasFoldedToAscii(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (byte == 0xc4 && load<u8>(at, 1) == 0xb0) return true;
    if (byte == 0xe2 && load<u16>(at, 1) == 0xaa84) return true;
  }
  return false;
}
