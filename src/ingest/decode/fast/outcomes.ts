/**
 * What the scanner remembers of candidates: which of them held for records that had the same values where they read. It
 * knows outcomes by numbers, and notes one of a record; what they are is kept here.
 */
import type { Interest, Reads } from '../../../model/interest.ts';
import type { Findings } from './findings.ts';
import type { Address, Machine } from './machine.ts';
import type { Notes } from './notes.ts';
import { HOLDS_SHIFT, MOST_KEY_PLACES, RECORD_FLAGS, RECORD_SIZE, STOPS } from './offsets.ts';
import { SoughtTables } from './tables.ts';
import type { Tape, TapedPlaces } from './tape.ts';

/** Lists of candidates that the scanner has room for, and outcomes after which all are forgotten. */
const MOST_LISTS = 512;
const MOST_OUTCOMES = 32_768;
/** Outcomes of a list that are compared with a new one. */
const MOST_COMPARED = 16;

const WORDS = RECORD_SIZE / 4;
/** Places that stand for something else than values. */
const UNTOLD = MOST_KEY_PLACES + 1;

interface Outcome {
  readonly candidates: readonly number[];
  readonly holding: readonly number[];
  /** Records for which it was known without asking, since that was told. */
  known: number;
  /** What is noted of each such record is another thing. */
  readonly isNoted: boolean;
  /** Otherwise, what is noted of all, and where its conditions stood last among findings. */
  readonly notes: Int32Array | undefined;
  place: number | undefined;
}

interface List {
  readonly candidates: readonly number[];
  /** The numbers of its outcomes. */
  readonly outcomes: number[];
}

/** A shape of records, and the values of the one that was scanned last. */
interface Shape {
  readonly address: Address;
  readonly tape: Tape;
  readonly notes: Notes;
}

export class Outcomes {
  readonly #machine: Machine;
  readonly #interest: Interest;
  readonly #sought: SoughtTables;
  readonly #lists = new Map<number, List>();
  /** By their numbers, which begin with 1. */
  readonly #outcomes: (Outcome | undefined)[] = [undefined];
  /** Of the records that were settled last. */
  readonly #settled = new Set<Outcome>();
  /** By record. */
  readonly #notes = new Map<number, Int32Array | undefined>();

  constructor(machine: Machine, interest: Interest) {
    this.#machine = machine;
    this.#interest = interest;
    this.#sought = new SoughtTables(machine);
  }

  /** Forgets everything when it became too much; no record may be waiting for its outcome. */
  limit(): void {
    if (this.#lists.size >= MOST_LISTS || this.#outcomes.length >= MOST_OUTCOMES) this.#forget();
  }

  /** For the candidates of the record that was scanned last, these hold; gives the number of that outcome. */
  add(candidates: readonly number[], holding: readonly number[], shape: Shape): number {
    const { functions } = this.#machine;
    const list = this.#lists.get(functions.list()) ?? this.#add(candidates, shape);
    const number = this.#numberOf(list, holding, shape);
    const outcome = this.#outcomes[number] as Outcome;
    outcome.known--;
    if (functions.isKept() !== 0) functions.keep(outcome.isNoted ? (number | STOPS) >>> 0 : number);
    return number;
  }

  /** Notes that the record that was scanned last has this outcome. */
  note(record: number, number: number, { tape, notes }: Shape): void {
    const { words, addresses } = this.#machine;
    const { holding, isNoted } = this.#outcomes[number] as Outcome;
    words[(addresses.records + record * RECORD_SIZE + RECORD_FLAGS) >>> 2]! |= number << HOLDS_SHIFT;
    if (!isNoted) return;
    // The memory may have grown since.
    tape.rewind();
    this.#notes.set(record, notes.of(holding)?.slice());
  }

  /**
   * Has records say where the conditions stand that hold for them, instead of the numbers of outcomes; gives for how many
   * there was room.
   */
  settle(records: number, findings: Findings): number {
    const { words, addresses } = this.#machine;
    this.#settled.clear();
    const first = (addresses.records + RECORD_FLAGS) >>> 2;
    let settled = 0;
    for (; settled < records; settled++) {
      const at = first + settled * WORDS;
      const flags = words[at] as number;
      if (flags >>> HOLDS_SHIFT === 0) continue;
      const outcome = this.#outcomes[flags >>> HOLDS_SHIFT] as Outcome;
      const place = this.#placeOf(outcome, settled, findings);
      if (place === undefined) break;
      words[at] = (flags & ((1 << HOLDS_SHIFT) - 1)) | (place << HOLDS_SHIFT);
    }
    for (const outcome of this.#settled) this.#count(outcome);
    this.#notes.clear();
    return settled;
  }

  #placeOf(outcome: Outcome, record: number, findings: Findings): number | undefined {
    if (outcome.isNoted || !this.#settled.has(outcome)) {
      const notes = outcome.isNoted ? this.#notes.get(record) : outcome.notes;
      outcome.place = findings.addHolds(outcome.holding, notes);
      if (outcome.place === undefined) return undefined;
      this.#settled.add(outcome);
    }
    outcome.known++;
    return outcome.place;
  }

  #count(outcome: Outcome): void {
    if (outcome.known <= 0) return;
    this.#interest.countKnown(outcome.candidates, outcome.known);
    outcome.known = 0;
  }

  #numberOf({ candidates, outcomes }: List, holding: readonly number[], { notes }: Shape): number {
    const known = outcomes.find((number) => isSame(this.#outcomes[number]!.holding, holding));
    if (known !== undefined) return known;
    const isNoted = notes.differ(holding);
    const shared = isNoted ? undefined : notes.of(holding)?.slice();
    const outcome = { candidates, holding, known: 0, isNoted, notes: shared, place: undefined };
    const number = this.#outcomes.push(outcome) - 1;
    if (outcomes.length < MOST_COMPARED) outcomes.push(number);
    return number;
  }

  #add(candidates: readonly number[], { address, tape }: Shape): List {
    const { functions, addresses } = this.#machine;
    const list = { candidates: [...candidates], outcomes: [] };
    if (this.#lists.size >= MOST_LISTS) return list;
    const places = this.#placesOf(candidates, tape);
    const all = places === undefined ? [] : [...places.values, ...places.presences];
    const isTold = places !== undefined && all.length <= MOST_KEY_PLACES;
    if (isTold) this.#machine.words.set(all, addresses.scratch >>> 2);
    const values = isTold ? places.values.length : UNTOLD;
    this.#lists.set(functions.addList(address, values, isTold ? places.presences.length : 0), list);
    return list;
  }

  /** Undefined when the outcome depends on more than values. */
  #placesOf(candidates: readonly number[], tape: Tape): TapedPlaces | undefined {
    const reads = candidates.map((candidate) => this.#interest.reads(candidate));
    return reads.every((one) => one !== undefined && !one.clock)
      ? tape.placesOf(reads as Reads[], (sought) => this.#sought.of(sought))
      : undefined;
  }

  #forget(): void {
    this.#machine.functions.forgetLists();
    this.#lists.clear();
    this.#outcomes.length = 1;
  }
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}
