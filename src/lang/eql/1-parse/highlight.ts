/** What each piece of a query is, for colouring it while it is being written. */
import type { HighlightToken, TokenKind } from '../../kit/language.ts';
import { lex } from './lex.ts';
import type { Token } from './token.ts';

/** Never fails: what is no EQL is left out. */
export function highlight(text: string): readonly HighlightToken[] {
  const tokens = lex(text, () => undefined).filter((token) => token.kind !== 'end');
  const words = tokens.filter((token) => token.kind !== 'comment');
  const around = new Map(words.map((token, i) => [token, [words[i - 1]?.text, words[i + 1]?.text] as const]));
  let patterns = false;
  return tokens.flatMap((token) => {
    patterns = inPatterns(patterns, token);
    if (token.kind === 'string' && patterns) return wildcards(text, token);
    return { kind: kindOf(token, ...(around.get(token) ?? [])), start: token.start, end: token.end };
  });
}

const PATTERN_OPERATORS = [':', 'like', 'like~'];
const OPERATORS = [':', '=', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '?', '|'];

/** Whether a string at this place is a pattern: behind its operator, and on through the list in parentheses. */
function inPatterns(before: boolean, { kind, text }: Token): boolean {
  if (kind === 'symbol' || kind === 'keyword')
    return PATTERN_OPERATORS.includes(text) || (before && '(,'.includes(text));
  return before && kind !== 'identifier' && kind !== 'quoted';
}

function kindOf(token: Token, before?: string, after?: string): TokenKind {
  switch (token.kind) {
    case 'identifier':
      if (after === 'where' || before === '|' || before === 'with') return 'keyword';
      return after === '(' ? 'function' : 'field';
    case 'tilde':
      return 'function';
    case 'quoted':
      return 'field';
    case 'symbol':
      return OPERATORS.includes(token.text) ? 'operator' : 'punctuation';
    case 'string':
    case 'number':
    case 'keyword':
    case 'comment':
      return token.kind;
    case 'end':
      return 'punctuation';
  }
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
