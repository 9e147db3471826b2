/**
 * An EQL leaf as closures: every field occurrence has a place in one array of chosen values, and a leaf tries all
 * choices by counting through that array.
 */
import type { Scalar } from '../../data/document.ts';
import type { Expression } from '../../plan/expression.ts';
import { byKind } from '../../plan/fold.ts';
import type { Test } from '../../plan/test.ts';
import type { Computed } from '../computed.ts';
import { callFunction, compare, constant, every, negated, some } from '../computed.ts';
import type { Environment } from '../environment.ts';
import { limitCombinations } from '../undecided.ts';
import type { Column } from './columns.ts';
import { Clock, FilledColumn, Readings } from './columns.ts';
import type { Fields } from './fields.ts';
import { compileTest } from './test.ts';

/** What the closures of one leaf share. */
interface Scope {
  readonly fields: Fields;
  readonly env: Environment;
  readonly columns: Column<Scalar>[];
  /** The value that each occurrence has in the current choice. */
  readonly chosen: Computed[];
}

/** Whether some choice of one value for each field occurrence makes the expression true (eql §3.1). */
export function compileLeaf(expression: Expression, fields: Fields, env: Environment): () => boolean {
  const scope: Scope = { fields, env, columns: [], chosen: [] };
  const value = compileExpression(expression, scope);
  const { columns, chosen } = scope;
  return () => {
    limitCombinations(columns.reduce((product, column) => product * Math.max(1, column.count()), 1));
    return tryChoices(0, columns, chosen, value);
  };
}

/** Goes through the values of one occurrence, and for each of them through those of the rest. */
function tryChoices(
  occurrence: number,
  columns: readonly Column<Scalar>[],
  chosen: Computed[],
  value: () => Computed,
): boolean {
  const column = columns[occurrence];
  if (column === undefined) return value() === true;
  const count = column.count();
  if (count === 0) {
    chosen[occurrence] = null;
    return tryChoices(occurrence + 1, columns, chosen, value);
  }
  for (let i = 0; i < count; i++) {
    chosen[occurrence] = column.at(i);
    if (tryChoices(occurrence + 1, columns, chosen, value)) return true;
  }
  return false;
}

const compileExpression = byKind<Expression, () => Computed, [Scope]>({
  literal: (e) => {
    const value = constant(e.value);
    return () => value;
  },
  field: (e, _, { fields, columns, chosen }) => {
    const occurrence = columns.push(fields.readings(e.field).values) - 1;
    return () => chosen[occurrence] ?? null;
  },
  call: (e, go, scope) => {
    const args = e.args.map((arg) => go(arg, scope));
    const insensitive = e.insensitive === true;
    return () =>
      callFunction(
        e.name,
        args.map((arg) => arg()),
        insensitive,
      );
  },
  comparison: (e, go, scope) => {
    const [left, right] = [go(e.left, scope), go(e.right, scope)];
    return () => compare(e.op, left(), right());
  },
  passes: (e, go, scope) => {
    const arg = go(e.arg, scope);
    const passes = compileComputedTest(e.test, scope.env);
    return () => {
      const value = arg();
      return value === null ? null : passes(value);
    };
  },
  isNull: (e, go, scope) => {
    const arg = go(e.arg, scope);
    return () => arg() === null;
  },
  logic: (e, go, scope) => {
    const args = e.args.map((arg) => go(arg, scope));
    const combine = { and: every, or: some, not: ([arg = null]: readonly Computed[]) => negated(arg) }[e.op];
    return () => combine(args.map((arg) => arg()));
  },
});

/** A test over a value that stands in no column: it gets a column of its own, with a clock that ticks for each value. */
function compileComputedTest(test: Test, env: Environment): (value: Scalar) => boolean {
  const clock = new Clock();
  const column = new FilledColumn<Scalar>(clock);
  const passes = compileTest(test, new Readings(clock, column), env);
  return (value) => {
    clock.next();
    column.add(value);
    return passes(0);
  };
}
