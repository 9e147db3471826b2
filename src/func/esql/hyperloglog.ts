/** HyperLogLog: about how many different keys there were, in a fixed amount of memory. */

const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;

/** The position of the highest bit seen, plus one, for each register. */
export type Registers = number[];

export const emptyRegisters = (): Registers => Array.from({ length: REGISTERS }, () => 0);

export function addKey(registers: Registers, key: string): void {
  const index = hash(key, 0x9e3779b9) >>> (32 - INDEX_BITS);
  const rank = Math.clz32(hash(key, 0x85ebca6b)) + 1;
  if (rank > (registers[index] ?? 0)) registers[index] = rank;
}

export const mergeRegisters = (left: Registers, right: Registers): Registers =>
  left.map((rank, i) => Math.max(rank, right[i] ?? 0));

/** The usual estimate is about 0.8 % off. */
export function estimate(registers: Registers): number {
  const sum = registers.reduce((total, rank) => total + 2 ** -rank, 0);
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS ** 2) / sum;
  const empty = registers.filter((rank) => rank === 0).length;
  return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
}

/** MurmurHash3 of the UTF-16 units, 32 bits. */
function hash(text: string, seed: number): number {
  let state = seed | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    state ^= Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64;
  }
  state ^= text.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
