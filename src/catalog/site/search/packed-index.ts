/**
 * Words to documents for the browser: the same documents are found as by `TextIndex`, from data that need not be
 * unpacked before a word is looked up. A posting holds the place of a document and, in one digit, how much the word
 * counts there.
 */
import type { TextDocument, WordFinder } from '../../search/text-index.ts';
import { BEGINNING, RAREST, misspelling } from '../../search/text-index.ts';
import { isFunctionWord, stem, wordsOf } from '../../text/words.ts';
import { NumberReader, writeNumber } from './numbers.ts';

export interface PackedIndex {
  /** How many documents there are. */
  readonly size: number;
  /** Sorted by code unit. */
  readonly stems: string;
  /** In the order of the stems: distance to the last place, then weight, of every document. */
  readonly postings: readonly string[];
}

const WEIGHTS = { title: 3, text: 2, more: 1 } as const;
const HEAVIEST = 31;

export function packIndex(documents: readonly TextDocument[]): PackedIndex {
  const byStem = new Map<string, [place: number, weight: number][]>();
  for (const [place, document] of documents.entries())
    for (const [word, weight] of weightsIn(document)) {
      const own = byStem.get(word) ?? [];
      byStem.set(word, own);
      own.push([place, weight]);
    }
  const sorted = [...byStem].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    size: documents.length,
    stems: sorted.map(([word]) => word).join(' '),
    postings: sorted.map(([, own]) => postingsText(own)),
  };
}

/** A word counts more in a title than in a text, and less in a long document. */
function weightsIn(document: TextDocument): Map<string, number> {
  const raw = new Map<string, number>();
  let length = 0;
  for (const field of ['title', 'text', 'more'] as const)
    for (const word of wordsOf(document[field])) {
      if (isFunctionWord(word)) continue;
      length++;
      raw.set(stem(word), (raw.get(stem(word)) ?? 0) + WEIGHTS[field]);
    }
  const damping = 1 + Math.log2(1 + length / 20);
  for (const [word, sum] of raw)
    raw.set(word, Math.max(1, Math.min(HEAVIEST, Math.round((8 * (1 + Math.log2(sum))) / damping))));
  return raw;
}

function postingsText(postings: readonly (readonly [place: number, weight: number])[]): string {
  let last = 0;
  let text = '';
  for (const [place, weight] of postings) {
    text += writeNumber(place - last) + writeNumber(weight);
    last = place;
  }
  return text;
}

export class PackedFinder implements WordFinder {
  readonly #size: number;
  readonly #stems: readonly string[];
  readonly #postings: readonly string[];

  constructor({ size, stems, postings }: PackedIndex) {
    this.#size = size;
    this.#stems = stems === '' ? [] : stems.split(' ');
    this.#postings = postings;
  }

  find(words: readonly string[]): Map<number, number> {
    const wanted = words.map((word) => stem(word));
    const [first, ...rest] = wanted
      .toSorted((a, b) => this.#frequency(a) - this.#frequency(b))
      .map((word, order) => this.#documentsWith(word, order, words.length))
      .toSorted((a, b) => a.size - b.size);
    return first === undefined ? new Map() : rest.reduce(both, first);
  }

  /** In how many documents it stands as it is. */
  #frequency(word: string): number {
    const place = this.#place(word);
    return this.#stems[place] === word ? [...this.#read(place)].length : 0;
  }

  /** The rarest words may be misspelt, and their ends may be missing when there are no others. */
  #documentsWith(word: string, order: number, asked: number): Map<number, number> {
    const found = new Map<number, number>();
    const isLookedUp = order < RAREST;
    const takesBeginnings = isLookedUp ? word.length >= BEGINNING && asked <= RAREST : true;
    const start = this.#place(word);
    const isKnown = this.#stems[start] === word;
    for (let place = start; this.#stems[place]?.startsWith(word) === true; place++) {
      if (!takesBeginnings && this.#stems[place] !== word) break;
      this.#add(found, place, word.length / (this.#stems[place]?.length ?? 1));
    }
    if (isLookedUp && !isKnown) this.#addMisspelt(found, word);
    return found;
  }

  #addMisspelt(found: Map<number, number>, word: string): void {
    const most = misspelling(word);
    if (most === 0) return;
    for (const [place, other] of this.#stems.entries())
      if (distance(word, other, most) <= most) this.#add(found, place, 0.5);
  }

  #add(found: Map<number, number>, place: number, closeness: number): void {
    const postings = [...this.#read(place)];
    const rarity = Math.log(1 + this.#size / postings.length);
    for (const [document, weight] of postings)
      found.set(document, Math.max(found.get(document) ?? 0, rarity * weight * closeness ** 2));
  }

  *#read(place: number): Generator<readonly [document: number, weight: number]> {
    const reader = new NumberReader(this.#postings[place] ?? '');
    for (let document = 0; !reader.done;) {
      document += reader.next();
      yield [document, reader.next()];
    }
  }

  /** Of the first stem that is not before the word. */
  #place(word: string): number {
    let [low, high] = [0, this.#stems.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stems[middle] ?? '') < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function both(a: Map<number, number>, b: Map<number, number>): Map<number, number> {
  const joint = new Map<number, number>();
  for (const [place, score] of a) {
    const other = b.get(place);
    if (other !== undefined) joint.set(place, score + other);
  }
  return joint;
}

/** Letters to change, add or leave out; anything above `most` when there are more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}
