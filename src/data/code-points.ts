/** Text counted in code points: a surrogate pair is one (esql §2.5, §2.6). */

/** Negative, zero or positive, as the bytes of UTF-8 compare. */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const difference = inUtf8Order(a.charCodeAt(at)) - inUtf8Order(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Halves of surrogate pairs stand for code points beyond all others. */
const inUtf8Order = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

export function codePointLength(text: string): number {
  let pairs = 0;
  PAIR.lastIndex = 0;
  while (PAIR.test(text)) pairs++;
  return text.length - pairs;
}

/** As `String.prototype.slice`, counted in code points; no negative places. */
export const sliceCodePoints = (text: string, start: number, end = Infinity): string =>
  [...text].slice(start, end === Infinity ? undefined : end).join('');
