/**
 * What pieces of patterns are looked for with. Each one is filed under four of its characters, the rarest of them; a value
 * is looked at four characters at a time, and only where the bit of those is set, the pieces that are filed there are
 * compared. So nearly every character costs one look at a few kilobytes, which stay at hand.
 *
 * Nothing is overlooked: a piece that stands in a value stands there with its four characters, whose bit is set. Pieces
 * that are too short for that are compared four at a time: at the beginning and the end of a value, and wherever one of
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
  PIECES_SHIFT,
  PIECES_SHORT,
  PIECES_SINGLES,
  WINDOW,
  WINDOW_FOLD,
  WINDOW_MIXER,
} from './offsets.ts';
import type { Postings } from './postings.ts';

type Pieces = NonNullable<Lookup['parts']>;
type Needle = Pieces['needles'][number];

interface Piece extends Needle {
  readonly posting: Address;
}

/** So many bits for each piece, and at least and at most so many in all, as powers of two. */
const BITS_OF_A_PIECE = 64;
const [LEAST_BITS, MOST_BITS] = [8, 15];
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
  readonly #postings: Postings;

  constructor(machine: Machine, postings: Postings) {
    this.#machine = machine;
    this.#postings = postings;
  }

  /** Undefined when too many pieces are short or alike. */
  pieces({ needles, postings }: Pieces): Address | undefined {
    const machine = this.#machine;
    const addressOf = (meaning: Meaning | undefined): Address => this.#postings.addressOf(meaning);
    const all = needles.map((needle, i): Piece => ({ ...needle, posting: addressOf(postings[i]) }));
    const shorts = all.filter(isShort);
    const shift = 32 - bitsFor(all.length - shorts.length);
    const filed = filedBy(
      all.filter((piece) => !isShort(piece)),
      shift,
    );
    if (shorts.length > MOST_SHORT || filed.some((list) => (list?.length ?? 0) > MOST_IN_ONE_PLACE))
      return undefined;
    const at = machine.functions.allocate(PIECES_BITS + filed.length / 8);
    machine.set(at, PIECES_SHIFT, shift);
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
  #placeBits(at: Address, filed: readonly (readonly Filed[] | undefined)[]): void {
    const machine = this.#machine;
    const ranks = new Uint16Array(Math.ceil(filed.length / 32));
    const lists: Address[] = [];
    filed.forEach((list, bit) => {
      if (bit % 32 === 0) ranks[bit / 32] = lists.length;
      if (list === undefined) return;
      lists.push(this.#list(list));
      machine.words[((at + PIECES_BITS) >>> 2) + (bit >>> 5)]! |= 1 << bit;
    });
    machine.set(at, PIECES_RANKS, machine.placeBytes(new Uint8Array(ranks.buffer)));
    machine.set(at, PIECES_FILED, machine.place(lists));
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

  #singles(pieces: readonly Piece[]): Address {
    if (pieces.length === 0) return 0;
    return this.#machine.place([
      pieces.length,
      ...pieces.flatMap(({ text, posting }) => [text.charCodeAt(0), posting]),
    ]);
  }

  /** For each place in a short piece, which kinds of pieces have which lower and which upper half of a character there. */
  #halves(pieces: readonly Piece[]): Address {
    const at = this.#machine.functions.allocate(HALVES_SIZE);
    const { bytes } = this.#machine;
    pieces.forEach(({ text }, i) => {
      for (let place = 0; place < WINDOW - 1; place++) {
        const lower = at + 2 * HALF * place;
        const code = text.charCodeAt(place);
        for (let half = 0; half < HALF; half++) {
          if (place >= text.length || (code & 15) === half) bytes[lower + half]! |= 1 << (i % KINDS);
          if (place >= text.length || code >>> 4 === half) bytes[lower + HALF + half]! |= 1 << (i % KINDS);
        }
      }
    });
    return at;
  }
}

/** At the beginning and the end whole windows are short, too. */
const isShort = ({ text, at }: Needle): boolean => text.length < WINDOW + (at === 'anywhere' ? 0 : 1);

function bitsFor(pieces: number): number {
  const wanted = Math.ceil(Math.log2(BITS_OF_A_PIECE * Math.max(1, pieces)));
  return Math.min(MOST_BITS, Math.max(LEAST_BITS, wanted));
}

/** A piece, and how far before its window it begins. */
interface Filed {
  readonly piece: Piece;
  readonly back: number;
}

/** Pieces by the hash of their window; those with the least choice come first. */
function filedBy(pieces: readonly Piece[], shift: number): (Filed[] | undefined)[] {
  const filed = Array.from({ length: 2 ** (32 - shift) }, (): Filed[] | undefined => undefined);
  for (const piece of pieces.toSorted((a, b) => a.text.length - b.text.length)) {
    const hashAt = (back: number): number => hashOf(piece.text.slice(back, back + WINDOW), shift);
    const back = rarestWindow(piece.text, (at) => filed[hashAt(at)]?.length ?? 0);
    (filed[hashAt(back)] ??= []).push({ piece, back });
  }
  return filed;
}

function rarestWindow(text: string, crowd: (at: number) => number): number {
  const cost = (at: number): number => {
    const characters = Array.from(text.slice(at, at + WINDOW), commonness);
    return characters.reduce((product, share) => product * share, 1 + crowd(at));
  };
  let best = 0;
  for (let at = 1; at <= text.length - WINDOW; at++) if (cost(at) < cost(best)) best = at;
  return best;
}

function commonness(character: string): number {
  const rank = COMMON.indexOf(character);
  return 1 / (4 + (rank === -1 ? COMMON.length : rank));
}

/** As the scanner computes it. */
function hashOf(window: string, shift: number): number {
  const word = Buffer.from(window, 'latin1').readUInt32LE();
  return Math.imul(word | WINDOW_FOLD, WINDOW_MIXER) >>> shift;
}
