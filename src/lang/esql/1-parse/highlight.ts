/** What each piece of a query is, for colouring it while it is being written. */
import type { HighlightToken, TokenKind } from '../../kit/language.ts';
import { COMMANDS } from './command.ts';
import { lex } from './lex.ts';
import type { Token } from './token.ts';
import { FOLLOWERS, RESERVED } from './token.ts';

/** Never fails: what is no ES|QL is left out. */
export function highlight(text: string): readonly HighlightToken[] {
  const tokens = lex(text, () => undefined).filter((token) => token.kind !== 'end');
  const found: HighlightToken[] = [];
  let before: Token | undefined;
  tokens.forEach((token, i) => {
    const after = tokens.slice(i + 1, i + 4).find(({ kind }) => kind !== 'comment');
    if (token.kind === 'string' && isPattern(before)) found.push(...wildcards(text, token));
    else found.push({ kind: kindOf(token, before, after), start: token.start, end: token.end });
    if (token.kind !== 'comment' && !isListPart(token, before)) before = token;
  });
  return found;
}

const lower = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toLowerCase() : '');
const isPattern = (before: Token | undefined): boolean => lower(before) === 'like';
/** Inside the list of patterns, LIKE stays what stands before. */
const isListPart = ({ kind, text }: Token, before: Token | undefined): boolean =>
  isPattern(before) && (kind === 'string' || (kind === 'symbol' && (text === '(' || text === ',')));

const PUNCTUATION = ['(', ')', '[', ']', '{', '}', ',', '.'];
const FIRST_WORDS: ReadonlySet<string> = new Set(COMMANDS.map((name) => name.split(' ')[0] ?? name));
const SECOND_WORDS: ReadonlySet<string> = new Set(['stats', 'join']);
const CLAUSES: ReadonlySet<string> = new Set(['metadata', 'first', 'last', 'append_separator']);

function kindOf(token: Token, before?: Token, after?: Token): TokenKind {
  switch (token.kind) {
    case 'word':
      return wordKind(token, before, after);
    case 'quoted':
      return 'field';
    case 'source':
      return token.text.includes('*') ? 'wildcard' : 'string';
    case 'symbol':
      return PUNCTUATION.includes(token.text) ? 'punctuation' : 'operator';
    case 'string':
    case 'number':
    case 'comment':
      return token.kind;
    case 'end':
      return 'punctuation';
  }
}

function wordKind(token: Token, before?: Token, after?: Token): TokenKind {
  const word = lower(token);
  if (before === undefined || before.text === '|') return FIRST_WORDS.has(word) ? 'keyword' : 'field';
  if (RESERVED.has(word)) return 'keyword';
  if (after?.text === '(') return 'function';
  const partOfName = after?.text === '.' || before.text === '.' || after?.text === '=';
  if (partOfName) return 'field';
  if (before.kind === 'number') return FOLLOWERS.has(word) ? 'keyword' : 'number';
  return FOLLOWERS.has(word) || CLAUSES.has(word) || SECOND_WORDS.has(word) ? 'keyword' : 'field';
}

/** The string cut at its `*` and `?`. */
function wildcards(text: string, { start, end }: Token): HighlightToken[] {
  const parts = text.slice(start, end).matchAll(/[*?]+|[^*?]+/g);
  return Array.from(parts, ({ 0: part, index }) => ({
    kind: /^[*?]/.test(part) ? 'wildcard' : 'string',
    start: start + index,
    end: start + index + part.length,
  }));
}
