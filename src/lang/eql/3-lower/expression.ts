/** Values and conditions inside one leaf, three-valued (eql §3.1). Calls whose arguments are all constant are folded. */
import type { FieldInfo, FieldTypes } from '../../../data/field-type.ts';
import type { Order } from '../../../data/fold.ts';
import type { FunctionName, FunctionValue } from '../../../func/index.ts';
import { functionNamed, functionOf } from '../../../func/index.ts';
import type { Expression, Literal } from '../../../plan/expression.ts';
import type { FieldRef } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import type * as ast from '../1-parse/ast.ts';
import type { Value } from '../constant.ts';
import { valueOf } from '../constant.ts';
import { COMPUTED, equalsAny, inOrder, matchesAny, ORDERS } from '../leaf.ts';

/** The root of a flattened field is asked for the values of all its keys. */
export const fieldRef = (info: FieldInfo): FieldRef => ({
  name: info.name,
  path: info.path,
  ...(info.type === 'flattened' && info.flattenedRoot === undefined ? { below: true } : {}),
});

export function lowerExpression(e: ast.Expression, types: FieldTypes): Expression {
  const lower = (inner: ast.Expression): Expression => lowerExpression(inner, types);
  const { span } = e;
  switch (e.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: 'literal', value: valueOf(e), span };
    case 'field':
      return { kind: 'field', field: fieldRef(types.resolve(e.name)), span };
    case 'sign':
      return e.op === '+' ? lower(e.arg) : call('negate', [lower(e.arg)], false, span);
    case 'arithmetic':
      return call(ARITHMETIC[e.op], [lower(e.left), lower(e.right)], false, span);
    case 'call':
      return lowerCall(e, types);
    case 'comparison':
      return { ...compare(e.op, lower(e.left), lower(e.right), types), span };
    case 'membership':
      return { ...member(e, types), span };
    case 'match':
      return {
        ...passes(lower(e.arg), matchesAny(infoOf(e.arg, types), e.op, e.patterns.map(valueOf))),
        span,
      };
    case 'not':
      return { kind: 'logic', op: 'not', args: [lowerTruth(e.arg, types)], span };
    case 'and':
    case 'or':
      return { kind: 'logic', op: e.kind, args: e.args.map((arg) => lowerTruth(arg, types)), span };
  }
}

/** Where a condition stands: a field alone means that it is true. */
export function lowerTruth(e: ast.Expression, types: FieldTypes): Expression {
  const value = lowerExpression(e, types);
  if (value.kind !== 'field') return value;
  return { ...equal(value, { kind: 'literal', value: true }, types), span: e.span };
}

const ARITHMETIC = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'modulo' } as const;
const FLIPPED: Readonly<Record<Order, Order>> = { lt: 'gt', lte: 'gte', gt: 'lt', gte: 'lte' };

/** The type of a field; of anything else nothing is known. */
const infoOf = (e: ast.Expression, types: FieldTypes): FieldInfo =>
  e.kind === 'field' ? types.resolve(e.name) : COMPUTED;

function lowerCall(e: ast.Call, types: FieldTypes): Expression {
  const definition = functionNamed(e.name);
  if (definition === undefined) throw new Error(`The check let the unknown function "${e.name}" pass.`);
  const args = e.args.map((arg) => lowerExpression(arg, types));
  return call(definition.name, args, e.insensitive, e.span);
}

function call(
  name: FunctionName,
  args: readonly Expression[],
  insensitive: boolean,
  span: ast.Expression['span'],
): Expression {
  const values = args.flatMap((arg) => (arg.kind === 'literal' ? [arg.value] : []));
  if (values.length === args.length) return { kind: 'literal', value: fold(name, values, insensitive), span };
  return { kind: 'call', name, args, ...(insensitive ? { insensitive } : {}), span };
}

function fold(name: FunctionName, values: readonly Value[], insensitive: boolean): Value {
  const definition = functionOf(name);
  if (definition.onNull === 'null' && values.includes(null)) return null;
  const result = definition.call(values.map(toArgument), insensitive);
  return typeof result === 'bigint' ? { integer: String(result) } : result;
}

const toArgument = (value: Value): FunctionValue =>
  typeof value === 'object' && value !== null ? BigInt(value.integer) : value;

const isLiteral = (e: Expression): e is Literal => e.kind === 'literal';
const isNullLiteral = (e: Expression): boolean => isLiteral(e) && e.value === null;

function compare(
  op: ast.ComparisonOperator,
  left: Expression,
  right: Expression,
  types: FieldTypes,
): Expression {
  if (op === '!=') return notEqual(left, right, types);
  if (op === '==') return equal(left, right, types);
  const order = ORDERS[op];
  if (isLiteral(left) && !isLiteral(right)) return ordered(FLIPPED[order], right, left, types);
  return ordered(order, left, right, types);
}

function equal(left: Expression, right: Expression, types: FieldTypes): Expression {
  if (isNullLiteral(right)) return { kind: 'isNull', arg: left };
  if (isNullLiteral(left)) return { kind: 'isNull', arg: right };
  if (right.kind === 'field' && isLiteral(left)) return equal(right, left, types);
  if (left.kind !== 'field' || !isLiteral(right)) return { kind: 'comparison', op: 'eq', left, right };
  return passes(left, equalsAny(types.resolve(left.field.name), [right.value], false));
}

/** `field != constant` and `x != null` are negations; between computed values it is a comparison of its own. */
function notEqual(left: Expression, right: Expression, types: FieldTypes): Expression {
  const equality = equal(left, right, types);
  if (equality.kind === 'comparison') return { ...equality, op: 'neq' };
  return { kind: 'logic', op: 'not', args: [equality] };
}

function ordered(op: Order, left: Expression, right: Expression, types: FieldTypes): Expression {
  if (left.kind !== 'field' || !isLiteral(right)) return { kind: 'comparison', op, left, right };
  return passes(left, inOrder(types.resolve(left.field.name), op, right.value));
}

const NOTHING_PASSES: Test = { kind: 'anyOf', tests: [] };
const passes = (arg: Expression, test: Test | undefined): Expression => ({
  kind: 'passes',
  arg,
  test: test ?? NOTHING_PASSES,
});

function member(e: ast.Membership, types: FieldTypes): Expression {
  const arg = lowerExpression(e.arg, types);
  const list = e.list.map((item) => lowerExpression(item, types));
  const constants = list.filter(isLiteral).map((item) => item.value);
  const anyConstant = passes(arg, equalsAny(infoOf(e.arg, types), constants, e.insensitive));
  const others = list
    .filter((item) => !isLiteral(item))
    .map((right): Expression => ({ kind: 'comparison', op: 'eq', left: arg, right }));
  const found: Expression =
    others.length === 0 ? anyConstant : { kind: 'logic', op: 'or', args: [anyConstant, ...others] };
  return e.negated ? { kind: 'logic', op: 'not', args: [found] } : found;
}
