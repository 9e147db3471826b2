/** The pieces of a query by kind, for colouring: reads on after mistakes. */
import type { HighlightToken, TokenKind } from '../../kit/language.ts';
import type { LuceneToken, LuceneTokenKind } from './scan.ts';
import { scanLucene } from './scan.ts';

export function highlightLucene(text: string): readonly HighlightToken[] {
  const tokens: HighlightToken[] = [];
  for (let token = scanLucene(text, 0); token.kind !== 'end'; token = scanLucene(text, token.end)) {
    const kind = kindOf(text, token);
    if (kind !== undefined) tokens.push({ kind, start: token.start, end: token.end });
  }
  return tokens;
}

function kindOf(text: string, token: LuceneToken): TokenKind | undefined {
  const isValue = token.kind === 'term' || token.kind === 'wildcard';
  if (isValue && scanLucene(text, token.end).kind === ':') return 'field';
  return token.kind === 'term' && /^[+-]?\d+(?:\.\d+)?$/.test(token.text) ? 'number' : KINDS[token.kind];
}

const KINDS: Readonly<Partial<Record<LuceneTokenKind, TokenKind>>> = {
  and: 'keyword',
  or: 'keyword',
  not: 'keyword',
  '+': 'operator',
  '-': 'operator',
  ':': 'operator',
  fuzzy: 'operator',
  boost: 'operator',
  '(': 'punctuation',
  ')': 'punctuation',
  term: 'string',
  phrase: 'string',
  wildcard: 'wildcard',
  regexp: 'string',
  range: 'string',
  unclosed: 'string',
};
