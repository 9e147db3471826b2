/**
 * What pieces of patterns are looked for with. Each one is filed under windows of four of its characters, the rarest ones;
 * a value is looked at four characters at a time, at every second character, and only where the bit of those is set, the
 * pieces that are filed there are compared. So two characters cost one look at two kilobytes, which stay at hand.
 *
 * Nothing is overlooked: a piece that stands in a value stands there with all its windows, every second of which is
 * looked at. So it is filed under one that begins at an even and one that begins at an odd character of it; only the even
 * one is needed when the piece begins with the value. Pieces that are too short for that are compared four at a time: at the beginning and the end of a value, and wherever one of
 * them begins by the look of its characters' halves, sixteen places at a time. Single characters, which nearly every value
 * may have, are told once.
 */
import type { Lookup, Meaning } from '../../../model/interest.ts';
import type { Address, Machine } from './machine.ts';
import {
  GROUP_LENGTHS,
  GROUP_MASKS,
  GROUP_POSTINGS,
  GROUP_SIZE,
  GROUP_TEXTS,
  HALVES_SIZE,
  LISTED,
  PIECE_AT,
  PIECE_BACK,
  PIECE_LENGTH,
  PIECE_POSTING,
  PIECE_SIZE,
  PIECE_TEXT,
  PIECES_AT_END,
  PIECES_AT_START,
  PIECES_BITS,
  PIECES_FILED,
  PIECES_HALVES,
  PIECES_RANKS,
  PIECES_SHORT,
  PIECES_SINGLES,
  SINGLES_POSTINGS,
  SINGLES_SIZE,
  WINDOW,
  WINDOW_FOLD,
  WINDOW_MIXER,
  WINDOW_SHIFT,
} from './offsets.ts';
import type { Postings } from './postings.ts';

type Pieces = NonNullable<Lookup['parts']>;
type Needle = Pieces['needles'][number];

interface Piece extends Needle {
  readonly posting: Address;
}

/** A bit for each hash of a window. */
const BITS = 2 ** (32 - WINDOW_SHIFT);
/** Were more pieces filed in one place, or more of them short, values could be made that are slow to look at. */
const MOST_IN_ONE_PLACE = 32;
const MOST_SHORT = 256;
/** Characters in the order of how often values have them, as far as it matters: the first ones are the worst to look for. */
const COMMON = 'e/ts-aoinr.l0dcpu1m2 bhf3g45y6789vwk_=:x';
const PLACES = ['anywhere', 'start', 'end'] as const;
/** What four bits can be, and how many short pieces are told apart by them. */
const [HALF, KINDS] = [16, 8];

export class PieceBuilder {
  readonly #machine: Machine;
  readonly #postings: Pick<Postings, 'addressOf'>;

  constructor(machine: Machine, postings: Pick<Postings, 'addressOf'>) {
    this.#machine = machine;
    this.#postings = postings;
  }

  /** Undefined when too many pieces are short or alike. */
  pieces({ needles, postings }: Pieces): Address | undefined {
    const machine = this.#machine;
    const addressOf = (meaning: Meaning | undefined): Address => this.#postings.addressOf(meaning);
    const all = needles.map((needle, i): Piece => ({ ...needle, posting: addressOf(postings[i]) }));
    const shorts = all.filter(isShort);
    const filed = filedBy(all.filter((piece) => !isShort(piece)));
    if (shorts.length > MOST_SHORT || filed.values().some((list) => list.length > MOST_IN_ONE_PLACE))
      return undefined;
    const at = machine.functions.allocate(PIECES_BITS + BITS / 8);
    this.#placeBits(at, filed);
    const [anywhere = [], first = [], last = []] = PLACES.map((place) =>
      shorts.filter((p) => p.at === place),
    );
    const several = anywhere.filter(({ text }) => text.length > 1);
    machine.set(at, PIECES_SHORT, this.#groups(several, 0));
    machine.set(at, PIECES_HALVES, this.#halves(several));
    machine.set(at, PIECES_SINGLES, this.#singles(anywhere.filter(({ text }) => text.length === 1)));
    machine.set(at, PIECES_AT_START, this.#groups(first, 0));
    machine.set(at, PIECES_AT_END, this.#groups(last, WINDOW));
    return at;
  }

  /** The bits; how many are set before each word of them; and what is filed under each one that is set. */
  #placeBits(at: Address, filed: FiledPieces): void {
    const machine = this.#machine;
    const set = [...filed.keys()].sort((a, b) => a - b);
    const lists = set.map((bit) => this.#list(filed.get(bit) ?? []));
    const ranks = new Uint16Array(BITS / 32 + 1);
    for (const bit of set) {
      machine.words[((at + PIECES_BITS) >>> 2) + (bit >>> 5)]! |= 1 << bit;
      ranks[(bit >>> 5) + 1]! += 1;
    }
    for (let word = 1; word < ranks.length; word++) ranks[word]! += ranks[word - 1] ?? 0;
    machine.set(at, PIECES_RANKS, machine.placeBytes(new Uint8Array(ranks.buffer)));
    machine.set(at, PIECES_FILED, lists.length === 0 ? 0 : machine.place(lists));
  }

  /** One piece, or several with a mark. */
  #list(filed: readonly Filed[]): Address {
    const pieces = filed.map((piece) => this.#piece(piece));
    const [first = 0] = pieces;
    return pieces.length === 1 ? first : this.#machine.placeList(pieces) | LISTED;
  }

  #piece({ piece: { text, at, posting }, back }: Filed): Address {
    const machine = this.#machine;
    const address = machine.functions.allocate(PIECE_SIZE + text.length);
    machine.set(address, PIECE_POSTING, posting);
    machine.set(address, PIECE_LENGTH, text.length);
    machine.set(address, PIECE_BACK, back);
    machine.set(address, PIECE_AT, PLACES.indexOf(at));
    machine.bytes.write(text, address + PIECE_TEXT, 'latin1');
    return address;
  }

  /** Short pieces, four in a group, each in a word: in its lower bytes, or in the upper ones of `width`. */
  #groups(pieces: readonly Piece[], width: number): Address {
    if (pieces.length === 0) return 0;
    const machine = this.#machine;
    const groups = Math.ceil(pieces.length / 4);
    const at = machine.functions.allocate(16 + GROUP_SIZE * groups);
    machine.set(at, 0, groups);
    // What is left of the last group asks for more characters than any value has.
    for (let i = 0; i < 4 * groups; i++) {
      const { text, posting } = pieces[i] ?? { text: '', posting: 0 };
      const before = Math.max(0, width - text.length);
      const word = at + 16 + GROUP_SIZE * (i >>> 2) + 4 * (i & 3);
      machine.bytes.write(text, word + GROUP_TEXTS + before, 'latin1');
      machine.bytes.fill(0xff, word + GROUP_MASKS + before, word + GROUP_MASKS + before + text.length);
      machine.set(word, GROUP_POSTINGS, posting);
      machine.set(word, GROUP_LENGTHS, i < pieces.length ? text.length : 0xffffffff);
    }
    return at;
  }

  /** Single characters, eight together. */
  #singles(pieces: readonly Piece[]): Address {
    if (pieces.length === 0) return 0;
    const machine = this.#machine;
    const parts = Math.ceil(pieces.length / KINDS);
    const at = machine.functions.allocate(16 + SINGLES_SIZE * parts);
    machine.set(at, 0, parts);
    for (let part = 0; part < parts; part++) {
      const eight = at + 16 + SINGLES_SIZE * part;
      const some = pieces.slice(KINDS * part, KINDS * (part + 1));
      this.#addKinds(eight, some, 0);
      some.forEach(({ posting }, i) => machine.set(eight, SINGLES_POSTINGS + 4 * i, posting));
    }
    return at;
  }

  /** For each place in a short piece, which kinds of pieces have which lower and which upper half of a character there. */
  #halves(pieces: readonly Piece[]): Address {
    const at = this.#machine.functions.allocate(HALVES_SIZE);
    for (let place = 0; place < WINDOW - 1; place++) this.#addKinds(at + 2 * HALF * place, pieces, place);
    return at;
  }

  /** A piece that has no character there may have any. */
  #addKinds(at: Address, pieces: readonly Piece[], place: number): void {
    const { bytes } = this.#machine;
    pieces.forEach(({ text }, i) => {
      const code = text.charCodeAt(place);
      for (let half = 0; half < HALF; half++) {
        if (place >= text.length || (code & 15) === half) bytes[at + half]! |= 1 << (i % KINDS);
        if (place >= text.length || code >>> 4 === half) bytes[at + HALF + half]! |= 1 << (i % KINDS);
      }
    });
  }
}

/** Whether a piece has no two windows. */
const isShort = ({ text }: Needle): boolean => text.length <= WINDOW;

/** A piece, and how far before its window it begins. */
interface Filed {
  readonly piece: Piece;
  readonly back: number;
}

/** By the hashes of their windows. */
type FiledPieces = ReadonlyMap<number, readonly Filed[]>;

/** Pieces with the least choice come first. */
function filedBy(pieces: readonly Piece[]): FiledPieces {
  const filed = new Map<number, Filed[]>();
  for (const piece of pieces.toSorted((a, b) => a.text.length - b.text.length)) {
    const hashAt = (back: number): number => hashOf(piece.text.slice(back, back + WINDOW));
    for (const first of piece.at === 'start' ? [0] : [0, 1]) {
      const back = rarestWindow(piece.text, first, (at) => filed.get(hashAt(at))?.length ?? 0);
      const list = filed.get(hashAt(back)) ?? [];
      list.push({ piece, back });
      filed.set(hashAt(back), list);
    }
  }
  return filed;
}

/** Of every second one. */
function rarestWindow(text: string, first: number, crowd: (at: number) => number): number {
  const cost = (at: number): number => {
    const characters = Array.from(text.slice(at, at + WINDOW), commonness);
    return characters.reduce((product, share) => product * share, 1 + crowd(at));
  };
  let best = first;
  for (let at = first + 2; at <= text.length - WINDOW; at += 2) if (cost(at) < cost(best)) best = at;
  return best;
}

function commonness(character: string): number {
  const rank = COMMON.indexOf(character);
  return 1 / (4 + (rank === -1 ? COMMON.length : rank));
}

/** As the scanner computes it. */
function hashOf(window: string): number {
  const word = Buffer.from(window, 'latin1').readUInt32LE();
  return Math.imul(word | WINDOW_FOLD, WINDOW_MIXER) >>> WINDOW_SHIFT;
}
