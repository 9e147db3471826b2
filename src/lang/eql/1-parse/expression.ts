/**
 * Conditions (eql §1), tightest last: `or`, `and`, `not`, comparison, `+ -`, `* / %`, sign, and the postfix predicates
 * (`in`, `:`, `like`, `regex`), which bind to the operand directly before them.
 */
import type { Span } from '../../../base/span.ts';
import type { Arithmetic, ComparisonOperator, Constant, Expression, MatchOperator } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import { atField, field } from './field.ts';
import { constant, patterns, refuseTrailingComma } from './pattern-list.ts';

const COMPARISONS: readonly ComparisonOperator[] = ['==', '!=', '<=', '>=', '<', '>'];
const MATCHES: readonly MatchOperator[] = [':', 'like', 'like~', 'regex', 'regex~'];
const MEMBERSHIPS = ['in', 'in~'] as const;

/** A whole condition. Reports errors and goes on; throws only what ends the query. */
export function expression(c: Cursor): Expression {
  return logic(c, 'or', () => logic(c, 'and', () => negation(c)));
}

function logic(c: Cursor, kind: 'and' | 'or', operand: () => Expression): Expression {
  const first = operand();
  if (!c.at(kind)) return first;
  const args = [first];
  while (c.accept(kind) !== undefined) args.push(operand());
  return { kind, args, span: c.since(first.span.start) };
}

function negation(c: Cursor): Expression {
  const { start } = c.peek();
  if (!atNot(c))
    return c.recovering(
      () => comparison(c),
      () => nothing(c.since(start)),
    );
  c.accept('not');
  const arg = c.nested(() => negation(c));
  return { kind: 'not', arg, span: c.since(start) };
}

/** `not`, or a `NOT` that can be no field: an operand follows, no operator. */
function atNot(c: Cursor): boolean {
  if (c.peek().kind === 'keyword') return c.at('not');
  return (
    c.at('not') &&
    (['identifier', 'quoted', 'string', 'tilde'].includes(c.peek(1).kind) || c.atAny(['(', '?'], 1))
  );
}

/** Stands for an operand that could not be read; such a query is never handed on. */
const nothing = (at: Span): Expression => ({ kind: 'boolean', value: false, span: at });

function comparison(c: Cursor): Expression {
  const left = sum(c);
  const op = comparisonOperator(c);
  if (op === undefined) return left;
  const right = sum(c);
  const compared: Expression = { kind: 'comparison', op, left, right, span: c.since(left.span.start) };
  refuseChain(c);
  return compared;
}

function comparisonOperator(c: Cursor): ComparisonOperator | undefined {
  const equals = c.accept('=');
  if (equals === undefined) return c.acceptAny(COMPARISONS);
  c.report.say('EQL111', '"=" does not compare', spanOf(equals), 'write "=="');
  return '==';
}

function refuseChain(c: Cursor): void {
  const token = c.peek();
  if (comparisonOperator(c) === undefined) return;
  const message = 'comparisons cannot be chained';
  c.report.say('EQL115', message, spanOf(token), 'write "a < x and x < b"');
  sum(c);
  while (comparisonOperator(c) !== undefined) sum(c);
}

const sum = (c: Cursor): Expression => arithmetic(c, ['+', '-'], product);
const product = (c: Cursor): Expression => arithmetic(c, ['*', '/', '%'], sign);

function arithmetic(
  c: Cursor,
  ops: readonly Arithmetic['op'][],
  operand: (c: Cursor) => Expression,
): Expression {
  let left = operand(c);
  for (let op = c.acceptAny(ops); op !== undefined; op = c.acceptAny(ops)) {
    c.countArithmetic();
    const right = operand(c);
    left = { kind: 'arithmetic', op, left, right, span: c.since(left.span.start) };
  }
  return left;
}

function sign(c: Cursor): Expression {
  const { start } = c.peek();
  const op = c.acceptAny(['-', '+']);
  if (op === undefined) return postfix(c);
  const arg = c.nested(() => sign(c));
  return { kind: 'sign', op, arg, span: c.since(start) };
}

function postfix(c: Cursor): Expression {
  const arg = primary(c);
  if (c.at('not') && c.atAny(MEMBERSHIPS, 1)) return membership(c, arg, c.accept('not') !== undefined);
  if (c.atAny(MEMBERSHIPS)) return membership(c, arg, false);
  if (c.at('not') && c.atAny(MATCHES, 1)) refuseNotLike(c);
  const op = c.acceptAny(MATCHES);
  if (op === undefined) return arg;
  return { kind: 'match', op, arg, patterns: patterns(c, op), span: c.since(arg.span.start) };
}

function refuseNotLike(c: Cursor): void {
  const not = c.next();
  const op = c.peek().text;
  c.report.say(
    'EQL113',
    `"not" cannot stand before "${op}"; only "in" has such a form`,
    spanOf(not),
    `put it before the field: not field ${op} "…"`,
  );
}

function membership(c: Cursor, arg: Expression, negated: boolean): Expression {
  const op = c.acceptAny(['in', 'in~']);
  const list = atList(c) ? bracketed(c, 'a value') : [withoutParentheses(c, op ?? 'in')];
  return { kind: 'membership', arg, list, insensitive: op === 'in~', negated, span: c.since(arg.span.start) };
}

function withoutParentheses(c: Cursor, op: string): Constant {
  const value = constant(c);
  if (value === undefined) throw c.unexpected(`"(" after "${op}"`);
  c.report.say(
    'EQL101',
    `expected "(" after "${op}"`,
    value.span,
    `a list stands in parentheses, also one with a single value`,
  );
  return value;
}

/** A list in square brackets is refused, and read. */
function atList(c: Cursor): boolean {
  if (c.at('[')) c.report.add(c.unexpected('"("', 'a list stands in parentheses: ("a", "b")').diagnostic);
  return c.atAny(['(', '[']);
}

/** `( a, b )`; an empty list is an error unless `what` is left out. */
function bracketed(c: Cursor, what?: string): Expression[] {
  const close = c.next().text === '[' ? ']' : ')';
  return c.nested(() => {
    const items: Expression[] = [];
    while (!c.at(close)) {
      items.push(expression(c));
      if (c.at(close)) break;
      const comma = c.accept(',');
      if (comma === undefined) throw c.unexpected(`"," or "${close}"`);
      if (c.at(close)) refuseTrailingComma(c, spanOf(comma));
    }
    if (items.length === 0 && what !== undefined) throw c.unexpected(what);
    c.expect(close);
    return items;
  });
}

function primary(c: Cursor): Expression {
  const value = constant(c);
  if (value !== undefined) return value;
  if (c.at('(')) return group(c);
  if (atCall(c)) return call(c);
  if (atField(c)) return field(c);
  throw c.unexpected('a field, a value or "("');
}

function group(c: Cursor): Expression {
  const open = c.next();
  const inner = c.nested(() => expression(c));
  if (c.accept(')') === undefined) {
    throw c.unexpected('"and", "or" or ")"', `the parenthesis of ${placeOf(c, open.start)} is not closed`);
  }
  return inner;
}

function placeOf(c: Cursor, offset: number): string {
  const { line, column } = c.report.source.place(offset);
  return `line ${line}, column ${column}`;
}

const atCall = (c: Cursor): boolean => ['identifier', 'tilde'].includes(c.peek().kind) && c.at('(', 1);

function call(c: Cursor): Expression {
  const name = c.next();
  const args = bracketed(c);
  const insensitive = name.kind === 'tilde';
  return {
    kind: 'call',
    name: name.text,
    nameSpan: spanOf(name),
    insensitive,
    args,
    span: c.since(name.start),
  };
}
