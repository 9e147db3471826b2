/** Meanings as the scanner knows them: bits to set among the needs that the current record meets. */
import type { Interest, Meaning, Readers } from '../../../model/interest.ts';
import type { Address, Machine } from './machine.ts';

/** The offset of a word among the needs, and the bits to set there. */
type Entry = readonly [offset: number, mask: number];

export class Postings {
  readonly #machine: Machine;
  readonly #interest: Interest;
  readonly #placed = new Map<Meaning, Address>();
  readonly #readers = new Map<Readers, Address>();
  readonly #wordsInSet: number;
  /** The same for the scanner, which sees sixteen bytes at a time. */
  readonly #stride: number;

  constructor(machine: Machine, interest: Interest) {
    const { sets, bits } = interest.atFirst;
    this.#machine = machine;
    this.#interest = interest;
    this.#wordsInSet = bits.length / sets;
    this.#stride = 4 * Math.max(1, Math.ceil(this.#wordsInSet / 4));
    const initial = machine.functions.setUpNeeds(sets, 4 * this.#stride) >>> 2;
    for (let set = 0; set < sets; set++) {
      const from = set * this.#wordsInSet;
      machine.words.set(bits.subarray(from, from + this.#wordsInSet), initial + set * this.#stride);
    }
  }

  /** 0 for nothing. */
  addressOf(meaning: Meaning | undefined): Address {
    if (meaning === undefined) return 0;
    const known = this.#placed.get(meaning);
    if (known !== undefined) return known;
    const entries = this.#interest.bitsOf(meaning);
    const isFirst = ([offset]: Entry): boolean => offset < 4 * this.#stride;
    const words = entries.map(([word, mask]): Entry => [4 * this.#wordOf(word), mask]);
    const [first, others] = [words.filter(isFirst), words.filter((entry) => !isFirst(entry))];
    const runs = others.length === 0 ? 0 : this.#machine.place(runsOf(others));
    const at = this.#machine.place([first.length, runs, 0, 0, ...first.flat()]);
    this.#placed.set(meaning, at);
    return at;
  }

  /** The conditions of who reads a record. */
  addressOfReaders(readers: Readers): Address {
    const known = this.#readers.get(readers);
    if (known !== undefined) return known;
    const at = this.#machine.functions.allocate(4 * this.#stride);
    this.#machine.words.set(this.#interest.conditionsOf(readers), at >>> 2);
    this.#readers.set(readers, at);
    return at;
  }

  /** Meets a meaning now. */
  meet(meaning: Meaning): void {
    const { words, functions } = this.#machine;
    functions.settleForeign();
    const needs = functions.needs() >>> 2;
    for (const [word, mask] of this.#interest.bitsOf(meaning)) words[needs + this.#wordOf(word)]! |= mask;
  }

  #wordOf(word: number): number {
    const set = Math.floor(word / this.#wordsInSet);
    return set * this.#stride + (word % this.#wordsInSet);
  }
}

/** Stretches of sixteen bytes with bits to set, as the scanner has them: how many, then each with its offset and length. */
function runsOf(entries: readonly Entry[]): number[] {
  const blocks = new Map<number, number[]>();
  for (const [offset, mask] of entries) {
    const block = blocks.get(offset & ~15) ?? [0, 0, 0, 0];
    blocks.set(offset & ~15, block.with((offset & 15) / 4, mask));
  }
  const runs: { readonly offset: number; readonly words: number[] }[] = [];
  for (const [offset, words] of [...blocks].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.offset + 4 * last.words.length === offset) last.words.push(...words);
    else runs.push({ offset, words: [...words] });
  }
  return [
    runs.length,
    0,
    0,
    0,
    ...runs.flatMap(({ offset, words }) => [offset, 4 * words.length, 0, 0, ...words]),
  ];
}
