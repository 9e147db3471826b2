/** What a constant of a query means, and what it means against a field of a type (eql §1, §4). */
import { parseBlock } from '../../data/address.ts';
import { isDateExpression } from '../../data/date-math.ts';
import type { FieldType } from '../../data/field-type.ts';
import { numberOf } from '../../data/scalar.ts';
import type { Literal } from '../../plan/expression.ts';
import type { Constant, NumberLiteral } from './1-parse/ast.ts';

export type Value = Literal['value'];

export function valueOf(constant: Constant): Value {
  switch (constant.kind) {
    case 'string':
    case 'boolean':
      return constant.value;
    case 'number':
      return numberValue(constant);
    case 'null':
      return null;
  }
}

/** An integer exactly up to 64 bits, anything larger as a double. */
export function numberValue({ text }: NumberLiteral): number | { readonly integer: string } {
  const double = Number(text);
  if (!/^\d{1,40}$/.test(text) || Number.isSafeInteger(double)) return double;
  const exact = BigInt(text);
  return BigInt.asIntN(64, exact) === exact ? { integer: String(exact) } : double;
}

/** The decimal text of a number, undefined for what is none. The shortest text of a large double is another integer. */
export function numberText(value: Value): string | undefined {
  if (typeof value === 'number') {
    const large = Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 2 ** 64;
    return large ? String(BigInt(value)) : String(value);
  }
  return typeof value === 'object' && value !== null ? value.integer : undefined;
}

/** The text that a constant has as a keyword. */
export const textOfValue = (value: Exclude<Value, null>): string => numberText(value) ?? String(value);

/** How a field's values are compared with a constant. */
export type Comparable =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'number'; readonly text: string }
  | { readonly as: 'boolean'; readonly is: boolean }
  | { readonly as: 'ip'; readonly block: string }
  | { readonly as: 'date'; readonly date: string };

/** Undefined when no value of a field of the type can equal the constant. */
export function comparable(type: FieldType, value: Value): Comparable | undefined {
  if (value === null) return undefined;
  switch (type) {
    case 'long':
    case 'double':
      return comparableNumber(value);
    case 'boolean':
      return comparableBoolean(value);
    case 'ip':
      return typeof value === 'string' && parseBlock(value) !== undefined
        ? { as: 'ip', block: value }
        : undefined;
    case 'date':
      return comparableDate(value);
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
    case 'match_only_text':
    case 'version':
    case 'flattened':
    case 'dynamic':
    case 'geo_point':
    case 'nested':
    case 'object':
      return comparableByValue(value);
  }
}

/** Numbers compare as numbers also with values that are text (`"5"`), booleans as their text (eql §4). */
function comparableByValue(value: Exclude<Value, null>): Comparable {
  const number = numberText(value);
  return number === undefined ? { as: 'text', text: String(value) } : { as: 'number', text: number };
}

function comparableNumber(value: Exclude<Value, null>): Comparable | undefined {
  const written =
    typeof value === 'string' && numberOf(value) !== undefined ? value.trim() : numberText(value);
  return written === undefined ? undefined : { as: 'number', text: written };
}

function comparableBoolean(value: Value): Comparable | undefined {
  const text = String(value);
  return text === 'true' || text === 'false' ? { as: 'boolean', is: text === 'true' } : undefined;
}

function comparableDate(value: Exclude<Value, null>): Comparable | undefined {
  const date = textOfValue(value);
  return typeof value !== 'boolean' && isDateExpression(date) ? { as: 'date', date } : undefined;
}
