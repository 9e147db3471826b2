/** MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4) of bytes, in hexadecimal digits. For names of values, not for secrets. */

export type DigestName = 'md5' | 'sha-1' | 'sha-256';

export const digest = (name: DigestName, bytes: Uint8Array): string => digests[name](bytes);

const digests: Readonly<Record<DigestName, (bytes: Uint8Array) => string>> = {
  md5: (bytes) => hash(bytes, 'little', md5Start, md5Block),
  'sha-1': (bytes) => hash(bytes, 'big', sha1Start, sha1Block),
  'sha-256': (bytes) => hash(bytes, 'big', sha256Start, sha256Block),
};

type Ending = 'little' | 'big';
/** Adds one block of sixteen words to the state. */
type Compress = (state: Int32Array, words: Int32Array) => void;

const BLOCK = 64;

function hash(bytes: Uint8Array, ending: Ending, start: readonly number[], compress: Compress): string {
  const state = Int32Array.from(start);
  const view = new DataView(padded(bytes, ending).buffer);
  const words = new Int32Array(16);
  for (let at = 0; at < view.byteLength; at += BLOCK) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(at + 4 * i, ending === 'little');
    compress(state, words);
  }
  return hexadecimal(state, ending);
}

/** A one bit, zeros, and the length in bits as the last eight bytes of a block. */
function padded(bytes: Uint8Array, ending: Ending): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(bytes.length) * 8n, ending === 'little');
  return whole;
}

function hexadecimal(state: Int32Array, ending: Ending): string {
  const view = new DataView(new ArrayBuffer(state.byteLength));
  state.forEach((word, i) => view.setInt32(4 * i, word, ending === 'little'));
  return Array.from(new Uint8Array(view.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const rotateRight = (word: number, bits: number): number => rotateLeft(word, 32 - bits);
/** An element that is known to be there. */
const at = (words: ArrayLike<number>, index: number): number => words[index] ?? 0;

function addTo(state: Int32Array, values: readonly number[]): void {
  values.forEach((value, i) => (state[i] = at(state, i) + value));
}

const md5Start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const md5Sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const md5Shifts = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

function md5Block(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const [mixed, word] = md5Round(i, b, c, d);
    const turned = rotateLeft(
      (a + mixed + at(md5Sines, i) + at(words, word)) | 0,
      md5Shifts[(i >> 4) as 0 | 1 | 2 | 3][(i & 3) as 0 | 1 | 2 | 3],
    );
    [a, d, c, b] = [d, c, b, (b + turned) | 0];
  }
  addTo(state, [a, b, c, d]);
}

/** How the round mixes, and the word that it takes. */
function md5Round(i: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) & 15];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) & 15];
  return [c ^ (b | ~d), (7 * i) & 15];
}

const sha1Start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

function sha1Block(state: Int32Array, words: Int32Array): void {
  const w = new Int32Array(80);
  w.set(words);
  for (let i = 16; i < 80; i++)
    w[i] = rotateLeft(at(w, i - 3) ^ at(w, i - 8) ^ at(w, i - 14) ^ at(w, i - 16), 1);
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
  for (let i = 0; i < 80; i++) {
    const next = (rotateLeft(a, 5) + sha1Round(i, b, c, d) + e + at(w, i)) | 0;
    [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
  }
  addTo(state, [a, b, c, d, e]);
}

function sha1Round(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

const primes = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && !Array.from({ length: n - 2 }, (_, i) => i + 2).some((divisor) => n % divisor === 0),
);
/** The first 32 bits of the fraction. */
const fraction = (number: number): number => Math.floor((number - Math.floor(number)) * 2 ** 32);
const sha256Start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const sha256Constants = primes.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));

function sha256Block(state: Int32Array, words: Int32Array): void {
  const w = sha256Schedule(words);
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] & { length: 8 };
  for (let i = 0; i < 64; i++) {
    const [x = 0, y = 0, z = 0] = [e, f, g];
    const sum1 = rotateRight(x, 6) ^ rotateRight(x, 11) ^ rotateRight(x, 25);
    const first = ((h ?? 0) + sum1 + ((x & y) ^ (~x & z)) + at(sha256Constants, i) + at(w, i)) | 0;
    const [p = 0, q = 0, r = 0] = [a, b, c];
    const sum0 = rotateRight(p, 2) ^ rotateRight(p, 13) ^ rotateRight(p, 22);
    const second = (sum0 + ((p & q) ^ (p & r) ^ (q & r))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, ((d ?? 0) + first) | 0, c, b, a, (first + second) | 0];
  }
  addTo(
    state,
    [a, b, c, d, e, f, g, h].map((word) => word ?? 0),
  );
}

function sha256Schedule(words: Int32Array): Int32Array {
  const w = new Int32Array(64);
  w.set(words);
  for (let i = 16; i < 64; i++) {
    const [x, y] = [at(w, i - 15), at(w, i - 2)];
    const first = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3);
    const second = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10);
    w[i] = at(w, i - 16) + first + at(w, i - 7) + second;
  }
  return w;
}
