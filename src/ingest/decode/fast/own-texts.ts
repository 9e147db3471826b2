/** Parts of long texts as texts of their own. */

/** From this length on a part of a text keeps the whole text in memory. */
const SLICED = 13;

/** Texts that are kept, and the longest of them: values repeat. */
const MOST_KEPT = 4096;
const LONGEST_KEPT = 128;

const kept = new Map<string, string>();

/** The same text, of which each character is one byte, without the one that it is a part of. */
export function flat(part: string): string {
  if (part.length < SLICED) return part;
  const known = kept.get(part);
  if (known !== undefined) return known;
  const own = Buffer.from(part, 'latin1').toString('latin1');
  if (part.length > LONGEST_KEPT) return own;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(own, own);
  return own;
}
