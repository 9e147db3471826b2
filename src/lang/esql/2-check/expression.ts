/** Expressions with their types (esql §2.1, §2.2). What is wrong is reported once and becomes null. */
import type { Span } from '../../../base/span.ts';
import type { ColumnType, Timespan } from '../../../data/column.ts';
import { commonType } from '../../../func/esql/types.ts';
import type {
  Arithmetic as ArithmeticNode,
  Compare,
  Constant,
  ConstantAtom,
  RowExpression,
} from '../../../plan/row.ts';
import type * as ast from '../1-parse/ast.ts';
import { checkCall, checkCast } from './call.ts';
import { readColumn } from './column.ts';
import { checkCondition } from './condition.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { numberConstant, timespanOf } from './literal.ts';
import { checkLike, checkRegexp } from './pattern.ts';
import { checkSearch } from './search.ts';
import { isNumeric, isTextLiteral, suppose, typeName, unify, widen } from './unify.ts';

export function check(e: ast.Expression, context: Context): RowExpression {
  const { span } = e;
  switch (e.kind) {
    case 'string':
      return { kind: 'constant', type: 'keyword', value: e.value, span };
    case 'number':
      return checkNumber(e.text, false, span, context);
    case 'boolean':
      return { kind: 'constant', type: 'boolean', value: e.value, span };
    case 'null':
      return broken(span);
    case 'timespan':
      return timespanOf(e);
    case 'list':
      return checkList(e, context);
    case 'name':
      return readColumn(e, context);
    case 'call':
      return checkCall(e, context);
    case 'cast':
      return checkCast(e, context);
    case 'sign':
      return checkSign(e, context);
    case 'arithmetic':
      return checkArithmetic(e, context);
    case 'comparison':
      return checkComparison(e, context);
    case 'in':
      return negated(checkMembership(e, context), e.negated);
    case 'like':
      return negated(checkLike(e, context), e.negated);
    case 'rlike':
      return negated(checkRegexp(e, context), e.negated);
    case 'isNull':
      return negated({ kind: 'isNull', type: 'boolean', arg: check(e.arg, context), span }, e.negated);
    case 'search':
      return checkSearch(e, context);
    case 'not':
      return { kind: 'not', type: 'boolean', arg: checkCondition(e.arg, context), span };
    case 'and':
    case 'or':
      return { kind: e.kind, type: 'boolean', args: e.args.map((arg) => checkCondition(arg, context)), span };
  }
}

const negated = (e: RowExpression, not: boolean): RowExpression =>
  not ? { kind: 'not', type: 'boolean', arg: e, ...(e.span === undefined ? {} : { span: e.span }) } : e;

function checkList(e: ast.List, context: Context): RowExpression {
  const items = e.items.map((item) => check(item, context));
  const unified = unify(items, context);
  const constants = unified?.args.filter(
    (item): item is Constant => item.kind === 'constant' && item.value !== null,
  );
  if (unified === undefined || constants?.length !== items.length) {
    context.report.say('ESQL213', 'a list holds literals of one type', e.span, 'write [1, 2] or ["a", "b"]');
    return broken(e.span);
  }
  const values = constants.map(({ value }) => value as ConstantAtom);
  const [only] = values;
  return {
    kind: 'constant',
    type: unified.type,
    value: values.length === 1 && only !== undefined ? only : values,
    span: e.span,
  };
}

function checkNumber(text: string, negative: boolean, span: Span, { report }: Context): RowExpression {
  const constant = numberConstant(text, negative, span);
  if (constant.value !== Infinity && constant.value !== -Infinity) return constant;
  report.say('ESQL218', 'the number is too large for a double', span);
  return broken(span);
}

function checkSign({ op, arg, span }: ast.Sign, context: Context): RowExpression {
  if (arg.kind === 'number') return checkNumber(arg.text, op === '-', span, context);
  const checked = check(arg, context);
  if (checked.kind === 'constant' && isSpan(checked.type)) return op === '-' ? negatedSpan(checked) : checked;
  if (checked.type !== 'null' && !isNumeric(checked.type) && !suppose(checked, 'double', context)) {
    context.report.say('ESQL205', `${typeName(checked.type)} has no sign`, span);
    return broken(span);
  }
  return op === '+' ? checked : { kind: 'negate', type: checked.type, arg: checked, span };
}

const isSpan = (type: ColumnType): boolean => type === 'date_period' || type === 'time_duration';

function negatedSpan(constant: Constant): Constant {
  const { months, days, milliseconds } = constant.value as Timespan;
  return { ...constant, value: { months: -months, days: -days, milliseconds: -milliseconds } };
}

const OPERATIONS = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'modulo' } as const;

function checkArithmetic(e: ast.Arithmetic, context: Context): RowExpression {
  const left = check(e.left, context);
  const right = check(e.right, context);
  const op = OPERATIONS[e.op];
  const shifted = shift(op, left, right, context);
  if (shifted !== undefined) return { ...shifted, span: e.span };
  const type = numericType(left, right, context);
  if (type !== undefined)
    return { kind: 'arithmetic', op, type, left: widen(left, type), right: widen(right, type), span: e.span };
  const message = `"${e.op}" cannot be applied to ${typeName(left.type)} and ${typeName(right.type)}`;
  context.report.say('ESQL205', message, e.span, arithmeticHint(left.type, right.type));
  return broken(e.span);
}

/** A date or a span of time, and a span of time. */
function shift(
  op: ArithmeticNode['op'],
  left: RowExpression,
  right: RowExpression,
  context: Context,
): RowExpression | undefined {
  if (op !== 'add' && op !== 'subtract') return undefined;
  const [arg, by] = isSpan(left.type) && op === 'add' && !isSpan(right.type) ? [right, left] : [left, right];
  if (!isSpan(by.type)) return undefined;
  if (
    arg.type === 'datetime' ||
    arg.type === by.type ||
    arg.type === 'null' ||
    suppose(arg, 'datetime', context)
  )
    return { kind: 'shift', op, type: arg.type === by.type ? by.type : 'datetime', arg, by };
  return undefined;
}

function numericType(left: RowExpression, right: RowExpression, context: Context): ColumnType | undefined {
  const [a, b] = [numberType(left, right, context), numberType(right, left, context)];
  return a === undefined || b === undefined ? undefined : commonType(a, b);
}

function numberType(e: RowExpression, other: RowExpression, context: Context): ColumnType | undefined {
  if (e.type === 'null' || isNumeric(e.type)) return e.type;
  const wanted = isNumeric(other.type) ? other.type : 'double';
  return suppose(e, wanted, context) ? wanted : undefined;
}

function arithmeticHint(left: ColumnType, right: ColumnType): string | undefined {
  if (left === 'datetime' && right === 'datetime') return 'write DATE_DIFF("seconds", start, end)';
  if (left === 'datetime' || right === 'datetime') return 'a date takes a span of time: field - 5 minutes';
  if (left === 'keyword' && right === 'keyword') return 'texts are joined by CONCAT(a, b)';
  return left === 'keyword' || right === 'keyword'
    ? 'make it a number: TO_LONG(field), TO_DOUBLE(field)'
    : undefined;
}

const COMPARISONS: Readonly<Record<ast.Comparison['op'], Compare['op']>> = {
  '==': 'eq',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const WITHOUT_ORDER: readonly ColumnType[] = ['boolean', 'geo_point'];

function checkComparison(e: ast.Comparison, context: Context): RowExpression {
  const operands = [check(e.left, context), check(e.right, context)];
  const op = COMPARISONS[e.op];
  warnNull(e, context);
  const unified = unify(operands, context);
  const [left, right] = unified?.args ?? [];
  if (unified === undefined || left === undefined || right === undefined)
    return refuseTypes(e, operands, context, slashHint(e, context));
  if (op !== 'eq' && op !== 'neq' && WITHOUT_ORDER.includes(unified.type)) {
    context.report.say('ESQL205', `${typeName(unified.type)} has no order`, e.span, 'compare with == or !=');
    return broken(e.span);
  }
  return { kind: 'compare', op, type: 'boolean', left, right, span: e.span };
}

function warnNull({ left, right, op, span }: ast.Comparison, context: Context): void {
  if (left.kind !== 'null' && right.kind !== 'null') return;
  const hint = op === '!=' ? 'write IS NOT NULL' : 'write IS NULL';
  context.report.say('ESQL302', 'nothing equals null, so the condition is never true', span, hint);
}

/** Names of Kubernetes' annotations hold slashes; nobody writes a division of fields without blanks. */
function slashHint({ left }: ast.Comparison, { report }: Context): string | undefined {
  if (left.kind !== 'arithmetic' || left.op !== '/') return undefined;
  const { left: before, right: behind, span } = left;
  if (before.kind !== 'name' || behind.kind !== 'name' || before.span.end + 1 !== behind.span.start)
    return undefined;
  return `a name that holds "/" stands in backquotes: \`${report.source.text.slice(span.start, span.end)}\``;
}

function refuseTypes(
  e: ast.Expression,
  operands: readonly RowExpression[],
  context: Context,
  hint = compareHint(operands),
): RowExpression {
  const types = [...new Set(operands.map(({ type }) => type).filter((type) => type !== 'null'))];
  const message = `${types.map(typeName).join(' and ')} cannot be compared`;
  context.report.say('ESQL205', message, e.span, hint);
  return broken(e.span);
}

function compareHint(operands: readonly RowExpression[]): string {
  const number = operands.some(({ type }) => isNumeric(type));
  if (number && operands.some(isTextLiteral)) return 'write the number without quotes';
  if (number) return 'bring both to one type: TO_STRING(a), or TO_LONG(b)';
  return 'bring both to one type, for example with TO_STRING';
}

function checkMembership(e: ast.Membership, context: Context): RowExpression {
  const operands = [e.arg, ...e.list].map((item) => check(item, context));
  const unified = unify(operands, context);
  const [arg, ...list] = unified?.args ?? [];
  if (arg === undefined) return refuseTypes(e, operands, context);
  return { kind: 'in', type: 'boolean', arg, list, span: e.span };
}
