/** LIKE and RLIKE (esql §2.5). */
import { luceneProblem } from '../../../data/lucene-automaton.ts';
import { MANY, ONE } from '../../../data/pattern.ts';
import type { Pattern, PatternPart } from '../../../data/pattern.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { PatternMatch, Text } from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { inside } from './inside.ts';
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
  for (const pattern of e.patterns) checkExpression(pattern, context);
  const patterns = e.patterns.map(({ value }) => value);
  return { kind: 'rlike', type: 'boolean', arg: textOperand(e, context), patterns, span: e.span };
}

function checkExpression(pattern: Text, context: Context): void {
  const problem = luceneProblem(pattern.value);
  if (problem !== undefined) return context.report.say('ESQL211', problem, pattern.span);
  const odd = firstOdd(pattern.value);
  if (odd === undefined) return;
  const place = inside(pattern, odd.at, odd.sign.length, context);
  const hint = 'put a backslash before it if the character is meant';
  context.report.say('ESQL304', `"${odd.sign}" ${odd.means}`, place, hint);
}

/** What Lucene takes for operators and hardly anybody else does. */
const ODD_SIGNS: Readonly<Record<string, string>> = {
  '@': 'stands for any text',
  '&': 'asks for both sides at once',
  '~': 'asks for anything but what follows',
  '#': 'stands for nothing that there is, so nothing matches',
  '"': 'begins a literal',
};
const MEANS_ITSELF = 'has nothing to stand for and means itself';
const PIECE = /\\[\s\S]|\[\^?(?:\\[\s\S]|[^\\\]])*\]|[\s\S]/g;

function firstOdd(
  expression: string,
): { readonly at: number; readonly sign: string; readonly means: string } | undefined {
  let before = '(';
  for (const { 0: sign, index: at } of expression.matchAll(PIECE)) {
    const idle = '?*+|'.includes(sign) && '(|'.includes(before);
    const means = ODD_SIGNS[sign] ?? (idle ? MEANS_ITSELF : undefined);
    if (means !== undefined) return { at, sign, means };
    before = sign;
  }
  return undefined;
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
function likePattern(text: Text, context: Context): Pattern {
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

function unescaped(piece: string, at: number, text: Text, context: Context): string {
  const meant = piece.slice(1);
  if (/^[*?\\]$/.test(meant)) return meant;
  const message = `"${piece}" is no escape in a pattern`;
  const hint =
    'a backslash stands before *, ? and itself only: write """…\\\\…""", or "…\\\\\\\\…" in double quotes';
  context.report.say('ESQL211', message, inside(text, at, piece.length, context), hint);
  return meant;
}
