/** The value of an expression inside one EQL leaf, three-valued (eql §3.1, §4, §5). */
import type { Scalar } from '../../data/document.ts';
import { byKind, occurrencesOf } from '../../plan/fold.ts';
import type { Expression } from '../../plan/expression.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { Environment } from '../environment.ts';
import { limitCombinations } from '../undecided.ts';
import type { Computed } from '../computed.ts';
import { callFunction, compare, constant, every, negated, some } from '../computed.ts';
import { testValue } from './test.ts';

/** Gives the value of the next field occurrence, in the order in which the expression is written. */
type Take = () => Computed;

/**
 * Whether some choice of one value for each field occurrence makes the expression true; a field without values
 * stands for null.
 * @throws {Undecided} when there are more choices than the limit.
 */
export function holdsForSomeChoice(
  expression: Expression,
  valuesOf: (field: FieldRef) => readonly Scalar[],
  env: Environment,
): boolean {
  const columns = occurrencesOf(expression).map((field) => orNull(valuesOf(field)));
  limitCombinations(columns.reduce((product, column) => product * column.length, 1));
  return choices(columns).some((choice) => {
    const left = choice.values();
    return evaluate(expression, () => left.next().value ?? null, env) === true;
  });
}

const orNull = (values: readonly Scalar[]): readonly Computed[] => (values.length === 0 ? [null] : values);

/** Every list that takes one member of each column. */
function choices(columns: readonly (readonly Computed[])[]): Computed[][] {
  return columns.reduce<Computed[][]>(
    (begun, column) => begun.flatMap((choice) => column.map((value) => [...choice, value])),
    [[]],
  );
}

/** Every operand is evaluated, so that each occurrence takes its own value. */
const evaluate = byKind<Expression, Computed, [Take, Environment]>({
  literal: (e) => constant(e.value),
  field: (_, __, take) => take(),
  call: (e, go, take, env) =>
    callFunction(
      e.name,
      e.args.map((arg) => go(arg, take, env)),
      e.insensitive === true,
    ),
  comparison: (e, go, take, env) => compare(e.op, go(e.left, take, env), go(e.right, take, env)),
  passes: (e, go, take, env) => {
    const value = go(e.arg, take, env);
    return value === null ? null : testValue(e.test, value, env);
  },
  isNull: (e, go, take, env) => go(e.arg, take, env) === null,
  logic: (e, go, take, env) => {
    const values = e.args.map((arg) => go(arg, take, env));
    if (e.op === 'not') return negated(values[0] ?? null);
    return e.op === 'and' ? every(values) : some(values);
  },
});
