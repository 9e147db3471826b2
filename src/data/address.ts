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
  const gap = text.indexOf('::');
  if (gap === -1) {
    const groups = parseGroups(text);
    return groups?.length === 8 ? fromGroups(groups) : undefined;
  }
  const before = gap === 0 ? [] : parseGroups(text.slice(0, gap));
  const after = gap + 2 === text.length ? [] : parseGroups(text.slice(gap + 2));
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (missing < 1 || text.slice(0, gap).includes('.')) return undefined;
  return fromGroups([...before, ...Array<number>(missing).fill(0), ...after]);
}

/** Groups between single colons; the last one may be an IPv4 address, which is two groups. */
function parseGroups(text: string): number[] | undefined {
  const groups: number[] = [];
  for (let start = 0; start <= text.length;) {
    const colon = text.indexOf(':', start);
    const end = colon === -1 ? text.length : colon;
    const group = parseGroup(text, start, end);
    if (group !== undefined) groups.push(group);
    else {
      const v4 = colon === -1 ? parseV4(text, start) : NOT_V4;
      if (v4 === NOT_V4) return undefined;
      groups.push(v4 >>> 16, v4 & 0xffff);
    }
    start = end + 1;
  }
  return groups;
}

/** One to four hexadecimal digits. */
function parseGroup(text: string, start: number, end: number): number | undefined {
  if (end === start || end - start > 4) return undefined;
  let group = 0;
  for (let i = start; i < end; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit === -1) return undefined;
    group = group * 16 + digit;
  }
  return group;
}

function hexDigit(code: number): number {
  if (code >= ZERO && code < COLON) return code - ZERO;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function fromGroups(groups: readonly number[]): Address {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  return { word0: (a << 16) | b, word1: (c << 16) | d, word2: (e << 16) | f, word3: (g << 16) | h };
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
