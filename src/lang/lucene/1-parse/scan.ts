/**
 * The tokens of Lucene's classic query syntax. A token is as long as it can be, so `a&&b` is one term and `a && b` is
 * three tokens; `+`, `-` and `!` before white space are terms.
 */
import type { Span } from '../../../base/span.ts';

export type LuceneTokenKind =
  | 'and'
  | 'or'
  | 'not'
  | '+'
  | '-'
  | '('
  | ')'
  | ':'
  | 'term'
  | 'wildcard'
  | 'phrase'
  | 'regexp'
  | 'range'
  | 'fuzzy'
  | 'boost'
  | 'unclosed'
  | 'stray'
  | 'end';

export interface LuceneToken extends Span {
  readonly kind: LuceneTokenKind;
  /** As written. */
  readonly text: string;
}

const ESCAPED = String.raw`\\[\s\S]`;
const PLAIN = String.raw`[^ \t\n\r\u3000+\-!():^\[\]"{}~*?\\/]`;
const SHAPES: readonly (readonly [kind: LuceneTokenKind, shape: RegExp])[] = [
  ['term', /[+\-!](?=[ \t\n\r\u3000])/y],
  ['regexp', /\/(?:\\\/|[^/])*\//y],
  ['phrase', /"(?:\\[\s\S]|[^"\\])*"/y],
  ['range', /[[{](?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|[^\]}"\\])*[\]}]/y],
  ['wildcard', new RegExp(`(?:${PLAIN}|${ESCAPED}|[*?])(?:${PLAIN}|${ESCAPED}|[*?+-])*`, 'y')],
  ['fuzzy', /~(?:\d+(?:\.\d+)?)?/y],
  ['boost', /\^\d+(?:\.\d+)?/y],
  ['(', /\(/y],
  [')', /\)/y],
  [':', /:/y],
  ['+', /\+/y],
  ['-', /-/y],
  ['not', /!/y],
  ['unclosed', /["/[{][\s\S]*/y],
  ['stray', /[\s\S]/y],
];

const WORDS: Readonly<Record<string, LuceneTokenKind>> = {
  AND: 'and',
  '&&': 'and',
  OR: 'or',
  '||': 'or',
  NOT: 'not',
};

/** The token at or after an offset; `end` at the end of the text. */
export function scanLucene(text: string, from: number): LuceneToken {
  const at = skipWhite(text, from);
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found === undefined || found === '') continue;
    return {
      kind: kind === 'wildcard' ? wordKind(found) : kind,
      text: found,
      start: at,
      end: at + found.length,
    };
  }
  return { kind: 'end', text: '', start: at, end: at };
}

function wordKind(found: string): LuceneTokenKind {
  return WORDS[found] ?? (/^(?:\\[\s\S]|[^*?\\])*$/.test(found) ? 'term' : 'wildcard');
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r\u3000'.includes(text[at] ?? '')) at++;
  return at;
}
