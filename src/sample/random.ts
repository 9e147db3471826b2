/** A small seeded generator of random numbers, so that the same seed always makes the same day. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** That many lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** That many characters of the alphabet that Kubernetes uses for generated names. */
  suffix(length: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

// No vowels and no digits that look like them, as Kubernetes has it, so that no words come out.
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Mulberry32: 32 bits of state, good enough for made-up logs and the same on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new RangeError('cannot pick from an empty list');
    return item;
  };
  const text = (length: number, alphabet: string): string =>
    Array.from({ length }, () => pick([...alphabet])).join('');
  const hex = (digits: number): string => text(digits, '0123456789abcdef');
  return {
    next,
    between,
    pick,
    chance: (probability) => next() < probability,
    hex,
    suffix: (length) => text(length, NAME_ALPHABET),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
  };
}
