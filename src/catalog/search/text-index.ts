/**
 * Words to documents that have all of them. The rarest words are looked up, with beginnings and, for words that nobody
 * has, misspellings; the others are checked in what was found, so that a pasted paragraph costs no more than a word.
 */
import type { AsPlainObject, Options } from 'minisearch';
import MiniSearch from 'minisearch';
import { isFunctionWord, stem, wordsOf } from '../text/words.ts';

export interface TextDocument {
  readonly title: string;
  readonly text: string;
  readonly more: string;
}

/** Scores by the number of the document, for documents that have all of the words. */
export interface WordFinder {
  find(words: readonly string[]): Map<number, number>;
}

/** So many words are looked up. */
export const RAREST = 3;
/** From so many letters on, words that begin with what was typed are found too. */
export const BEGINNING = 3;
/** How much of a word may be wrong. */
const FUZZINESS = 0.2;

/** How many letters of a word that nothing has may be wrong. */
export const misspelling = (term: string): number =>
  term.length < 5 ? 0 : Math.round(term.length * FUZZINESS);

/** An index as data, so that it need not be made again. */
export interface SavedIndex {
  readonly index: AsPlainObject;
  /** In how many documents a stem is. */
  readonly frequencies: Readonly<Record<string, number>>;
}

export class TextIndex implements WordFinder {
  readonly #documents: readonly TextDocument[];
  readonly #index: MiniSearch;
  readonly #frequencies: ReadonlyMap<string, number>;
  readonly #stems = new Map<number, string>();

  /** `saved` must have been made of the same documents. */
  constructor(documents: readonly TextDocument[], saved?: SavedIndex) {
    this.#documents = documents;
    this.#index = saved === undefined ? indexOf(documents) : MiniSearch.loadJS(saved.index, options);
    this.#frequencies =
      saved === undefined ? frequenciesIn(documents) : new Map(Object.entries(saved.frequencies));
  }

  save(): SavedIndex {
    return { index: this.#index.toJSON(), frequencies: Object.fromEntries(this.#frequencies) };
  }

  find(words: readonly string[]): Map<number, number> {
    const inOrder = words.toSorted((a, b) => this.#frequency(stem(a)) - this.#frequency(stem(b)));
    const rarest = inOrder.slice(0, RAREST);
    const others = inOrder.slice(RAREST).map((word) => ` ${stem(word)}`);
    const scores = new Map<number, number>();
    const reach = {
      prefix: (term: string) => term.length >= BEGINNING && words.length <= RAREST,
      fuzzy: (term: string) => (this.#frequencies.has(term) || misspelling(term) === 0 ? false : FUZZINESS),
    };
    for (const { id, score } of this.#index.search(rarest.join(' '), reach)) {
      const has = others.length === 0 ? '' : this.#stemsOf(id as number);
      if (others.every((word) => has.includes(word))) scores.set(id as number, score);
    }
    return scores;
  }

  #frequency(word: string): number {
    return this.#frequencies.get(word) ?? 0;
  }

  /** With a space before each, so that beginnings can be looked for. */
  #stemsOf(id: number): string {
    const known = this.#stems.get(id);
    if (known !== undefined) return known;
    const document = this.#documents[id];
    const stems = document === undefined ? '' : ` ${[...stemsIn(document)].join(' ')}`;
    this.#stems.set(id, stems);
    return stems;
  }
}

const options: Options = {
  fields: ['title', 'text', 'more'],
  tokenize: wordsOf,
  processTerm: (word) => !isFunctionWord(word) && stem(word),
  searchOptions: { boost: { title: 3, text: 2 }, combineWith: 'AND' },
};

function indexOf(documents: readonly TextDocument[]): MiniSearch {
  const index = new MiniSearch(options);
  index.addAll(documents.map((document, id) => ({ id, ...document })));
  return index;
}

const stemsIn = ({ title, text, more }: TextDocument): ReadonlySet<string> =>
  new Set(wordsOf(`${title} ${text} ${more}`).map(stem));

function frequenciesIn(documents: readonly TextDocument[]): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const document of documents)
    for (const word of stemsIn(document)) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  return frequencies;
}
