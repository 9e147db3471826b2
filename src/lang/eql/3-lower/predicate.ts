/**
 * Conditions to predicates (eql §3.1): split at `and`, `or` and `not`; each leaf is two-valued and true when some choice
 * of values makes it true. A leaf that compares one field with constants becomes a test of that field, everything else
 * is computed.
 */
import { parseBlock } from '../../../data/address.ts';
import type { FieldTypes } from '../../../data/field-type.ts';
import type { Pattern } from '../../../data/pattern.ts';
import { MANY } from '../../../data/pattern.ts';
import { functionNamed } from '../../../func/index.ts';
import type { Expression } from '../../../plan/expression.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { FALSE, TRUE } from '../../../plan/rewrite.ts';
import type { Test } from '../../../plan/test.ts';
import type * as ast from '../1-parse/ast.ts';
import { valueOf } from '../constant.ts';
import { fieldRef, lowerExpression, lowerTruth } from './expression.ts';
import { foldOf, matchesAny } from '../leaf.ts';

type Span = ast.Expression['span'];

export function lowerCondition(e: ast.Expression, types: FieldTypes): Predicate {
  const { span } = e;
  switch (e.kind) {
    case 'and':
    case 'or':
      return { kind: e.kind, args: e.args.map((arg) => lowerCondition(arg, types)), span };
    case 'not':
      return { kind: 'not', arg: lowerCondition(e.arg, types), span };
    case 'comparison':
      return comparison(e, types);
    case 'membership':
      return e.negated ? not(lowerCondition({ ...e, negated: false }, types), span) : leaf(e, types);
    case 'match':
      return e.arg.kind === 'field' ? match(e, e.arg, types) : leaf(e, types);
    case 'call':
      return onField(e, types) ?? leaf(e, types);
    case 'field':
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'sign':
    case 'arithmetic':
      return leaf(e, types);
  }
}

const not = (arg: Predicate, span: Span): Predicate =>
  arg.kind === 'not' ? { ...arg.arg, span } : { kind: 'not', arg, span };

/** A leaf in the form that its expression has: a question to one field, a constant, or a computation. */
const leaf = (e: ast.Expression, types: FieldTypes): Predicate => settle(lowerTruth(e, types), e.span);

function settle(expression: Expression, span: Span): Predicate {
  if (expression.kind === 'literal') return { ...(expression.value === true ? TRUE : FALSE), span };
  if (expression.kind === 'isNull' && expression.arg.kind === 'field') {
    return not({ kind: 'exists', field: expression.arg.field, span }, span);
  }
  if (expression.kind === 'passes' && expression.arg.kind === 'field')
    return some(expression.arg.field, expression.test, span);
  return { kind: 'compute', expression, span };
}

const isEmpty = (test: Test): boolean => test.kind === 'anyOf' && test.tests.length === 0;

const some = (field: ReturnType<typeof fieldRef>, test: Test, span: Span): Predicate =>
  isEmpty(test) ? { ...FALSE, span } : { kind: 'some', field, test, span };

function comparison(e: ast.Comparison, types: FieldTypes): Predicate {
  const asked = truthAsked(e);
  if (asked !== undefined)
    return asked.is ? lowerCondition(asked.of, types) : not(lowerCondition(asked.of, types), e.span);
  const expression = lowerExpression(e, types);
  if (expression.kind !== 'logic') return settle(expression, e.span);
  // `field != constant` and `x != null`: the negation stands outside of the leaf.
  const [negated] = expression.args;
  return negated === undefined ? FALSE : not(settle(negated, e.span), e.span);
}

/** `condition == true` and its like: the condition itself or its negation. Boolean fields are compared as fields. */
function truthAsked({
  op,
  left,
  right,
}: ast.Comparison): { readonly of: ast.Expression; readonly is: boolean } | undefined {
  if (op !== '==' && op !== '!=') return undefined;
  const [constant, of] = right.kind === 'boolean' ? [right, left] : [left, right];
  if (constant.kind !== 'boolean' || !isCondition(of)) return undefined;
  return { of, is: constant.value === (op === '==') };
}

function isCondition(e: ast.Expression): boolean {
  if (e.kind === 'call') return functionNamed(e.name)?.returns === 'boolean';
  return ['comparison', 'membership', 'match', 'not', 'and', 'or'].includes(e.kind);
}

function match(e: ast.Match, field: ast.Field, types: FieldTypes): Predicate {
  const info = types.resolve(field.name);
  const test = matchesAny(info, e.op, e.patterns.map(valueOf));
  return test === undefined ? { ...FALSE, span: e.span } : some(fieldRef(info), test, e.span);
}

/** Calls over one field and constants that ask the same as a test of the field, for every value and for none. */
function onField(e: ast.Call, types: FieldTypes): Predicate | undefined {
  const [field, ...rest] = e.args;
  const constants = rest.flatMap((arg) => (arg.kind === 'string' ? [arg.value] : []));
  if (field?.kind !== 'field' || constants.length !== rest.length) return undefined;
  const info = types.resolve(field.name);
  const test = callTest(functionNamed(e.name)?.name, constants);
  if (test?.kind !== 'pattern') return test && some(fieldRef(info), test, e.span);
  return some(fieldRef(info), { ...test, fold: foldOf(info, e.insensitive) }, e.span);
}

function callTest(name: string | undefined, constants: readonly string[]): Test | undefined {
  if (name === 'cidrMatch') {
    return constants.every((text) => parseBlock(text) !== undefined)
      ? { kind: 'ip', blocks: constants }
      : undefined;
  }
  const [part] = constants;
  const pattern = part === undefined || part === '' ? undefined : affix(name, part);
  return pattern && { kind: 'pattern', oneOf: [pattern], fold: 'exact' };
}

/** An empty part is left to the function: it is contained in nothing, but begins and ends everything (eql §5). */
function affix(name: string | undefined, part: string): Pattern | undefined {
  if (name === 'startsWith') return [part, MANY];
  if (name === 'endsWith') return [MANY, part];
  return name === 'stringContains' ? [MANY, part, MANY] : undefined;
}
