/**
 * Where the values stand that rules read of a record once their conditions hold for it: noted when it is scanned, so that
 * its document need not be made for them.
 */
import type { Scalar } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import type { Layout } from './layout.ts';
import type { Address } from './machine.ts';
import { wordOf } from './places.ts';
import type { Group, PlacedSlot, PlacedSource, Tape } from './tape.ts';
import { copied } from './tape.ts';
import { TAPED_ESCAPED, TAPED_TEXT } from './offsets.ts';

/** Numbers of an entry: of its place, its kind, and where it begins and ends. */
export const NOTE = 4;

/** More entries than that are not worth their room. */
const MOST_ENTRIES = 256;

/** A record in memory of its own, and what was noted of it; undefined where nothing was. */
export interface NotedRecord {
  readonly bytes: Buffer;
  readonly notes: readonly number[] | undefined;
}

export class Notes {
  readonly #tape: Tape;
  readonly #paths: ReadonlyMap<string, number>;
  /** Undefined where only documents tell. */
  readonly #slots: readonly (PlacedSlot | undefined)[];
  /** The values of which places are noted, by the number that these have in notes. */
  readonly #places: readonly Address[];
  readonly #numbers: ReadonlyMap<Address, number>;
  readonly #wants: Interest['wants'];
  /** For each condition the numbers of the places. */
  readonly #noted: readonly (readonly number[] | undefined)[];
  readonly #entries = new Int32Array(MOST_ENTRIES * NOTE);
  readonly #isNoted: Uint8Array;

  /** `placed` are the slots of the layout in the memory of the scanner. */
  constructor({ slots }: Layout, placed: readonly PlacedSlot[], tape: Tape, interest: Interest) {
    this.#tape = tape;
    this.#paths = new Map(interest.paths.map((path, position) => [path, position]));
    this.#slots = placed.map((slot, path) => (slots[path]?.values === undefined ? undefined : slot));
    this.#wants = interest.wants;
    const placesOf = (path: number): Address[] =>
      this.#slots[path]?.groups.flatMap(({ sources }) => sources.map(({ place }) => place)) ?? [];
    const wanted = new Set(interest.wants.flatMap((paths) => [...(paths ?? [])]));
    this.#places = [...new Set([...wanted].flatMap(placesOf))];
    const numbers = new Map(this.#places.map((place, number) => [place, number]));
    this.#numbers = numbers;
    this.#noted = interest.wants.map(
      (paths) => paths && [...paths].flatMap(placesOf).map((place) => numbers.get(place) ?? 0),
    );
    this.#isNoted = new Uint8Array(this.#places.length);
  }

  /**
   * Of the record that is on the tape, for which these conditions hold: entries one behind the other. Undefined when its
   * document is needed anyway, or there are too many.
   */
  of(holding: readonly number[]): Int32Array | undefined {
    let length: number | undefined = 0;
    this.#isNoted.fill(0);
    for (const condition of holding) {
      const places = this.#noted[condition];
      if (places === undefined) return undefined;
      for (const place of places) {
        if (this.#isNoted[place] === 1) continue;
        this.#isNoted[place] = 1;
        length = this.#tape.note(this.#places[place] as Address, place, this.#entries, length);
        if (length === undefined) return undefined;
      }
    }
    return this.#entries.subarray(0, length);
  }

  /** Whether entries of records for which these conditions hold may differ. */
  differ(holding: readonly number[]): boolean {
    const noted = holding.map((condition) => this.#noted[condition]);
    return noted.every((places) => places !== undefined) && noted.some((places) => places?.length !== 0);
  }

  /** The values at a path, in the order of the document; undefined when only the document tells. */
  told(path: string, holding: readonly number[], record: NotedRecord): readonly Scalar[] | undefined {
    const position = this.#paths.get(path);
    if (record.notes === undefined || position === undefined) return undefined;
    if (!holding.some((condition) => this.#wants[condition]?.has(position) === true)) return undefined;
    const slot = this.#slots[position];
    return slot && this.#valuesOf(slot, record);
  }

  #valuesOf({ constants, groups, fallback }: PlacedSlot, record: NotedRecord): readonly Scalar[] | undefined {
    for (const group of groups) {
      const found = this.#ofGroup(group, record);
      // What stands beside a value that every record has, no rule says.
      if (found === undefined || found.length > 0)
        return found === undefined || constants.length > 0 ? undefined : found;
    }
    return constants.length > 0 || fallback === undefined ? constants : [fallback];
  }

  #ofGroup({ sources, isDistinct }: Group, record: NotedRecord): readonly Scalar[] | undefined {
    let all: readonly Scalar[] = [];
    for (const source of sources) {
      const found = this.#ofSource(source, record);
      if (found === undefined) return undefined;
      all = all.length === 0 ? found : [...all, ...found];
    }
    return isDistinct && all.length > 1 ? [...new Set(all)] : all;
  }

  /** Undefined where several values do not stand side by side in one list: who says which comes first in the document? */
  #ofSource({ place, copy }: PlacedSource, record: NotedRecord): readonly Scalar[] | undefined {
    const number = this.#numbers.get(place);
    const { bytes, notes = [] } = record;
    const found: Scalar[] = [];
    let end = -1;
    for (let at = 0; at < notes.length; at += NOTE) {
      if (notes[at] !== number) continue;
      const [from, to] = [notes[at + 2] as number, notes[at + 3] as number];
      if (end !== -1 && !isBetweenItems(bytes, end, from)) return undefined;
      found.push(valueIn(bytes, notes[at + 1] as number, from, to));
      end = to;
    }
    return copy === undefined ? found : copied(found, copy);
  }
}

const BETWEEN_ITEMS: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n",'));

/** Whether nothing but the end of one item of a list and the beginning of the next stands there. */
function isBetweenItems(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!BETWEEN_ITEMS.has(bytes[at] as number)) return false;
  return true;
}

function valueIn(bytes: Buffer, kind: number, from: number, to: number): Scalar {
  if (kind === TAPED_TEXT) return bytes.toString('latin1', from, to);
  if (kind !== TAPED_ESCAPED) return wordOf(bytes.toString('latin1', from, to));
  return JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string;
}
