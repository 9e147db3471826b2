/**
 * Row expressions, resolved once for a place in the pipeline (esql §2.2, §2.5): the obvious way. What a node means stands
 * at its type in `plan/row`; here is how it is computed. `compiled.ts` computes the same faster.
 */
import { atomKey, compareAtoms, isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue, Timespan } from '../../data/column.ts';
import type { Order } from '../../data/fold.ts';
import { globMatcher } from '../../data/glob.ts';
import { luceneMatcher } from '../../data/lucene-automaton.ts';
import { BadExpression } from '../../data/lucene-derivatives.ts';
import { inOrder } from '../../data/order.ts';
import { addSpan } from '../../data/timespan.ts';
import type { Whole } from '../../data/whole.ts';
import { fitWhole, isWholeType } from '../../data/whole.ts';
import type { ScalarDefinition } from '../../func/esql/index.ts';
import { esqlFunction } from '../../func/esql/index.ts';
import { isConstant } from '../../plan/constant.ts';
import type { Table } from '../../plan/fold.ts';
import { byKind } from '../../plan/fold.ts';
import type {
  Arithmetic,
  Compare,
  Constant,
  ConstantAtom,
  FunctionCall,
  RowExpression,
} from '../../plan/row.ts';
import { interpret } from '../interpret/index.ts';
import { calculate } from './arithmetic.ts';
import { fuzzyTest } from './fuzzy.ts';
import type { Evaluator, Row, RowCall, RunContext } from './row.ts';
import { Layout, mapAtoms, single } from './row.ts';

/** How to compute the expression on rows of the layout, by whoever computes for it. */
export const rowCall = (expression: RowExpression, layout: Layout): RowCall =>
  layout.evaluator(expression, layout);

export const obvious: Table<RowExpression, RowCall, [Layout]> = {
  constant: (e) => always(constantValue(e.value)),
  column: (e, _, layout) => layout.reader(e.name),
  widen: (e, go, layout) => {
    const arg = go(e.arg, layout);
    return e.type === 'double' ? (row, context) => mapAtoms(arg(row, context), Number) : arg;
  },
  arithmetic: (e, go, layout) => arithmetic(e, go(e.left, layout), go(e.right, layout)),
  negate: (e, go, layout) => {
    const arg = go(e.arg, layout);
    return (row, context) => {
      const value = single(arg(row, context), context);
      return value === null ? null : negated(value, e.type, context);
    };
  },
  shift: (e, go, layout) => {
    const [arg, by] = [go(e.arg, layout), go(e.by, layout)];
    const sign = e.op === 'add' ? 1 : -1;
    return pairwise(arg, by, (date, span, context) => shifted(date, span as Timespan, sign, context));
  },
  compare: (e, go, layout) => pairwise(go(e.left, layout), go(e.right, layout), comparison(e)),
  in: (e, go, layout) =>
    oneOf(
      go(e.arg, layout),
      e.list.map((member) => go(member, layout)),
    ),
  like: (e, go, layout) => textTest(go(e.arg, layout), e.patterns.map(globMatcher)),
  rlike: (e, go, layout) => textTest(go(e.arg, layout), e.patterns.map(boundedMatcher)),
  isNull: (e, go, layout) => {
    const arg = go(e.arg, layout);
    return (row, context) => arg(row, context) === null;
  },
  and: (e, go, layout) =>
    decided(
      e.args.map((arg) => go(arg, layout)),
      false,
    ),
  or: (e, go, layout) =>
    decided(
      e.args.map((arg) => go(arg, layout)),
      true,
    ),
  not: (e, go, layout) => {
    const arg = go(e.arg, layout);
    return (row, context) => {
      const value = single(arg(row, context), context);
      return value === null ? null : value !== true;
    };
  },
  case: (e, go, layout) => {
    const branches = e.branches.map(({ when, then }) => [go(when, layout), go(then, layout)] as const);
    const otherwise = e.otherwise === undefined ? always(null) : go(e.otherwise, layout);
    return (row, context) => {
      for (const [when, then] of branches)
        if (single(when(row, context), context) === true) return then(row, context);
      return otherwise(row, context);
    };
  },
  call: (e, go, layout) =>
    invocation(
      e,
      e.args.map((arg) => go(arg, layout)),
    ),
  document:
    (e) =>
    ({ event }, { now }) =>
      event !== undefined && interpret(e.where, event.document, { now }),
  fuzzy: (e) => {
    const test = fuzzyTest(e);
    return ({ event }) => event !== undefined && test(event.document);
  },
};

/** The truth: nothing but what the definitions say. */
export const interpreted: Evaluator = byKind(obvious);

const always =
  (value: ColumnValue): RowCall =>
  () =>
    value;

/** A constant of the plan as a column holds it. */
function constantValue(value: Constant['value']): ColumnValue {
  if (value === null) return null;
  return Array.isArray(value)
    ? value.map((atom: ConstantAtom) => constantAtom(atom))
    : constantAtom(value as ConstantAtom);
}

const constantAtom = (atom: ConstantAtom): Atom =>
  typeof atom === 'object' && 'integer' in atom ? BigInt(atom.integer) : atom;

type Pairwise = (left: Atom, right: Atom, context: RunContext) => ColumnValue;

/** Null when either side is null or has several values. */
function pairwise(left: RowCall, right: RowCall, compute: Pairwise): RowCall {
  return (row, context) => {
    const a = single(left(row, context), context);
    const b = single(right(row, context), context);
    return a === null || b === null ? null : compute(a, b, context);
  };
}

function comparison({ op, left: { type } }: Compare): Pairwise {
  const equals =
    type === 'geo_point' ? (a: Atom, b: Atom) => atomKey(a) === atomKey(b) : (a: Atom, b: Atom) => a === b;
  if (op === 'eq') return equals;
  if (op === 'neq') return (a, b) => !equals(a, b);
  const order: Order = op;
  return (a, b) => inOrder(compareAtoms(a, b, type), order);
}

function arithmetic({ op, type }: Arithmetic, left: RowCall, right: RowCall): RowCall {
  return pairwise(left, right, (a, b, context) => {
    const result = calculate(op, type, a as Whole, b as Whole);
    if (result === undefined) context.count('arithmetic');
    return result ?? null;
  });
}

function negated(value: Atom, type: RowExpression['type'], context: RunContext): ColumnValue {
  if (typeof value === 'object') {
    const { months, days, milliseconds } = value as Timespan;
    return { months: -months, days: -days, milliseconds: -milliseconds };
  }
  const result = isWholeType(type) ? fitWhole(-(value as Whole), type) : -Number(value);
  if (result === undefined) context.count('arithmetic');
  return result ?? null;
}

function shifted(date: Atom, span: Timespan, sign: 1 | -1, context: RunContext): ColumnValue {
  if (typeof date === 'object') return addSpans(date as Timespan, span, sign);
  const moved = addSpan(Number(date), span, sign);
  if (moved === undefined) context.count('arithmetic');
  return moved ?? null;
}

const addSpans = (a: Timespan, b: Timespan, sign: 1 | -1): Timespan => ({
  months: a.months + sign * b.months,
  days: a.days + sign * b.days,
  milliseconds: a.milliseconds + sign * b.milliseconds,
});

/** True at the first equal member; else null if the value or a member is unknown; else false (esql §2.2). */
function oneOf(arg: RowCall, members: readonly RowCall[]): RowCall {
  return (row, context) => {
    const value = single(arg(row, context), context);
    if (value === null) return null;
    let isUnknown = false;
    for (const member of members) {
      const other = single(member(row, context), context);
      if (other === null) isUnknown = true;
      else if (other === value || (typeof value === 'object' && atomKey(other) === atomKey(value)))
        return true;
    }
    return isUnknown ? null : false;
  };
}

/** Undefined: not decided. */
export type TextTest = (text: string) => boolean | undefined;

/** True at the first that holds; else null, and counted, where one could not be decided. */
export function textTest(arg: RowCall, tests: readonly TextTest[]): RowCall {
  return (row, context) => {
    const value = single(arg(row, context), context);
    if (value === null) return null;
    let isUnknown = false;
    for (const test of tests) {
      const answer = test(String(value));
      if (answer === true) return true;
      if (answer === undefined) isUnknown = true;
    }
    if (isUnknown) context.count('overLimit');
    return isUnknown ? null : false;
  };
}

/** An expression may grow out of bounds only on some texts, which nobody can tell before. */
export function boundedMatcher(expression: string): TextTest {
  const matches = luceneMatcher(expression);
  return (text) => {
    try {
      return matches(text);
    } catch (error) {
      if (error instanceof BadExpression) return undefined;
      throw error;
    }
  };
}

/** Kleene's `and` (decided by false) and `or` (decided by true). */
function decided(args: readonly RowCall[], by: boolean): RowCall {
  return (row, context) => {
    let isUnknown = false;
    for (const arg of args) {
      const value = single(arg(row, context), context);
      if (value === by) return by;
      if (value === null) isUnknown = true;
    }
    return isUnknown ? null : !by;
  };
}

/** A function at its place in a query. */
export interface Invoked {
  readonly apply: (values: readonly ColumnValue[], context: RunContext) => ColumnValue;
  /** Any null argument makes it null. */
  readonly isStrict: boolean;
}

function invocation(e: FunctionCall, args: readonly RowCall[]): RowCall {
  const { apply, isStrict } = invoked(e);
  return (row: Row, context: RunContext) => {
    const values = args.map((arg) => arg(row, context));
    return isStrict && values.includes(null) ? null : apply(values, context);
  };
}

export function invoked(e: FunctionCall): Invoked {
  const definition = scalarOf(e.name);
  const call = definition.prepare({
    types: e.args.map(({ type }) => type),
    returns: e.type,
    constants: e.args.map(constantsOf),
  });
  return { apply: policies[definition.multi](call), isStrict: definition.nulls === 'null' };
}

function scalarOf(name: string): ScalarDefinition {
  const definition = esqlFunction(name);
  if (definition?.kind !== 'scalar') throw new Error(`There is no scalar function ${name}.`);
  return definition;
}

type Apply = (values: readonly ColumnValue[], context: RunContext) => ColumnValue;

/** What a function does with multi-values, by its definition. */
const policies: Readonly<Record<ScalarDefinition['multi'], (call: Apply) => Apply>> = {
  own: (call) => call,
  null: (call) => (values, context) => {
    if (!values.some(isMulti)) return call(values, context);
    context.count('mvNull');
    return null;
  },
  each: (call) => (values, context) => {
    const [first = null, ...rest] = values;
    if (rest.some(isMulti)) {
      context.count('mvNull');
      return null;
    }
    return mapAtoms(first, (atom) => call([atom, ...rest], context));
  },
};

/** The value of an expression of literals, for whoever needs it before the first row; undefined for any other. */
export function constantsOf(expression: RowExpression): ColumnValue | undefined {
  if (expression.kind === 'constant') return constantValue(expression.value);
  if (!isConstant(expression)) return undefined;
  return interpreted(expression, new Layout(interpreted))({ values: [] }, { now: 0, count: () => {} });
}

/** Whether a condition lets a row pass: only true does. */
export const holds = (value: ColumnValue): boolean => value === true;
