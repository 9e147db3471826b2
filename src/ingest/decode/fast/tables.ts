/** What the values of a path are looked up in, as the scanner has it. */
import { isAscii } from '../../../data/scalar.ts';
import type { Lookup, Meaning } from '../../../model/interest.ts';
import type { Address, Machine } from './machine.ts';
import {
  BLOCK_SIZE,
  FOUND_HERE,
  NUMBER_ORDER,
  NUMBER_POSTING,
  NUMBER_SIZE,
  NUMBER_VALUE,
  ODD_ADDRESSES,
  ODD_ALL,
  ODD_NUMBERS,
  ORDER_GT,
  ORDER_GTE,
  ORDER_LT,
  ORDER_LTE,
  ROWS,
  TABLE_BLOCKS,
  TABLE_BLOCKS_COUNT,
  TABLE_BOUNDS,
  TABLE_BOUNDS_COUNT,
  TABLE_CLASSES,
  TABLE_END_CLASS,
  TABLE_FOUND,
  TABLE_INITIAL,
  TABLE_NEXT,
  TABLE_NUMBERS,
  TABLE_NUMBERS_COUNT,
  TABLE_ODD_TEXTS,
  TABLE_SIZE,
  TABLE_TEXTS,
  TABLE_TEXTS_MASK,
  TABLE_WIDTH,
} from './offsets.ts';
import type { Postings } from './postings.ts';

const ORDERS = { lt: ORDER_LT, lte: ORDER_LTE, gt: ORDER_GT, gte: ORDER_GTE } as const;

/** Marks a state in which something is found, in the transitions that we get. */
const FOUND = 0x40000000;

/** The third word of an address of four bytes. */
const MAPPED = 0xffff;

type Parts = NonNullable<Lookup['parts']>;
interface Numeric {
  readonly value: number;
  readonly order: number;
  readonly meaning: Meaning;
}

export class TableBuilder {
  readonly #machine: Machine;
  readonly #postings: Postings;

  constructor(machine: Machine, postings: Postings) {
    this.#machine = machine;
    this.#postings = postings;
  }

  table({ texts, parts, numbers, bounds, blocks, readsNumbers }: Lookup): Address {
    const table = this.textTable(texts);
    const isTooLarge = (parts?.transitions.found.length ?? 0) > ROWS;
    if (parts !== undefined && !isTooLarge) this.#addParts(table, parts);
    const exact = numbers.map(([value, meaning]) => ({ value, order: 0, meaning }));
    const ordered = bounds.map(({ than, order, posting }) => ({
      value: than,
      order: ORDERS[order],
      meaning: posting,
    }));
    const machine = this.#machine;
    machine.set(table, TABLE_NUMBERS, this.#numbers(exact));
    machine.set(table, TABLE_NUMBERS_COUNT, exact.length);
    machine.set(table, TABLE_BOUNDS, this.#numbers(ordered));
    machine.set(table, TABLE_BOUNDS_COUNT, ordered.length);
    this.#addBlocks(table, blocks);
    const odd =
      (readsNumbers ? ODD_NUMBERS : 0) | (blocks.length > 0 ? ODD_ADDRESSES : 0) | (isTooLarge ? ODD_ALL : 0);
    machine.set(table, TABLE_ODD_TEXTS, odd);
    return table;
  }

  /** Of texts alone. The scanner sees only values in ASCII, which no other text equals. */
  textTable(texts: ReadonlyMap<string, Meaning>): Address {
    const machine = this.#machine;
    const table = machine.functions.allocate(TABLE_SIZE);
    let size = 4;
    while (size < 2 * texts.size) size *= 2;
    machine.set(table, TABLE_TEXTS, machine.functions.allocate(4 * size));
    machine.set(table, TABLE_TEXTS_MASK, size - 1);
    for (const [text, meaning] of texts) {
      if (!isAscii(text)) continue;
      const bytes = machine.placeBytes(Buffer.from(text));
      machine.functions.addText(table, bytes, text.length, this.#postings.addressOf(meaning));
    }
    return table;
  }

  #addParts(table: Address, { transitions, postings }: Parts): void {
    const { next, classes, width, initial, endOfValue, found } = transitions;
    const machine = this.#machine;
    const addresses = postings.map((posting) => this.#postings.addressOf(posting));
    const lists = found.map((needles) =>
      needles.length === 0
        ? 0
        : machine.placeList([...new Set(needles.map((needle) => addresses[needle] ?? 0))]),
    );
    // Half the size of what we have: most of the time goes into waiting for rows that are not at hand.
    const rows = Uint16Array.from(next, (state) => {
      const row = (state & (FOUND - 1)) / width;
      return (state & FOUND) === 0 ? row : row | FOUND_HERE;
    });
    machine.set(table, TABLE_NEXT, machine.placeBytes(new Uint8Array(rows.buffer)));
    machine.set(table, TABLE_CLASSES, machine.placeBytes(withCapitals(classes)));
    machine.set(table, TABLE_WIDTH, width);
    machine.set(table, TABLE_INITIAL, (initial & (FOUND - 1)) / width);
    machine.set(table, TABLE_END_CLASS, endOfValue);
    machine.set(table, TABLE_FOUND, machine.place(lists));
  }

  /** Of those blocks in which an address of four bytes can lie: it is mapped into those of sixteen. */
  #addBlocks(table: Address, blocks: Lookup['blocks']): void {
    const machine = this.#machine;
    const near = blocks.filter(({ block: { base, mask } }) => {
      const isMapped = (MAPPED & mask.word2) === base.word2;
      return base.word0 === 0 && base.word1 === 0 && isMapped;
    });
    const words = near.flatMap(({ block: { base, mask }, posting }) => [
      base.word3,
      mask.word3,
      this.#postings.addressOf(posting),
      0,
    ]);
    machine.set(table, TABLE_BLOCKS, machine.place(words));
    machine.set(table, TABLE_BLOCKS_COUNT, words.length / (BLOCK_SIZE / 4));
  }

  #numbers(numbers: readonly Numeric[]): Address {
    const machine = this.#machine;
    const at = machine.functions.allocate(NUMBER_SIZE * numbers.length);
    numbers.forEach(({ value, order, meaning }, i) => {
      const entry = at + i * NUMBER_SIZE;
      machine.doubles[(entry + NUMBER_VALUE) >>> 3] = value;
      machine.set(entry, NUMBER_POSTING, this.#postings.addressOf(meaning));
      machine.set(entry, NUMBER_ORDER, order);
    });
    return at;
  }
}

/** Needles are in lower case, values are not. */
function withCapitals(classes: Uint8Array): Uint8Array {
  const folded = Uint8Array.from(classes);
  folded.set(classes.subarray(0x61, 0x7b), 0x41);
  return folded;
}
