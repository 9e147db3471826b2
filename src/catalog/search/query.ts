/**
 * What people type to search the catalogue, on the command line, on the site and in the API:
 *
 *     secret actor:gitops tech:T1552 data:kubernetes source:elastic has:profile -is:deprecated "exact phrase"
 *
 * Words must all be there, in any order; the last letters may be missing. `facet:value` keeps what has the value;
 * several of one facet, or values with commas between them, mean any of them; different facets must all hold. `*` in a
 * value is any run of characters. `-` before a word, a phrase or a facet keeps what has it not.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import { isFunctionWord, normalised, wordsOf } from '../text/words.ts';
import type { FacetName } from './facets.ts';
import { facetNames, isFacet, valueProblem } from './facets.ts';

export interface Query {
  readonly words: readonly string[];
  readonly phrases: readonly string[];
  readonly not: { readonly words: readonly string[]; readonly phrases: readonly string[] };
  readonly filters: readonly Filter[];
}

export interface Filter {
  readonly facet: FacetName;
  readonly values: readonly string[];
  readonly negated: boolean;
}

export interface ParsedQuery {
  readonly query: Query;
  /** CAT007 for what was taken for plain words, or can never be found. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A piece: perhaps `-`, perhaps a name and a colon, then a quoted text or anything without spaces. */
const PIECE = /(-)?(?:([a-z][a-z_-]*):)?(?:"([^"]*)("?)|(\S+))/giu;

/** Never fails: what is no facet is searched as words. */
export function parseQuery(text: string): ParsedQuery {
  const reader = new Reader(text);
  for (const match of text.matchAll(PIECE)) reader.piece(match);
  return { query: reader.query(), diagnostics: reader.diagnostics };
}

class Reader {
  readonly #text: string;
  readonly #words: string[] = [];
  readonly #phrases: string[] = [];
  readonly #notWords: string[] = [];
  readonly #notPhrases: string[] = [];
  readonly #filters: Filter[] = [];
  readonly diagnostics: Diagnostic[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  piece(match: RegExpExecArray): void {
    const [whole, minus, name, quoted, close, plain = ''] = match;
    const negated = minus === '-';
    const at = match.index;
    const bare = plain.endsWith(':') ? plain.slice(0, -1).toLowerCase() : '';
    if (quoted !== undefined && close === '') this.#complain('a quote is not closed', at, whole);
    if (name !== undefined && isFacet(name.toLowerCase()))
      this.#filter(name.toLowerCase() as FacetName, quoted ?? plain, negated, at);
    else if (name === undefined && isFacet(bare)) this.#filter(bare, '', negated, at);
    else if (name !== undefined) this.#unknown(name, quoted ?? plain, negated, at);
    else if (quoted !== undefined) this.#phrase(quoted, negated);
    else this.#word(plain, negated);
  }

  #filter(facet: FacetName, value: string, negated: boolean, at: number): void {
    const values = value
      .toLowerCase()
      .split(',')
      .filter((one) => one !== '');
    for (const one of values) {
      const problem = valueProblem(facet, one);
      if (problem !== undefined) this.#complain(problem.message, at, `${facet}:${value}`, problem.hint);
    }
    if (values.length > 0) this.#filters.push({ facet, values, negated });
    else this.#complain(`"${facet}:" needs a value`, at, `${facet}:`);
  }

  #unknown(name: string, value: string, negated: boolean, at: number): void {
    const near = didYouMean(name, facetNames);
    if (near !== undefined) this.#complain(`there is no facet "${name}"`, at, name, near);
    this.#word(`${name}:${value}`, negated);
  }

  #phrase(text: string, negated: boolean): void {
    const phrase = normalised(text);
    if (phrase !== '') (negated ? this.#notPhrases : this.#phrases).push(phrase);
  }

  #word(text: string, negated: boolean): void {
    const words = wordsOf(text).filter((word) => !isFunctionWord(word));
    (negated ? this.#notWords : this.#words).push(...words);
  }

  #complain(message: string, start: number, what: string, hint?: string): void {
    const place = { source: source('search', this.#text), span: span(start, start + what.length) };
    this.diagnostics.push(diagnostic('CAT007', message, { ...place, hint }));
  }

  query(): Query {
    return {
      words: [...new Set(this.#words)],
      phrases: this.#phrases,
      not: { words: this.#notWords, phrases: this.#notPhrases },
      filters: this.#filters,
    };
  }
}
