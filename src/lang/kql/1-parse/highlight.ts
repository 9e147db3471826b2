/** The pieces of a query by kind, for colouring: reads on after mistakes, as a query is unfinished most of the time. */
import type { HighlightToken, TokenKind } from '../../kit/language.ts';
import type { Value } from './ast.ts';
import type { Scanned } from './scan.ts';
import { conjunctionEnd, notEnd, scanValue, skipWhite } from './scan.ts';

export function highlightKql(text: string): readonly HighlightToken[] {
  const tokens: HighlightToken[] = [];
  let at = 0;
  while (at < text.length) {
    const { token, end } = tokenAt(text, at);
    if (token !== undefined) tokens.push(token);
    at = end;
  }
  return tokens;
}

interface Step {
  readonly token?: HighlightToken;
  readonly end: number;
}

const step = (kind: TokenKind, start: number, length: number): Step => ({
  token: { kind, start, end: start + length },
  end: start + length,
});

function tokenAt(text: string, at: number): Step {
  const conjunction = (['and', 'or'] as const).find((word) => conjunctionEnd(text, at, word) !== undefined);
  const start = skipWhite(text, at);
  if (conjunction !== undefined) return step('keyword', start, conjunction.length);
  if (start > at) return { end: start };
  if (notEnd(text, at) !== undefined) return step('keyword', at, 3);
  const operator = /^(?:[<>]=?|:)/.exec(text.slice(at, at + 2))?.[0];
  if (operator !== undefined) return step('operator', at, operator.length);
  if ('(){}'.includes(text[at] ?? '')) return step('punctuation', at, 1);
  const scanned = scanValue(text, at);
  return scanned === undefined ? { end: at + 1 } : valueStep(text, scanned);
}

function valueStep(text: string, { value, end }: Scanned): Step {
  const isField = /^[:<>]/.test(text.slice(skipWhite(text, end)));
  return { token: { kind: isField ? 'field' : kindOf(value), ...value.span }, end };
}

function kindOf(value: Value): TokenKind {
  if (value.kind === 'wildcard') return 'wildcard';
  if (value.kind === 'quoted' || typeof value.value === 'string')
    return value.kind === 'literal' && /^[+-]?\d+(?:\.\d+)?$/.test(String(value.value)) ? 'number' : 'string';
  return 'keyword';
}
