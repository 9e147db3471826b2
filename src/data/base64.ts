/** Base64 (RFC 4648 §4), with padding. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63] ?? '').join('');
    const used = Math.min(bytes.length - at, 3) + 1;
    text += digits.slice(0, used).padEnd(4, '=');
  }
  return text;
}

const PADDED = /^[A-Za-z0-9+/]*={0,2}$/;

/** Padding may be left out, as Java's decoder allows; undefined for anything else that is no Base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/=+$/, '');
  const padding = text.length - digits.length;
  if (!PADDED.test(text) || digits.length % 4 === 1) return undefined;
  if (padding > 0 && text.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let at = 0, out = 0; out < bytes.length; at += 4) {
    const bits = [0, 1, 2, 3].reduce((sum, i) => (sum << 6) | digitAt(digits, at + i), 0);
    for (const shift of [16, 8, 0]) if (out < bytes.length) bytes[out++] = (bits >> shift) & 255;
  }
  return bytes;
}

const digitAt = (digits: string, at: number): number =>
  at < digits.length ? ALPHABET.indexOf(digits[at] ?? '') : 0;
