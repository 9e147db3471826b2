/** What the values of a path are looked up in, as the scanner has it. */
import { isAscii } from '../../../data/scalar.ts';
import type { Lookup, Meaning, Sought } from '../../../model/interest.ts';
import type { Address, Machine } from './machine.ts';
import {
  BLOCK_SIZE,
  NUMBER_ORDER,
  NUMBER_POSTING,
  NUMBER_SIZE,
  NUMBER_VALUE,
  ODD_ADDRESSES,
  ODD_ALL,
  ODD_NUMBERS,
  ODD_WIDE,
  ORDER_GT,
  ORDER_GTE,
  ORDER_LT,
  ORDER_LTE,
  TABLE_BLOCKS,
  TABLE_BLOCKS_COUNT,
  TABLE_BOUNDS,
  TABLE_BOUNDS_COUNT,
  TABLE_NUMBERS,
  TABLE_NUMBERS_COUNT,
  TABLE_ODD_TEXTS,
  TABLE_PIECES,
  TABLE_SIZE,
  TABLE_TEXTS,
  TABLE_TEXTS_MASK,
} from './offsets.ts';
import { PieceBuilder } from './pieces.ts';
import type { Postings } from './postings.ts';

const ORDERS = { lt: ORDER_LT, lte: ORDER_LTE, gt: ORDER_GT, gte: ORDER_GTE } as const;

/** The third word of an address of four bytes. */
const MAPPED = 0xffff;

interface Numeric {
  readonly value: number;
  readonly order: number;
  readonly meaning: Meaning;
}

export class TableBuilder {
  readonly #machine: Machine;
  readonly #postings: Pick<Postings, 'addressOf'>;
  readonly #pieces: PieceBuilder;

  constructor(machine: Machine, postings: Pick<Postings, 'addressOf'>) {
    this.#machine = machine;
    this.#postings = postings;
    this.#pieces = new PieceBuilder(machine, postings);
  }

  table({ texts, parts, numbers, bounds, blocks, readsNumbers }: Lookup): Address {
    const table = this.textTable(texts);
    const pieces = parts === undefined ? 0 : this.#pieces.pieces(parts);
    const exact = numbers.map(([value, meaning]) => ({ value, order: 0, meaning }));
    const ordered = bounds.map(({ than, order, posting }) => ({
      value: than,
      order: ORDERS[order],
      meaning: posting,
    }));
    const machine = this.#machine;
    machine.set(table, TABLE_PIECES, pieces ?? 0);
    machine.set(table, TABLE_NUMBERS, this.#numbers(exact));
    machine.set(table, TABLE_NUMBERS_COUNT, exact.length);
    machine.set(table, TABLE_BOUNDS, this.#numbers(ordered));
    machine.set(table, TABLE_BOUNDS_COUNT, ordered.length);
    this.#addBlocks(table, blocks);
    const odd =
      (readsNumbers ? ODD_NUMBERS : 0) |
      (blocks.length > 0 ? ODD_ADDRESSES : 0) |
      (pieces === undefined ? ODD_ALL : 0);
    machine.set(table, TABLE_ODD_TEXTS, odd | machine.get(table, TABLE_ODD_TEXTS));
    return table;
  }

  /** Of texts and pieces alone, which all say the same; 0 where pieces are too many or too much alike. */
  soughtTable({ texts, pieces }: Sought): Address {
    const table = this.textTable(new Map(texts.map((text) => [text, SOUGHT])));
    if (pieces.length === 0) return table;
    const placed = this.#pieces.pieces({ needles: pieces, postings: pieces.map(() => SOUGHT) });
    if (placed !== undefined) this.#machine.set(table, TABLE_PIECES, placed);
    return placed === undefined ? 0 : table;
  }

  /** Of texts alone. Values in ASCII are equal to no other texts, and for other values it is marked that there are such. */
  textTable(texts: ReadonlyMap<string, Meaning>): Address {
    const machine = this.#machine;
    const table = machine.functions.allocate(TABLE_SIZE);
    let size = 4;
    while (size < 2 * texts.size) size *= 2;
    machine.set(table, TABLE_TEXTS, machine.functions.allocate(4 * size));
    machine.set(table, TABLE_TEXTS_MASK, size - 1);
    if (!texts.keys().every(isAscii)) machine.set(table, TABLE_ODD_TEXTS, ODD_WIDE);
    for (const [text, meaning] of texts) {
      if (!isAscii(text)) continue;
      const bytes = machine.placeBytes(Buffer.from(text));
      machine.functions.addText(table, bytes, text.length, this.#postings.addressOf(meaning));
    }
    return table;
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

/** Tables that only tell whether a value meets anything: so many at most, as memory is never given back. */
const MOST_SOUGHT = 512;
const SOUGHT: Meaning = {};

export class SoughtTables {
  readonly #builder: TableBuilder;
  /** By what is sought. */
  readonly #tables = new Map<string, Address>();

  constructor(machine: Machine) {
    this.#builder = new TableBuilder(machine, { addressOf: () => machine.functions.sought.value });
  }

  /** 0 where there are too many tables, or pieces that the scanner cannot look for. */
  of(sought: readonly Sought[]): Address {
    const texts = [...new Set(sought.flatMap((one) => one.texts))].sort();
    const pieces = new Map(
      sought.flatMap((one) => one.pieces).map((piece) => [`${piece.at} ${piece.text}`, piece]),
    );
    const key = JSON.stringify([texts, [...pieces.keys()].sort()]);
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    if (this.#tables.size === MOST_SOUGHT) return 0;
    const made = this.#builder.soughtTable({ texts, pieces: [...pieces.values()] });
    this.#tables.set(key, made);
    return made;
  }
}
