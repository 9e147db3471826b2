/**
 * What a search means: which statements have what was typed, in themselves or with less weight in one of their rules,
 * and in which order.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Catalogue, Statement } from '../model.ts';
import { isFunctionWord, normalised, wordsOf } from '../text/words.ts';
import type { FacetName } from './facets.ts';
import { FacetIndex } from './facet-index.ts';
import type { Query } from './query.ts';
import { parseQuery } from './query.ts';
import { Scores, best } from './scores.ts';
import type { SavedWords } from './word-index.ts';
import { WordIndex } from './word-index.ts';

export type Searchable = Pick<Catalogue, 'statements' | 'rules' | 'behaviours' | 'changes' | 'as_of'>;

/** Words of the statements and of the rules, which are numbered by their places in the catalogue. */
export interface Words {
  readonly own: SavedWords;
  readonly rules: SavedWords;
}

export interface SearchOptions {
  /** How many hits, 20 unless given. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface Hit {
  readonly statement: Statement;
  /** Others that were found and say the same in other words, the best first. They are no hits of their own. */
  readonly alike: readonly Statement[];
  /** Only to be compared within one answer. */
  readonly score: number;
}

export interface Answer {
  /** Statements. */
  readonly total: number;
  /** Hits that there would be without a limit: near-duplicates are one. */
  readonly groups: number;
  readonly hits: readonly Hit[];
  /** By facet and value: how many there would be with this value and everything else that was asked for. */
  readonly facets: Readonly<Partial<Record<FacetName, Readonly<Record<string, number>>>>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Facets that were asked for by a value: their counts also have what other values would give. */
  readonly filtered: ReadonlySet<FacetName>;
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
  readonly #own: WordIndex;
  readonly #ofRules: WordIndex;
  readonly #statementsOfRule: readonly (readonly number[])[];
  readonly #weights: readonly number[];
  readonly #facets: FacetIndex;

  constructor(catalogue: Searchable, { own, rules }: Words) {
    this.#statements = catalogue.statements;
    this.#texts = catalogue.statements.map(({ text }) => normalised(text));
    this.#own = new WordIndex(own);
    this.#ofRules = new WordIndex(rules);
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
    const scores = this.#scores(query);
    // What stands in a statement letter by letter was pasted, whatever its colons mean in a search.
    const isPasted = this.#addQuoted(scores, normalised(text));
    const filters = isPasted ? [] : query.filters;
    const { matches, counts } = this.#facets.apply(scores.places, filters);
    const alike = this.#alike(matches, scores);
    const leaders = matches.filter((place) => {
      const [first = place] = alike.get(this.#clusterOf(place)) ?? [];
      return first === place;
    });
    return {
      total: matches.length,
      groups: leaders.length,
      hits: best(leaders, scores, offset + limit)
        .slice(offset)
        .flatMap((place) => this.#hit(place, scores, alike)),
      facets: counts,
      diagnostics: isPasted ? [] : diagnostics,
      filtered: new Set(filters.map(({ facet }) => facet)),
    };
  }

  readonly #clusterOf = (place: number): string => this.#statements[place]?.cluster ?? '';

  /** Of each cluster what was found of it, the best first. */
  #alike(matches: readonly number[], scores: Scores): ReadonlyMap<string, readonly number[]> {
    const members = Map.groupBy(
      matches.filter((place) => this.#clusterOf(place) !== ''),
      this.#clusterOf,
    );
    return new Map([...members].map(([id, places]) => [id, best(places, scores, places.length)]));
  }

  #hit(place: number, scores: Scores, alike: ReadonlyMap<string, readonly number[]>): Hit[] {
    const statement = this.#statements[place];
    const others = alike.get(this.#clusterOf(place))?.slice(1) ?? [];
    return statement === undefined
      ? []
      : [
          {
            statement,
            alike: others.flatMap((other) => this.#statements[other] ?? []),
            score: scores.of(place),
          },
        ];
  }

  /** Everything that has the words and phrases and not what must be missing. */
  #scores({ words, phrases, not }: Query): Scores {
    const found = this.#find([...words, ...phrases.flatMap(telling)]);
    const unwanted = not.words.map((word) => this.#find([word]));
    return found.keep((place, score) => {
      const text = this.#texts[place] ?? '';
      const isWanted =
        unwanted.every((other) => other.of(place) === 0) &&
        phrases.every((phrase) => text.includes(phrase)) &&
        !not.phrases.some((phrase) => text.includes(phrase));
      return isWanted ? score * (this.#weights[place] ?? 1) : 0;
    });
  }

  /** All words in one statement, or in one of its rules; everything when there are none. */
  #find(words: readonly string[]): Scores {
    const found = new Scores(this.#statements.length);
    if (words.length === 0) for (const place of this.#statements.keys()) found.add(place, 1);
    // What either has is meant, and no slip for something else in the other.
    const maySlip = (word: string): boolean => !this.#own.knows(word) && !this.#ofRules.knows(word);
    const own = this.#own.find(words, maySlip);
    for (const [index, place] of own.places.entries()) found.add(place, own.scores[index] ?? 0);
    const rules = this.#ofRules.find(words, maySlip);
    for (const [index, rule] of rules.places.entries())
      for (const place of this.#statementsOfRule[rule] ?? [])
        found.add(place, (rules.scores[index] ?? 0) * IN_RULE);
    return found;
  }

  /** Statements that are the text, or hold it if it is long enough to be quoted; whether there are any. */
  #addQuoted(scores: Scores, text: string): boolean {
    const words = telling(text);
    const found = this.#own.find(words);
    let isPasted = false;
    for (const [index, place] of found.places.entries()) {
      const own = this.#texts[place] ?? '';
      const isQuoted = own === text || (words.length >= QUOTATION && own.includes(text));
      if (isQuoted) scores.add(place, ((found.scores[index] ?? 0) + 1) * (own === text ? EQUAL : HOLDS));
      isPasted ||= isQuoted;
    }
    return isPasted;
  }
}

const telling = (text: string): string[] => [
  ...new Set(wordsOf(text).filter((word) => !isFunctionWord(word))),
];

/** Evidence and people's words before what a machine wrote; what many rules say before what one says. */
function weightOf({ origins, rules, deprecated, kind }: Statement): number {
  const trust = origins[0] === 'guide-ai' ? 0.6 : kind === 'clause' ? 0.8 : 1;
  return trust * (1 + Math.log10(rules.length) / 2) * (deprecated ? 0.6 : 1);
}
