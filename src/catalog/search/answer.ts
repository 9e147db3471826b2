/**
 * What a search means: which statements have what was typed, in themselves or with less weight in one of their rules,
 * and in which order. Where words are found is somebody else's business, so that the browser can do it from other data.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Catalogue, Statement } from '../model.ts';
import { isFunctionWord, normalised, wordsOf } from '../text/words.ts';
import type { FacetName } from './facets.ts';
import { FacetIndex } from './facet-index.ts';
import type { Query } from './query.ts';
import { parseQuery } from './query.ts';
import type { WordFinder } from './text-index.ts';

export type Searchable = Pick<Catalogue, 'statements' | 'rules' | 'behaviours' | 'changes' | 'as_of'>;

/** Where words are found in statements, and in rules: places in the lists of the catalogue. */
export interface Finders {
  readonly own: WordFinder;
  readonly rules: WordFinder;
}

export interface SearchOptions {
  /** How many hits, 20 unless given. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface Hit {
  readonly statement: Statement;
  /** Only to be compared within one answer. */
  readonly score: number;
}

export interface Answer {
  readonly total: number;
  readonly hits: readonly Hit[];
  /** By facet and value: how many there would be with this value and everything else that was asked for. */
  readonly facets: Readonly<Partial<Record<FacetName, Readonly<Record<string, number>>>>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Weight of what is found in a statement's rules instead of in itself. */
const IN_RULE = 0.3;
/** Weight of a text that is, or holds, everything that was typed, in this order. */
const EQUAL = 1_000;
const HOLDS = 100;
/** A text of fewer words is a search and no quotation. */
const QUOTATION = 3;

export class StatementSearch {
  readonly #statements: readonly Statement[];
  readonly #texts: readonly string[];
  readonly #own: WordFinder;
  readonly #ofRules: WordFinder;
  readonly #statementsOfRule: readonly (readonly number[])[];
  readonly #weights: readonly number[];
  readonly #facets: FacetIndex;

  constructor(catalogue: Searchable, { own, rules }: Finders) {
    this.#statements = catalogue.statements;
    this.#texts = catalogue.statements.map(({ text }) => normalised(text));
    this.#own = own;
    this.#ofRules = rules;
    const places = new Map(catalogue.statements.map(({ id }, index) => [id, index]));
    this.#statementsOfRule = catalogue.rules.map(({ statements }) =>
      statements.flatMap((id) => places.get(id) ?? []),
    );
    this.#weights = catalogue.statements.map(weightOf);
    this.#facets = new FacetIndex(catalogue);
  }

  /** Answers a search as it was typed; the best hits first, equal ones by id. */
  search(text: string, { limit = 20, offset = 0 }: SearchOptions = {}): Answer {
    const { query, diagnostics } = parseQuery(text);
    const quoted = this.#quoted(normalised(text));
    const scores = new Map([...this.#scores(query), ...quoted]);
    // What stands in a statement letter by letter was pasted, whatever its colons mean in a search.
    const { matches, counts } = this.#facets.apply([...scores.keys()], quoted.size > 0 ? [] : query.filters);
    const hits = best(matches, scores, offset + limit).slice(offset);
    return {
      total: matches.length,
      hits: hits.flatMap(({ place, score }) => {
        const statement = this.#statements[place];
        return statement === undefined ? [] : [{ statement, score }];
      }),
      facets: counts,
      diagnostics: quoted.size > 0 ? [] : diagnostics,
    };
  }

  /** By place of the statement: everything that has the words and phrases and not what must be missing. */
  #scores({ words, phrases, not }: Query): Map<number, number> {
    const found = this.#find([...words, ...phrases.flatMap(telling)]);
    const unwanted = new Set(not.words.flatMap((word) => [...this.#find([word]).keys()]));
    for (const [place, score] of found) {
      const text = this.#texts[place] ?? '';
      const isWanted =
        !unwanted.has(place) &&
        phrases.every((phrase) => text.includes(phrase)) &&
        !not.phrases.some((phrase) => text.includes(phrase));
      if (isWanted) found.set(place, score * (this.#weights[place] ?? 1));
      else found.delete(place);
    }
    return found;
  }

  /** All words in one statement, or in one of its rules; everything when there are none. */
  #find(words: readonly string[]): Map<number, number> {
    if (words.length === 0) return new Map(this.#statements.map((_, place) => [place, 1]));
    const scores = this.#own.find(words);
    for (const [rule, score] of this.#ofRules.find(words))
      for (const place of this.#statementsOfRule[rule] ?? [])
        scores.set(place, Math.max(scores.get(place) ?? 0, score * IN_RULE));
    return scores;
  }

  /** Statements that are the text, or hold it if it is long enough to be quoted. */
  #quoted(text: string): Map<number, number> {
    const words = telling(text);
    const quoted = new Map<number, number>();
    if (words.length === 0) return quoted;
    for (const [place, score] of this.#own.find(words)) {
      const own = this.#texts[place] ?? '';
      if (own === text) quoted.set(place, (score + 1) * EQUAL);
      else if (words.length >= QUOTATION && own.includes(text)) quoted.set(place, (score + 1) * HOLDS);
    }
    return quoted;
  }
}

/** The first ones by score, equal ones by place. */
function best(places: readonly number[], scores: ReadonlyMap<number, number>, count: number) {
  const all = places.map((place) => ({ place, score: scores.get(place) ?? 0 }));
  const least = all.length > 4 * count ? nthScore(all, count) : 0;
  return all
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, count);
}

const nthScore = (all: readonly { readonly score: number }[], count: number): number =>
  Float64Array.from(all, ({ score }) => score).sort()[all.length - count] ?? 0;

const telling = (text: string): string[] => [
  ...new Set(wordsOf(text).filter((word) => !isFunctionWord(word))),
];

/** Evidence and people's words before what a machine wrote; what many rules say before what one says. */
function weightOf({ origins, rules, deprecated, kind }: Statement): number {
  const trust = origins[0] === 'guide-ai' ? 0.6 : kind === 'clause' ? 0.8 : 1;
  return trust * (1 + Math.log10(rules.length) / 2) * (deprecated ? 0.6 : 1);
}
