/**
 * Expressions, tightest last: `or`, `and`, `not`, then comparison, IN, LIKE, RLIKE, IS NULL and `:`, then `+ -`,
 * `* / %`, sign, and `::`.
 */
import type { Span } from '../../../base/span.ts';
import { didYouMean } from '../../../base/typo.ts';
import type { Arithmetic, Comparison, Expression, Numeral, Option, Text } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import { atName, name } from './name.ts';
import { missingPipe } from './known.ts';
import { TIME_UNITS, timeUnit } from './time-unit.ts';
import type { Token } from './token.ts';
import { FOLLOWERS } from './token.ts';

const COMPARISONS: readonly Comparison['op'][] = ['==', '!=', '<=', '>=', '<', '>'];
const POSTFIX = ['in', 'like', 'rlike'] as const;

/** A whole condition or value. Reports errors and goes on; throws only what ends the command. */
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
  if (!c.at('not'))
    return c.recovering(
      () => predicate(c),
      () => nothing(c.since(start)),
    );
  c.next();
  const arg = c.nested(() => negation(c));
  return { kind: 'not', arg, span: c.since(start) };
}

/** Stands for an operand that could not be read; such a query is never handed on. */
const nothing = (at: Span): Expression => ({ kind: 'null', span: at });

function predicate(c: Cursor): Expression {
  const arg = sum(c);
  const op = comparisonOperator(c);
  if (op !== undefined) return comparison(c, arg, op);
  if (c.at(':')) return search(c, arg);
  const negated = c.at('not') && c.atAny(POSTFIX, 1) && c.next() !== undefined;
  if (c.accept('in') !== undefined) return membership(c, arg, negated);
  const like = c.acceptAny(['like', 'rlike']);
  if (like !== undefined) return patternMatch(c, arg, like, negated);
  return c.at('is') ? nullCheck(c, arg) : arg;
}

function comparisonOperator(c: Cursor): Comparison['op'] | undefined {
  const equals = c.accept('=');
  if (equals === undefined) return c.acceptAny(COMPARISONS);
  c.report.say('ESQL109', '"=" does not compare', spanOf(equals), 'write "=="');
  return '==';
}

function comparison(c: Cursor, left: Expression, op: Comparison['op']): Expression {
  const right = sum(c);
  const compared: Expression = { kind: 'comparison', op, left, right, span: c.since(left.span.start) };
  const token = c.peek();
  if (comparisonOperator(c) === undefined) return compared;
  throw c.report.fatal('ESQL110', 'comparisons cannot be chained', spanOf(token), 'write "a < x AND x < b"');
}

function search(c: Cursor, field: Expression): Expression {
  if (field.kind !== 'name') throw c.unexpected('an operator', '":" searches in a field: field : "text"');
  c.next();
  const value = sum(c);
  return { kind: 'search', field, value, span: c.since(field.span.start) };
}

function membership(c: Cursor, arg: Expression, negated: boolean): Expression {
  if (!c.at('('))
    throw c.unexpected('"(" after IN', 'a list stands in parentheses, also one with a single value');
  c.next();
  const list = c.nested(() => items(c, ')', () => expression(c)));
  c.expect(')');
  return { kind: 'in', arg, list, negated, span: c.since(arg.span.start) };
}

function patternMatch(c: Cursor, arg: Expression, kind: 'like' | 'rlike', negated: boolean): Expression {
  const patterns = c.accept('(') === undefined ? [text(c, 'a pattern in double quotes')] : patternList(c);
  return { kind, arg, patterns, negated, span: c.since(arg.span.start) };
}

function patternList(c: Cursor): Text[] {
  const patterns = items(c, ')', () => text(c, 'a pattern in double quotes'));
  c.expect(')');
  return patterns;
}

function nullCheck(c: Cursor, arg: Expression): Expression {
  c.next();
  const negated = c.accept('not') !== undefined;
  c.expect('null', 'there are only IS NULL and IS NOT NULL');
  return { kind: 'isNull', arg, negated, span: c.since(arg.span.start) };
}

/** At least one, separated by commas, up to a bracket that is not taken. */
function items<T>(c: Cursor, close: string, read: () => T): T[] {
  const found = [read()];
  while (!c.at(close)) {
    if (c.accept(',') === undefined) throw c.unexpected(`"," or "${close}"`);
    found.push(read());
  }
  return found;
}

/** A string literal. */
export function text(c: Cursor, what: string): Text {
  const token = c.peek();
  if (token.kind !== 'string') throw c.unexpected(what);
  c.next();
  return { kind: 'string', value: token.text, span: spanOf(token) };
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
    c.countChained();
    const right = operand(c);
    left = { kind: 'arithmetic', op, left, right, span: c.since(left.span.start) };
  }
  return left;
}

function sign(c: Cursor): Expression {
  const { start } = c.peek();
  const op = c.acceptAny(['-', '+']);
  if (op === undefined) return cast(c);
  const arg = c.nested(() => sign(c));
  return { kind: 'sign', op, arg, span: c.since(start) };
}

/** The expression that stands before the operators: what DISSECT, GROK and COMPLETION take. */
export function cast(c: Cursor): Expression {
  let arg = primary(c);
  while (c.accept('::') !== undefined) {
    c.countChained();
    const to = c.peek();
    if (to.kind !== 'word') throw c.unexpected('the name of a type', 'write field::long, or TO_LONG(field)');
    c.next();
    arg = { kind: 'cast', arg, to: to.text, toSpan: spanOf(to), span: c.since(arg.span.start) };
  }
  return arg;
}

function primary(c: Cursor): Expression {
  const literal = constant(c);
  if (literal !== undefined) return literal;
  if (c.at('(')) return group(c);
  if (c.at('[')) return list(c);
  if (c.at('?')) throw parameter(c);
  if (c.peek().kind === 'word' && c.at('(', 1)) return call(c);
  if (atName(c)) return name(c);
  throw c.unexpected('a column, a value or "("', reservedHint(c));
}

function reservedHint(c: Cursor): string | undefined {
  const { kind, text: word } = c.peek();
  return kind === 'word' && c.at('=', 1)
    ? `as the name of a column it stands in back quotes: \`${word}\``
    : undefined;
}

function constant(c: Cursor): Expression | undefined {
  const token = c.peek();
  if (token.kind === 'string') return text(c, 'a string');
  if (token.kind === 'number') return number(c);
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (word !== 'true' && word !== 'false' && word !== 'null') return undefined;
  c.next();
  const span = spanOf(token);
  return word === 'null' ? { kind: 'null', span } : { kind: 'boolean', value: word === 'true', span };
}

/** A number, or with a word behind it a span of time. */
function number(c: Cursor): Expression {
  const { text: digits, start, end } = c.next();
  const unit = c.peek();
  if (unit.kind !== 'word' || FOLLOWERS.has(unit.text.toLowerCase()))
    return { kind: 'number', text: digits, span: { start, end } };
  c.next();
  const known = timeUnit(unit.text);
  if (known === undefined) throw unknownUnit(c, unit.text);
  if (!/^\d+$/.test(digits))
    throw c.report.fatal('ESQL111', `a span of time has a whole number, not ${digits}`, c.since(start));
  return { kind: 'timespan', count: Number(digits), unit: known, span: c.since(start) };
}

function unknownUnit(c: Cursor, word: string): Error {
  const hint =
    missingPipe(word) ??
    didYouMean(word, TIME_UNITS) ??
    'the units are second, minute, hour, day, week, month, quarter and year';
  return c.report.fatal('ESQL111', `"${word}" is no unit of time`, spanOf(c.last), hint);
}

/** A number without a unit. */
export function numeral(c: Cursor, what: string): Numeral {
  const token = c.peek();
  if (token.kind !== 'number') throw c.unexpected(what);
  c.next();
  return { kind: 'number', text: token.text, span: spanOf(token) };
}

function parameter(c: Cursor): Error {
  const hint = 'a rule has no parameters: write the value';
  return c.report.fatal('ESQL115', 'parameters cannot be given', spanOf(c.peek()), hint);
}

function group(c: Cursor): Expression {
  const open = c.next();
  const inner = c.nested(() => expression(c));
  if (c.accept(')') === undefined) {
    throw c.unexpected('AND, OR or ")"', notClosed(c, open));
  }
  return inner;
}

function notClosed(c: Cursor, open: Token): string {
  const { line, column } = c.report.source.place(open.start);
  return `the parenthesis of line ${line}, column ${column} is not closed`;
}

function list(c: Cursor): Expression {
  const { start } = c.next();
  const found = c.nested(() => items(c, ']', () => sign(c)));
  c.expect(']');
  return { kind: 'list', items: found, span: c.since(start) };
}

function call(c: Cursor): Expression {
  const written = c.next();
  const open = c.next();
  const rest = c.nested(() => callArguments(c));
  if (c.accept(')') === undefined) throw c.unexpected('"," or ")"', notClosed(c, open));
  return {
    kind: 'call',
    name: written.text,
    nameSpan: spanOf(written),
    ...rest,
    span: c.since(written.start),
  };
}

interface Arguments {
  readonly args: readonly Expression[];
  readonly star?: true;
  readonly options?: readonly Option[];
}

function callArguments(c: Cursor): Arguments {
  if (c.at(')')) return { args: [] };
  if (c.at('*') && c.at(')', 1)) {
    c.next();
    return { args: [], star: true };
  }
  const args: Expression[] = [];
  for (;;) {
    if (c.at('{')) return { args, options: options(c) };
    args.push(expression(c));
    if (c.accept(',') === undefined) return { args };
  }
}

/** `{ "key": value, … }`. */
export function options(c: Cursor): Option[] {
  c.expect('{');
  if (c.accept('}') !== undefined) return [];
  const found = c.nested(() => items(c, '}', () => option(c)));
  c.expect('}');
  return found;
}

function option(c: Cursor): Option {
  const key = text(c, 'the name of an option in double quotes');
  c.expect(':');
  const value = c.at('[') ? list(c) : sign(c);
  return { key: key.value, value, span: c.since(key.span.start) };
}
