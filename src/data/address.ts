/**
 * IP addresses and blocks of them (kql §4.7). An address is its sixteen bytes, as four 32-bit words; an IPv4 address
 * is the IPv6 address that maps it, so `10.0.0.1` equals `::ffff:10.0.0.1`. Reading is strict: no leading zeros in
 * IPv4, no zone, no short forms. Words are signed because the engine keeps signed 32-bit integers unboxed.
 */

export interface Address {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly word3: number;
}

/** The addresses that agree with `base` in all bits of `mask`; `base` has no bits outside the mask. */
export interface Block {
  readonly base: Address;
  readonly mask: Address;
}

/** Undefined for anything that is no single address. */
export function parseAddress(text: string): Address | undefined {
  if (text.length < 2 || text.length > LONGEST) return undefined;
  const v4 = parseV4(text, 0);
  if (v4 !== NOT_V4) return mapped(v4);
  return parseV6(text);
}

/** IPv4 with dots, also when it is mapped; else as RFC 5952 writes it: lower case, the longest run of zeros as `::`. */
export function addressText(address: Address): string {
  const { word0, word1, word2, word3 } = address;
  const octets = [24, 16, 8, 0].map((shift) => (word3 >>> shift) & 255);
  if (word0 === 0 && word1 === 0 && word2 === 0xffff) return octets.join('.');
  const groups = [word0, word1, word2, word3].flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeros(groups);
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return length < 2 ? text(0, 8) : `${text(0, start)}::${text(start + length, 8)}`;
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
    start += length;
  }
  return longest;
}

/** An address or an address with a prefix length; bits of the host part are ignored. Undefined when malformed. */
export function parseBlock(text: string): Block | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const isV4 = !text.includes(':');
  const length = slash === -1 ? (isV4 ? 32 : 128) : prefixLength(text.slice(slash + 1), isV4 ? 32 : 128);
  return length === undefined ? undefined : blockOf(address, isV4 ? length + 96 : length);
}

export function inBlock(address: Address, { base, mask }: Block): boolean {
  return (
    (address.word3 & mask.word3) === base.word3 &&
    (address.word2 & mask.word2) === base.word2 &&
    (address.word1 & mask.word1) === base.word1 &&
    (address.word0 & mask.word0) === base.word0
  );
}

/** Negative, zero or positive, by the sixteen bytes. */
export function compareAddresses(a: Address, b: Address): number {
  return (
    (a.word0 >>> 0) - (b.word0 >>> 0) ||
    (a.word1 >>> 0) - (b.word1 >>> 0) ||
    (a.word2 >>> 0) - (b.word2 >>> 0) ||
    (a.word3 >>> 0) - (b.word3 >>> 0)
  );
}

/** Eight groups of four digits with colons, the last two written as IPv4. */
const LONGEST = 45;
const NOT_V4 = -1;
const NO_GAP = -1;
const ZERO = 48;
const COLON = 58;
const DOT = 46;

const mapped = (v4: number): Address => ({ word0: 0, word1: 0, word2: 0xffff, word3: v4 | 0 });

/** The address as an unsigned number, or NOT_V4. Reads from `start` to the end of the text. */
function parseV4(text: string, start: number): number {
  let address = 0;
  let octet = -1;
  let octets = 0;
  for (let i = start; i <= text.length; i++) {
    const code = i === text.length ? DOT : text.charCodeAt(i);
    if (code === DOT) {
      if (octet === -1 || octets === 4) return NOT_V4;
      address = address * 256 + octet;
      octets++;
      octet = -1;
    } else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9 || octet === 0) return NOT_V4;
      octet = octet === -1 ? digit : octet * 10 + digit;
      if (octet > 255) return NOT_V4;
    }
  }
  return octets === 4 ? address : NOT_V4;
}

function parseV6(text: string): Address | undefined {
  const groups: number[] = [];
  let gap = text.startsWith('::') ? 0 : NO_GAP;
  for (let at = gap === 0 ? 2 : 0; at < text.length; at++) {
    const start = at;
    let group = 0;
    for (let digit; (digit = hexDigit(text.charCodeAt(at))) !== -1; at++) group = group * 16 + digit;
    if (text.charCodeAt(at) === DOT) return withV4Tail(groups, gap, parseV4(text, start));
    if (at === start || at - start > 4) return undefined;
    groups.push(group);
    if (at === text.length) break;
    if (text.charCodeAt(at) !== COLON || at + 1 === text.length) return undefined;
    if (text.charCodeAt(at + 1) !== COLON) continue;
    if (gap !== NO_GAP) return undefined;
    gap = groups.length;
    at++;
  }
  return fromGroups(groups, gap);
}

/** The last two groups may be written as an IPv4 address. */
function withV4Tail(groups: readonly number[], gap: number, v4: number): Address | undefined {
  return v4 === NOT_V4 ? undefined : fromGroups([...groups, v4 >>> 16, v4 & 0xffff], gap);
}

function hexDigit(code: number): number {
  if (code >= ZERO && code < COLON) return code - ZERO;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Zeros fill the gap, which stands for at least one group. */
function fromGroups(groups: readonly number[], gap: number): Address | undefined {
  const missing = 8 - groups.length;
  if (gap === NO_GAP ? missing !== 0 : missing < 1) return undefined;
  const group = (i: number): number =>
    (gap === NO_GAP || i < gap ? groups[i] : i < gap + missing ? 0 : groups[i - missing]) ?? 0;
  const word = (i: number): number => (group(i) << 16) | group(i + 1);
  return { word0: word(0), word1: word(2), word2: word(4), word3: word(6) };
}

function prefixLength(text: string, most: number): number | undefined {
  if (!/^(0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const length = Number(text);
  return length <= most ? length : undefined;
}

function blockOf(address: Address, length: number): Block {
  const mask = {
    word0: maskWord(length),
    word1: maskWord(length - 32),
    word2: maskWord(length - 64),
    word3: maskWord(length - 96),
  };
  const base = {
    word0: address.word0 & mask.word0,
    word1: address.word1 & mask.word1,
    word2: address.word2 & mask.word2,
    word3: address.word3 & mask.word3,
  };
  return { base, mask };
}

/** A word whose first `bits` bits are set; any number below 0 counts as 0, above 32 as 32. */
const maskWord = (bits: number): number => (bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits));
