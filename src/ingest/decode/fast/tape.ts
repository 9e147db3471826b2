/** The values of the record that was scanned last, read from its bytes when somebody asks for them. */
import type { Scalar } from '../../../data/document.ts';
import type { Interest, Reads, Sought, Values } from '../../../model/interest.ts';
import type { Copied, Layout, Slot, SlotSource } from './layout.ts';
import type { Address, Machine } from './machine.ts';
import {
  ONLY_BEGINNING,
  ONLY_EMPTINESS,
  ONLY_SOUGHT,
  PLACE_PRESENT_IN,
  PLACE_TAPE_FIRST,
  PLACE_TAPED_IN,
  TAPED_TEXT,
  TAPE_FROM,
  TAPE_KIND,
  TAPE_NEXT,
  TAPE_SIZE,
  TAPE_TO,
} from './offsets.ts';
import type { Places } from './places.ts';
import { valueOf } from './places.ts';

export interface PlacedSource {
  readonly place: Address;
  readonly copy: Copied | undefined;
}

export interface PlacedSlot {
  /** The first of them that gives any value counts. */
  readonly groups: readonly Group[];
  readonly constants: readonly Scalar[];
  readonly fallback: Scalar | undefined;
  readonly presence: 'always' | readonly PlacedSource[];
}

export interface Group {
  readonly sources: readonly PlacedSource[];
  readonly isDistinct: boolean;
}

/** Texts that are kept, a power of two, and the longest of them. */
const KEPT_TEXTS = 2048;
const LONGEST_KEPT = 64;

/**
 * All that can become values of some paths, as words, with `ONLY_EMPTINESS` where that is enough, and `ONLY_SOUGHT` or
 * `ONLY_BEGINNING` where words follow that say which values matter, or how much of them; and all by which presences are told.
 */
export interface TapedPlaces {
  readonly values: readonly number[];
  readonly presences: readonly Address[];
}

/** How much of the values of a place matters: all, what is sought, or beginnings of values at other places. */
interface Share {
  isAll: boolean;
  readonly sought: Sought[];
  readonly beginningOf: Address[];
}

type Adder = Parameters<Values['fill']>[1];

export class Tape implements Values {
  readonly #machine: Machine;
  readonly #slots: readonly PlacedSlot[];
  /** By path, whether bytes tell its values, and whether there are any. */
  readonly #known: readonly { readonly values: boolean; readonly presence: boolean }[];
  readonly #interest: Interest;
  /** Of conditions that were candidates, whether they read nothing but what the bytes tell. */
  readonly #tells = new Map<number, boolean>();
  readonly #tape: number;
  readonly #texts: (string | undefined)[] = Array.from({ length: KEPT_TEXTS }, () => undefined);
  #words: Uint32Array = new Uint32Array(0);
  #bytes: Buffer = Buffer.alloc(0);
  #record = 0;

  /** `placed` are the slots of the layout in the memory of the scanner. */
  constructor({ slots }: Layout, placed: readonly PlacedSlot[], machine: Machine, interest: Interest) {
    this.#machine = machine;
    this.#tape = machine.functions.tape.value;
    this.#slots = placed;
    this.#known = slots.map(({ values, presence }) => ({
      values: values !== undefined,
      presence: presence !== undefined,
    }));
    this.#interest = interest;
  }

  /** Whether the bytes tell all that these conditions read. */
  tells(conditions: ArrayLike<number>): boolean {
    for (let i = 0; i < conditions.length; i++) {
      const condition = conditions[i] as number;
      if (!(this.#tells.get(condition) ?? this.#findOut(condition))) return false;
    }
    return true;
  }

  #findOut(condition: number): boolean {
    const reads = this.#interest.reads(condition);
    const tells =
      reads !== undefined &&
      reads.values.every((path) => this.#known[path]?.values === true) &&
      reads.presences.every((path) => this.#known[path]?.presence === true);
    this.#tells.set(condition, tells);
    return tells;
  }

  /** The record that was scanned last is the one that is asked for. */
  rewind(): void {
    this.#words = this.#machine.words;
    this.#bytes = this.#machine.bytes;
    this.#record = this.#machine.functions.walked();
  }

  /** Where the paths that are read have their values. `tableOf` gives 0 for what takes too large a table. */
  placesOf(reads: readonly Reads[], tableOf: (sought: readonly Sought[]) => Address): TapedPlaces {
    const shares = new Map<Address, Share>();
    for (const read of reads) for (const path of read.values) this.#addShare(shares, read, path);
    const asked = reads.flatMap(({ presences }) => presences).map((path) => this.#slots[path]?.presence);
    const presences = asked.flatMap((presence) => (presence === 'always' ? [] : (presence ?? [])));
    for (const { place, copy } of presences) if (copy !== undefined) shareAt(shares, place).isAll = true;
    return {
      values: [...shares].flatMap(([place, share]) => wordsOf(place, share, tableOf)),
      presences: [...new Set(presences.map(({ place }) => place))],
    };
  }

  #addShare(shares: Map<Address, Share>, { sought, beginnings, emptiness }: Reads, path: number): void {
    const some = sought.get(path);
    const others = beginnings.get(path)?.map((other) => this.#ownPlaces(other));
    const isKnown = some !== undefined || others?.every((places) => places !== undefined) === true;
    for (const { place, copy } of this.#sourcesOf(path)) {
      const share = shareAt(shares, place);
      // Whether a copy is there, and which it is, depends on the value.
      if (copy !== undefined || (!isKnown && !emptiness.includes(path))) share.isAll = true;
      if (some !== undefined) share.sought.push(some);
      for (const places of others ?? []) share.beginningOf.push(...(places ?? []));
    }
  }

  #sourcesOf(path: number): readonly PlacedSource[] {
    return this.#slots[path]?.groups.flatMap(({ sources }) => sources) ?? [];
  }

  /** Where all values of a path stand as they are; undefined if it has others. */
  #ownPlaces(path: number): readonly Address[] | undefined {
    const slot = this.#slots[path];
    const sources = this.#sourcesOf(path);
    const hasOthers = slot === undefined || slot.constants.length > 0 || slot.fallback !== undefined;
    return hasOthers || sources.some(({ copy }) => copy !== undefined)
      ? undefined
      : sources.map(({ place }) => place);
  }

  fill(path: number, column: Adder): void {
    const slot = this.#slots[path];
    if (slot === undefined) return;
    for (const constant of slot.constants) column.add(constant);
    for (const group of slot.groups) if (this.#fillFrom(group, column)) return;
    if (slot.fallback !== undefined) column.add(slot.fallback);
  }

  isPresent(path: number): boolean {
    const presence = this.#slots[path]?.presence;
    if (presence === 'always') return true;
    return (
      presence?.some(({ place, copy }) => {
        if (this.#words[(place + PLACE_PRESENT_IN) >>> 2] !== this.#record) return false;
        return copy === undefined || this.#valuesAt(place, copy).length > 0;
      }) === true
    );
  }

  /** Whether there was any value. */
  #fillFrom({ sources, isDistinct }: Group, column: Adder): boolean {
    if (isDistinct) {
      const values = new Set(sources.flatMap(({ place, copy }) => this.#valuesAt(place, copy)));
      for (const value of values) column.add(value);
      return values.size > 0;
    }
    let isAny = false;
    for (const { place, copy } of sources) if (this.#addValues(place, copy, column)) isAny = true;
    return isAny;
  }

  #addValues(place: Address, copy: Copied | undefined, column: Adder): boolean {
    if (copy?.accepts !== undefined || copy?.values !== undefined) {
      const values = this.#valuesAt(place, copy);
      for (const value of values) column.add(value);
      return values.length > 0;
    }
    const first = this.#first(place);
    for (let entry = first; entry !== 0; entry = this.#next(entry)) column.add(this.#valueOf(entry));
    return first !== 0;
  }

  #valuesAt(place: Address, copy: Copied | undefined): readonly Scalar[] {
    const found: Scalar[] = [];
    for (let entry = this.#first(place); entry !== 0; entry = this.#next(entry))
      found.push(this.#valueOf(entry));
    return copy === undefined ? found : copied(found, copy);
  }

  /**
   * Writes of each value at a place what is needed to read it again, with `number` before it; gives the length then, or
   * undefined when there is no room.
   */
  note(place: Address, number: number, into: Int32Array, length: number): number | undefined {
    const words = this.#words;
    let at = length;
    for (let entry = this.#first(place); entry !== 0; entry = this.#next(entry)) {
      if (at === into.length) return undefined;
      into[at++] = number;
      into[at++] = words[this.#at(entry, TAPE_KIND)] as number;
      into[at++] = words[this.#at(entry, TAPE_FROM)] as number;
      into[at++] = words[this.#at(entry, TAPE_TO)] as number;
    }
    return at;
  }

  /** The number of an entry, or 0. */
  #first(place: Address): number {
    const words = this.#words;
    return words[(place + PLACE_TAPED_IN) >>> 2] === this.#record
      ? (words[(place + PLACE_TAPE_FIRST) >>> 2] as number)
      : 0;
  }

  #next(entry: number): number {
    return this.#words[this.#at(entry, TAPE_NEXT)] as number;
  }

  #valueOf(entry: number): Scalar {
    const words = this.#words;
    const from = words[this.#at(entry, TAPE_FROM)] as number;
    const to = words[this.#at(entry, TAPE_TO)] as number;
    const kind = words[this.#at(entry, TAPE_KIND)] as number;
    return kind === TAPED_TEXT ? this.#text(from, to) : valueOf(this.#bytes, kind, from, to);
  }

  /** Values repeat: the same text again is known with all that was found out about it. */
  #text(from: number, to: number): string {
    const length = to - from;
    if (length > LONGEST_KEPT) return this.#bytes.toString('latin1', from, to);
    const slot = this.#machine.functions.hashOf(from, length) & (KEPT_TEXTS - 1);
    const kept = this.#texts[slot];
    if (kept?.length === length && this.#stands(kept, from)) return kept;
    return (this.#texts[slot] = this.#bytes.toString('latin1', from, to));
  }

  #stands(text: string, from: number): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
    return true;
  }

  #at(entry: number, offset: number): number {
    return (this.#tape + (entry - 1) * TAPE_SIZE + offset) >>> 2;
  }
}

function shareAt(shares: Map<Address, Share>, place: Address): Share {
  const known = shares.get(place);
  if (known !== undefined) return known;
  const share = { isAll: false, sought: [], beginningOf: [] };
  shares.set(place, share);
  return share;
}

function wordsOf(
  place: Address,
  { isAll, sought, beginningOf }: Share,
  tableOf: (sought: readonly Sought[]) => Address,
): number[] {
  if (isAll || (sought.length > 0 && beginningOf.length > 0)) return [place];
  if (beginningOf.length > 0) return [place | ONLY_BEGINNING, beginningOf.length, ...beginningOf];
  if (sought.length === 0) return [place | ONLY_EMPTINESS];
  const table = tableOf(sought);
  return table === 0 ? [place] : [place | ONLY_SOUGHT, table];
}

/** What becomes of the values of a place on their way. */
export function copied(values: readonly Scalar[], { accepts, values: become }: Copied): readonly Scalar[] {
  if (accepts !== undefined && !values.every((value) => accepts(String(value)))) return [];
  return become === undefined
    ? values
    : values.map((value) => become.get(value)).filter((value) => value !== undefined);
}

/** Slots of a layout with the places of their values. */
export const placedSlots = (slots: readonly Slot[], places: Places): PlacedSlot[] =>
  slots.map((slot) => placed(slot, places));

function placed({ values = [], constants, fallback, presence = [] }: Slot, places: Places): PlacedSlot {
  const place = ({ node, copy }: SlotSource): PlacedSource => ({ place: places.addressOf(node), copy });
  return {
    groups: values
      .filter((sources) => sources.length > 0)
      .map((sources) => ({
        sources: sources.map(place),
        isDistinct: sources.some(({ copy }) => copy?.distinct === true),
      })),
    constants,
    fallback,
    presence: presence === 'always' ? presence : presence.map(place),
  };
}
