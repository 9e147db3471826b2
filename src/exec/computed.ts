/** Values inside one EQL leaf, three-valued: null in, null out, unless a function says otherwise (eql §3.1, §4). */
import type { Scalar } from '../data/document.ts';
import type { Order } from '../data/fold.ts';
import { Numeral } from '../data/numeral.ts';
import { compareNumbers, compareText, inOrder } from '../data/order.ts';
import { numberOf, textOf } from '../data/scalar.ts';
import type { FunctionDefinition, FunctionName, FunctionValue } from '../func/index.ts';
import { functions } from '../func/index.ts';
import type { Comparison, Literal } from '../plan/expression.ts';

/** A value of a document, or null. An integer that a double cannot hold is a `Numeral`. */
export type Computed = Scalar | null;

export const constant = (value: Literal['value']): Computed =>
  typeof value === 'object' && value !== null ? new Numeral(value.integer) : value;

/**
 * Two numbers by size, two texts by code unit. Otherwise `eq` compares the texts of both (a boolean equals `"true"`),
 * and an order asks text that is written as a number for its number; booleans have no order.
 */
export function compare(op: Comparison['op'], left: Computed, right: Computed): boolean | null {
  if (left === null || right === null) return null;
  if (op === 'eq') return equal(left, right);
  if (op === 'neq') return !equal(left, right);
  return ordered(op, left, right);
}

function equal(left: Scalar, right: Scalar): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(numeric(left), numeric(right)) === 0;
  return textOf(left) === textOf(right);
}

function ordered(order: Order, left: Scalar, right: Scalar): boolean | null {
  if (typeof left === 'string' && typeof right === 'string') return inOrder(compareText(left, right), order);
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? null : inOrder(compareNumbers(a, b), order);
}

const isNumber = (value: Scalar): value is number | Numeral =>
  typeof value === 'number' || value instanceof Numeral;
const numeric = (value: number | Numeral): number | bigint =>
  typeof value === 'number' ? value : value.valueOf();

/** The function's result, null at once when an argument is null and the function does not handle nulls itself. */
export function callFunction(name: FunctionName, args: readonly Computed[], insensitive: boolean): Computed {
  const definition: FunctionDefinition = functions[name];
  if (definition.onNull === 'null' && args.includes(null)) return null;
  const result = definition.call(args.map(toArgument), insensitive);
  return typeof result === 'bigint' ? new Numeral(String(result)) : result;
}

const toArgument = (value: Computed): FunctionValue => (value instanceof Numeral ? value.valueOf() : value);

/** Kleene's `not`: what is neither true nor false stays null. */
export const negated = (value: Computed): boolean | null => (typeof value === 'boolean' ? !value : null);

/** Kleene's `and`: one false decides, else one null. */
export function every(values: readonly Computed[]): boolean | null {
  if (values.includes(false)) return false;
  return values.every((value) => value === true) ? true : null;
}

/** Kleene's `or`: one true decides, else one null. */
export const some = (values: readonly Computed[]): boolean | null => negated(every(values.map(negated)));
