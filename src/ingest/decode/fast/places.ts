/** The places of a layout in the memory of the scanner, and what is made of their values there. */
import type { Scalar } from '../../../data/document.ts';
import { Numeral } from '../../../data/numeral.ts';
import type { Interest, Meaning } from '../../../model/interest.ts';
import type { ByteNode, Target } from './byte-node.ts';
import { HANDED } from './byte-node.ts';
import type { Address, Machine } from './machine.ts';
import {
  CARRIES,
  CARRIES_OBJECTS,
  CONTENT,
  DOTLESS,
  GUARDED,
  HAS_ALWAYS,
  HAS_FACT,
  HAS_PRESENCE,
  HAS_TABLES,
  INEXACT,
  INEXACT_LIST,
  INEXACT_NESTED,
  INEXACT_OBJECT,
  INEXACT_WORD,
  NEW,
  NEW_SEEN,
  NO_LIST,
  NO_OBJECT,
  NO_SCALAR,
  PLACE_ALWAYS,
  PLACE_FACT,
  PLACE_FLAGS,
  PLACE_NUMBER,
  PLACE_PRESENCE,
  PLACE_TABLES,
  PRESENCE_NOTED,
  PRUNED,
  READ,
  REFUSED,
  SOURCE,
  STATIC,
  STRICT,
  TAPED,
  TAPED_ESCAPED,
  TAPED_TEXT,
  UNBUILT,
  UNDERSCORED,
} from './offsets.ts';
import { Postings } from './postings.ts';
import { TableBuilder } from './tables.ts';

interface Place {
  readonly address: Address;
  readonly node: ByteNode;
  /** Where the interest has what stands here, as far as no event had a value there. */
  paths: readonly number[];
  /** What odd values say, by their bytes. */
  readonly answers: Map<string, readonly Meaning[]>;
}

/** Answers for odd values that are kept for each place. */
const MOST_ANSWERS = 1024;
/** Answers for other values, powers of two: the more, the longer it takes to find one, and the less stays at hand. */
const [MANY_ANSWERS, FEW_ANSWERS] = [128, 16];

export class Places {
  readonly postings: Postings;
  readonly #machine: Machine;
  readonly #interest: Interest;
  readonly #tables: TableBuilder;
  readonly #places: Place[] = [];
  readonly #addresses = new Map<ByteNode, Address>();
  /** By path of the interest; 0 where there is nothing to look up. */
  readonly #shared = new Map<number, Address>();
  #new: Place[] = [];

  constructor(machine: Machine, interest: Interest) {
    this.#machine = machine;
    this.#interest = interest;
    this.postings = new Postings(machine, interest);
    this.#tables = new TableBuilder(machine, this.postings);
  }

  /** The place of a node, with all below it. What stands below is only reached through what is around it. */
  add(node: ByteNode): Address {
    const machine = this.#machine;
    const fresh = node.paths.filter((path) => !this.#interest.isKnown(path));
    const presence = this.postings.addressOf(node.presence);
    const always = this.postings.addressOf(node.always);
    const flags =
      flagsOf(node) |
      (fresh.length > 0 ? NEW : 0) |
      (presence === 0 ? 0 : HAS_PRESENCE) |
      (always === 0 ? 0 : HAS_ALWAYS);
    const address = machine.functions.newPlace(flags);
    const place = { address, node, paths: fresh, answers: new Map<string, readonly Meaning[]>() };
    if (fresh.length > 0) this.#new.push(place);
    this.#addresses.set(node, address);
    machine.set(address, PLACE_NUMBER, this.#places.push(place) - 1);
    machine.set(address, PLACE_FACT, node.fact);
    machine.set(address, PLACE_PRESENCE, presence);
    machine.set(address, PLACE_ALWAYS, always);
    if (node.targets.length > 0) machine.set(address, PLACE_TABLES, UNBUILT);
    for (const [segment, child] of node.children) {
      const below = this.add(child);
      if (segment.startsWith(HANDED)) continue;
      const key = Buffer.from(JSON.stringify(segment));
      machine.functions.addKey(address, machine.placeBytes(key), key.length, below);
    }
    return address;
  }

  addressOf(node: ByteNode): Address {
    return this.#addresses.get(node) ?? 0;
  }

  /** Paths that got their first value are known from now on. */
  refresh(): void {
    const machine = this.#machine;
    // There may be many, and they are asked often.
    if (machine.functions.newSeen() === 0) return;
    const { words } = machine;
    const seen = this.#new.filter(({ address }) => (words[(address + PLACE_FLAGS) >>> 2]! & NEW_SEEN) !== 0);
    for (const place of seen) {
      place.paths = place.paths.filter((path) => !this.#interest.isKnown(path));
      const kept = machine.get(place.address, PLACE_FLAGS) & ~(NEW | NEW_SEEN);
      machine.set(place.address, PLACE_FLAGS, place.paths.length === 0 ? kept : kept | NEW);
    }
    if (seen.length > 0) this.#new = this.#new.filter(({ paths }) => paths.length > 0);
  }

  joined(meanings: readonly Meaning[]): Meaning {
    return this.#interest.joined(meanings);
  }

  /** Makes the tables of a place, when its first value comes. */
  build(number: number): void {
    const place = this.#places[number];
    if (place === undefined) return;
    const machine = this.#machine;
    const targets = place.node.targets;
    const tables = targets.map((target) => this.#tableOf(target)).filter((table) => table !== 0);
    if (tables.length === 0) {
      // Nothing is filed here: values need not be looked up any more.
      machine.set(place.address, PLACE_TABLES, 0);
      machine.set(place.address, PLACE_FLAGS, machine.get(place.address, PLACE_FLAGS) & ~HAS_TABLES);
      return;
    }
    machine.set(place.address, PLACE_TABLES, machine.placeList(tables));
    const hasPieces = targets.some(({ path }) => this.#interest.lookup(path)?.parts !== undefined);
    machine.functions.makeAnswers(place.address, hasPieces ? MANY_ANSWERS : FEW_ANSWERS);
  }

  #tableOf({ path, translation }: Target): Address {
    if (translation !== undefined) return this.#translated(path, translation);
    const known = this.#shared.get(path);
    if (known !== undefined) return known;
    const lookup = this.#interest.lookup(path);
    const made = lookup === undefined ? 0 : this.#tables.table(lookup);
    this.#shared.set(path, made);
    return made;
  }

  #translated(path: number, translation: ReadonlyMap<Scalar, Scalar>): Address {
    const texts = [...translation].flatMap(([from, to]) => {
      const meaning = this.#interest.value(path, to);
      return meaning === undefined ? [] : [[String(from).toLowerCase(), meaning] as const];
    });
    return texts.length === 0 ? 0 : this.#tables.textTable(new Map(texts));
  }

  /** Meets what a value says that the scanner cannot look up. */
  lookUp(number: number, kind: number, from: Address, to: Address): void {
    const place = this.#places[number];
    if (place === undefined) return;
    const { bytes } = this.#machine;
    const key = `${kind}${bytes.toString('latin1', from, to)}`;
    let meanings = place.answers.get(key);
    if (meanings === undefined) {
      meanings = this.#meaningsOf(place.node.targets, valueOf(bytes, kind, from, to));
      if (place.answers.size >= MOST_ANSWERS) place.answers.clear();
      if (key.length < MOST_ANSWERS) place.answers.set(key, meanings);
    }
    for (const meaning of meanings) this.postings.meet(meaning);
  }

  #meaningsOf(targets: readonly Target[], value: Scalar): Meaning[] {
    return targets
      .map(({ path, translation }) => {
        const become = translation === undefined ? value : translation.get(value);
        return become === undefined ? undefined : this.#interest.value(path, become);
      })
      .filter((meaning) => meaning !== undefined);
  }
}

/** Of a token; a text comes without its quotes. */
export function valueOf(bytes: Buffer, kind: number, from: number, to: number): Scalar {
  if (kind === TAPED_TEXT) return bytes.toString('latin1', from, to);
  if (kind === TAPED_ESCAPED) return JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string;
  return wordOf(bytes.toString('latin1', from, to));
}

/** Of a token that is no text. */
export function wordOf(word: string): Scalar {
  if (word === 'true' || word === 'false') return word === 'true';
  return String(Number(word)) === word ? Number(word) : new Numeral(word);
}

function flagsOf(node: ByteNode): number {
  const { inexact } = node;
  const flags = [
    [node.noList, NO_LIST],
    [node.noObject, NO_OBJECT],
    [node.noScalar, NO_SCALAR],
    [node.refused, REFUSED],
    [node.strict, STRICT],
    [node.guarded, GUARDED],
    [node.dotless, DOTLESS],
    [node.underscored, UNDERSCORED],
    [node.isContent, CONTENT],
    [node.isPruned, PRUNED],
    [node.carries, CARRIES],
    [node.carriesObjects, CARRIES_OBJECTS],
    [node.isRead, READ],
    [node.isSource, SOURCE],
    [node.isTaped, TAPED],
    [node.isPresenceNoted, PRESENCE_NOTED],
    [inexact.always, INEXACT],
    [inexact.list, INEXACT_LIST],
    [inexact.object, INEXACT_OBJECT],
    [inexact.word, INEXACT_WORD],
    [inexact.nested, INEXACT_NESTED],
    [node.fact !== -1, HAS_FACT],
    [node.targets.length > 0, HAS_TABLES],
  ] as const;
  return flags.reduce((all, [has, flag]) => (has ? all | flag : all), STATIC);
}
