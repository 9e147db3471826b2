/** LIKE and RLIKE (esql §2.5). */
import { span } from '../../../base/span.ts';
import { MANY, ONE } from '../../../data/pattern.ts';
import type { Pattern, PatternPart } from '../../../data/pattern.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { PatternMatch, Text } from '../1-parse/ast.ts';
import { offsetInside } from '../1-parse/text.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { typeName } from './unify.ts';

/** `LIKE "*"` asks only whether there is a value, also of several, as Elasticsearch's optimizer has it. */
export function checkLike(e: PatternMatch, context: Context): RowExpression {
  const arg = textOperand(e, context);
  const patterns = e.patterns.map((pattern) => likePattern(pattern, context));
  if (patterns.some(isEverything) && e.patterns.length === 1) {
    const missing: RowExpression = { kind: 'isNull', type: 'boolean', arg, span: e.span };
    return { kind: 'not', type: 'boolean', arg: missing, span: e.span };
  }
  return { kind: 'like', type: 'boolean', arg, patterns, span: e.span };
}

const isEverything = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === MANY;

export function checkRegexp(e: PatternMatch, context: Context): RowExpression {
  const patterns = e.patterns.map(({ value }) => value);
  return { kind: 'rlike', type: 'boolean', arg: textOperand(e, context), patterns, span: e.span };
}

function textOperand(e: PatternMatch, context: Context): RowExpression {
  const arg = context.check(e.arg, context);
  if (arg.type === 'keyword' || arg.type === 'null') return arg;
  const message = `${e.kind.toUpperCase()} is asked of a text, not of ${typeName(arg.type)}`;
  context.report.say(
    'ESQL205',
    message,
    e.arg.span,
    'write TO_STRING(field), or compare with == or CIDR_MATCH',
  );
  return broken(e.arg.span);
}

/** `*` any run, `?` one character; a backslash before them and before itself takes their meaning away. */
export function likePattern(text: Text, context: Context): Pattern {
  const parts: PatternPart[] = [];
  for (const { 0: piece, index } of text.value.matchAll(/\\[\s\S]|\\$|[*?]|[^\\*?]+/g)) {
    if (piece === '*') parts.push(MANY);
    else if (piece === '?') parts.push(ONE);
    else appendLiteral(parts, piece.startsWith('\\') ? unescaped(piece, index, text, context) : piece);
  }
  return parts;
}

function appendLiteral(parts: PatternPart[], literal: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + literal;
  else parts.push(literal);
}

function unescaped(piece: string, at: number, { span: literal }: Text, context: Context): string {
  const meant = piece.slice(1);
  if (/^[*?\\]$/.test(meant)) return meant;
  const start = offsetInside(context.report.source.text, literal.start, at);
  const end = offsetInside(context.report.source.text, literal.start, at + piece.length);
  const message = `"${piece}" is no escape in a pattern`;
  const hint =
    'a backslash stands before *, ? and itself only: write """…\\\\…""", or "…\\\\\\\\…" in double quotes';
  context.report.say('ESQL211', message, span(start, Math.max(start + 1, end)), hint);
  return meant;
}
