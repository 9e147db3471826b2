/**
 * Words to the documents that have all of them, for the command line and for the browser. An index is built once, saved
 * as text, and read back into flat arrays. A search starts with the rarest word and looks the others up in what is left,
 * so that a pasted paragraph costs no more than its rarest word, however many frequent ones it has.
 */
import { isFunctionWord, stem, wordsOf } from '../text/words.ts';
import { NumberReader, writeNumber } from './numbers.ts';

export interface TextDocument {
  readonly title: string;
  readonly text: string;
  readonly more: string;
}

/** An index as data, so that it need not be made again. */
export interface SavedWords {
  /** How many documents there are. */
  readonly size: number;
  /** Different words, endings off, in the order of their code units, with a space between them. */
  readonly stems: string;
  /** Of all stems together. */
  readonly total: number;
  /** By stem: how many documents have it; for each the distance from the last one, and how much the word counts there. */
  readonly postings: string;
}

const WEIGHTS = { title: 3, text: 2, more: 1 } as const;
const HEAVIEST = 31;

/** When so few words are typed, each of them may be only the beginning of one. */
const SHORT_QUERY = 3;
/** A beginning has so many letters at least. */
const BEGINNING = 3;
/** How much of a word that no document has may be wrong. */
const FUZZINESS = 0.2;
/** What a misspelt word is worth. */
const MISSPELT = 0.25;

/** Made of the texts of documents; their places are their numbers. */
export function indexWords(documents: readonly TextDocument[]): SavedWords {
  const byStem = new Map<string, number[]>();
  const stems = new Map<string, string>();
  const known = (word: string): string => {
    const own = stems.get(word) ?? stem(word);
    stems.set(word, own);
    return own;
  };
  for (const [place, document] of documents.entries())
    for (const [word, weight] of weightsIn(document, known)) {
      const own = byStem.get(word);
      if (own === undefined) byStem.set(word, [place, weight]);
      else own.push(place, weight);
    }
  const sorted = [...byStem].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    size: documents.length,
    stems: sorted.map(([word]) => word).join(' '),
    total: sorted.reduce((sum, [, own]) => sum + own.length / 2, 0),
    postings: sorted.map(([, own]) => postingsText(own)).join(''),
  };
}

/** A word counts more in a title than in a text, and less in a long document. */
function weightsIn(document: TextDocument, stemOf: (word: string) => string): Map<string, number> {
  const weights = new Map<string, number>();
  let length = 0;
  for (const field of ['title', 'text', 'more'] as const)
    for (const word of wordsOf(document[field])) {
      if (isFunctionWord(word)) continue;
      length++;
      const own = stemOf(word);
      weights.set(own, (weights.get(own) ?? 0) + WEIGHTS[field]);
    }
  const damping = 1 + Math.log2(1 + length / 20);
  for (const [word, sum] of weights)
    weights.set(word, Math.max(1, Math.min(HEAVIEST, Math.round((8 * (1 + Math.log2(sum))) / damping))));
  return weights;
}

function postingsText(postings: readonly number[]): string {
  let text = writeNumber(postings.length / 2);
  for (let i = 0, last = 0; i < postings.length; i += 2) {
    const place = postings[i] ?? 0;
    text += writeNumber(place - last) + writeNumber(postings[i + 1] ?? 0);
    last = place;
  }
  return text;
}

/** Documents, each once and in no order, and by the same place in the list how well each fits. */
export interface Found {
  readonly places: readonly number[];
  readonly scores: readonly number[];
}

const NOTHING: Found = { places: [], scores: [] };

/** What one typed word stands for: stems with how near each is to it, from 0 to 1. */
interface Term {
  readonly stems: readonly (readonly [stem: number, nearness: number])[];
  /** Documents that have any of them; those that have several count more than once. */
  readonly frequency: number;
}

export class WordIndex {
  readonly #size: number;
  readonly #stems: readonly string[];
  /** The postings of stem `n` begin at `#starts[n]` and end where those of the next begin. */
  readonly #starts: Uint32Array;
  readonly #places: Uint32Array;
  readonly #weights: Uint8Array;
  /** By document, zeros between two uses: a list for each word of each search would be work for the collector. */
  readonly #scratch: Float64Array;
  /** Bits for the letters of each stem, made when the first misspelling is looked up. */
  #letters: Uint32Array | undefined;

  constructor({ size, stems, total, postings }: SavedWords) {
    this.#size = size;
    this.#stems = stems === '' ? [] : stems.split(' ');
    this.#starts = new Uint32Array(this.#stems.length + 1);
    this.#places = new Uint32Array(total);
    this.#weights = new Uint8Array(total);
    this.#scratch = new Float64Array(size);
    const reader = new NumberReader(postings);
    let at = 0;
    for (let number = 0; number < this.#stems.length; number++) {
      for (let left = reader.next(), place = 0; left > 0; left--) {
        place += reader.next();
        this.#places[at] = place;
        this.#weights[at++] = reader.next();
      }
      this.#starts[number + 1] = at;
    }
  }

  /**
   * Documents that have all of the words; none when there are no words. A word that documents have is meant as it is in
   * a long query, and what none has is the beginning of one. Slips are looked for in those words of which
   * `maySlip` says so.
   */
  find(words: readonly string[], maySlip: (word: string) => boolean = () => false): Found {
    const terms: Term[] = [];
    for (const word of words) {
      const own = this.#stemsFor(stem(word), words.length <= SHORT_QUERY);
      const stems = own.length === 0 && maySlip(word) ? this.#misspelt(stem(word)) : own;
      if (stems.length === 0) return NOTHING;
      terms.push({ stems, frequency: stems.reduce((sum, [number]) => sum + this.#frequency(number), 0) });
    }
    const [rarest, ...others] = terms.sort((a, b) => a.frequency - b.frequency);
    if (rarest === undefined) return NOTHING;
    let found = this.#documentsWith(rarest);
    for (const term of others) found = this.#both(found, term);
    return found;
  }

  /** Whether any document has the word, or one that begins with it. */
  knows(word: string): boolean {
    return this.#stemsFor(stem(word), false).length > 0;
  }

  #stemsFor(word: string, isShort: boolean): Term['stems'] {
    const place = this.#placeOf(word);
    const isKnown = this.#stems[place] === word;
    if (word.length >= BEGINNING && (isShort || !isKnown)) return this.#beginningWith(word, place);
    return isKnown ? [[place, 1]] : [];
  }

  #frequency(number: number): number {
    return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0);
  }

  #beginningWith(word: string, from: number): [number, number][] {
    const found: [number, number][] = [];
    for (let number = from; this.#stems[number]?.startsWith(word) === true; number++)
      found.push([number, (word.length / (this.#stems[number]?.length ?? 1)) ** 2]);
    return found;
  }

  #documentsWith(term: Term): Found {
    const places = this.#mark(term);
    const scores = places.map((place) => this.#scratch[place] ?? 0);
    for (const place of places) this.#scratch[place] = 0;
    return { places, scores };
  }

  /** Writes the score of each document that has any of the stems, the best one for each, and returns which these are. */
  #mark({ stems }: Term): number[] {
    const places: number[] = [];
    for (const [number, nearness] of stems) {
      const rarity = this.#rarity(number) * nearness;
      const end = this.#starts[number + 1] ?? 0;
      for (let at = this.#starts[number] ?? 0; at < end; at++) {
        const place = this.#places[at] ?? 0;
        const known = this.#scratch[place] ?? 0;
        if (known === 0) places.push(place);
        this.#scratch[place] = Math.max(known, rarity * (this.#weights[at] ?? 0));
      }
    }
    return places;
  }

  /** A word that few documents have says more. */
  #rarity(number: number): number {
    return Math.log(1 + this.#size / this.#frequency(number));
  }

  /** What has been found and has the term too. */
  #both({ places, scores }: Found, term: Term): Found {
    const [only] = term.stems;
    if (only === undefined || term.stems.length > 1) return this.#bothMarked({ places, scores }, term);
    const rarity = this.#rarity(only[0]) * only[1];
    const weights = places.map((place) => this.#weightAt(only[0], place) * rarity);
    return joint({ places, scores }, weights);
  }

  /** The same for a word that stands for several. */
  #bothMarked(found: Found, term: Term): Found {
    const marked = this.#mark(term);
    const weights = found.places.map((place) => this.#scratch[place] ?? 0);
    for (const place of marked) this.#scratch[place] = 0;
    return joint(found, weights);
  }

  /** How much the stem counts in the document; 0 where it is not. */
  #weightAt(number: number, document: number): number {
    let [low, high] = [this.#starts[number] ?? 0, this.#starts[number + 1] ?? 0];
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] ?? 0) < document) low = middle + 1;
      else high = middle;
    }
    return low < end && this.#places[low] === document ? (this.#weights[low] ?? 0) : 0;
  }

  #misspelt(word: string): [number, number][] {
    const most = word.length < 5 ? 0 : Math.round(word.length * FUZZINESS);
    if (most === 0) return [];
    this.#letters ??= Uint32Array.from(this.#stems, lettersOf);
    const own = lettersOf(word);
    const found: [number, number][] = [];
    for (const [number, letters] of this.#letters.entries()) {
      // A letter that is changed makes two sets of letters differ by two letters at most.
      if (bits(letters ^ own) <= 2 * most && isNear(word, this.#stems[number] ?? '', most))
        found.push([number, MISSPELT]);
    }
    return found;
  }

  /** Of the first stem that is not before the word. */
  #placeOf(word: string): number {
    let [low, high] = [0, this.#stems.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#stems[middle] ?? '') < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What has a weight, with it. */
function joint({ places, scores }: Found, weights: readonly number[]): Found {
  const both = { places: [] as number[], scores: [] as number[] };
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    both.places.push(places[index] ?? 0);
    both.scores.push((scores[index] ?? 0) + weight);
  }
  return both;
}

/** One bit for each letter that a word has; some letters share a bit. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters >>> 0;
}

function bits(value: number): number {
  let count = 0;
  for (let left = value; left !== 0; left &= left - 1) count++;
  return count;
}

/** Whether `most` letters changed, added or left out make one word of the other. */
function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return false;
    row = next;
  }
  return (row[b.length] ?? 0) <= most;
}
