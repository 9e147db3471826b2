/** What one token says about a field: a term, a comparison, a range, a phrase, a wildcard or an expression. */
import type { Span } from '../../../base/span.ts';
import type { End, Field, LuceneLeaf, Phrase, Range, Regexp, Term, Wildcard } from './ast.ts';
import { patternOfTerm, unescapeTerm } from './escape.ts';
import type { LuceneToken } from './scan.ts';

type Bare<L> = Omit<L, 'span' | 'valueSpan' | 'field'>;
export type Shape = Bare<Term> | Bare<Phrase> | Bare<Wildcard> | Bare<Regexp> | Bare<Range>;

/** Undefined for a token that is no value, or a range that cannot be read. */
export function leafShape({ kind, text }: LuceneToken): Shape | undefined {
  switch (kind) {
    case 'term':
      return { kind: 'term', text: unescapeTerm(text) };
    case 'phrase':
      return { kind: 'phrase', text: unescapeTerm(text.slice(1, -1)) };
    case 'wildcard':
      return { kind: 'wildcard', pattern: patternOfTerm(text) };
    case 'regexp':
      return { kind: 'regexp', expression: text.slice(1, -1) };
    case 'range':
      return rangeShape(text);
    default:
      return undefined;
  }
}

/** Behind a field, a term that begins with `<` or `>` is a range with one end; these two cannot be escaped. */
export function withField(
  shape: Shape,
  place: { readonly span: Span; readonly valueSpan: Span },
  field: Field | undefined,
): LuceneLeaf {
  if (field === undefined) return { ...shape, ...place };
  const comparison = shape.kind === 'term' ? comparisonShape(shape.text) : undefined;
  return { ...(comparison ?? shape), ...place, field };
}

function comparisonShape(text: string): Bare<Range> | undefined {
  const [, sign, equal, operand = ''] = /^([<>])(=?)([^]+)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const end: End = { text: operand, inclusive: equal === '=' };
  return sign === '>' ? { kind: 'range', from: end } : { kind: 'range', to: end };
}

const RANGE = /^\s*("(?:\\[^]|[^"\\])*"|[^\s"]\S*)\s+(?:TO\s+)?(?!TO\s*$)("(?:\\[^]|[^"\\])*"|[^\s"]\S*)\s*$/;

function rangeShape(text: string): Bare<Range> | undefined {
  const ends = RANGE.exec(text.slice(1, -1));
  if (ends === null) return undefined;
  const from = rangeEnd(ends[1] ?? '', text.startsWith('['));
  const to = rangeEnd(ends[2] ?? '', text.endsWith(']'));
  return { kind: 'range', ...(from && { from }), ...(to && { to }) };
}

function rangeEnd(written: string, inclusive: boolean): End | undefined {
  if (written === '*') return undefined;
  return { text: unescapeTerm(written.startsWith('"') ? written.slice(1, -1) : written), inclusive };
}
