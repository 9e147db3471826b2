/** Short names for texts, the same on every machine. Not for secrets: whoever wants two texts of one name finds them. */

/** Without letters and digits that look alike (Crockford's base 32). */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten digits: 50 bits of two interleaved multiplicative hashes over the code units. */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return `${digits(high)}${digits(low)}`;
}

const digits = (word: number): string =>
  [0, 5, 10, 15, 20].map((shift) => DIGITS[(word >>> shift) & 31] ?? '').join('');
