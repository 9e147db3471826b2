/**
 * An expression over one row of a pipeline (esql §2). Every node carries its static type; operands have been brought
 * to one type by `widen` and by turning literals into constants of the type beside them, so that what runs it never
 * converts by itself. Nodes are frozen, plain data.
 *
 * Nulls and multi-values (esql §2.2). Unless a node says otherwise, a null operand makes it null, and an operand with
 * several values makes it null too and counts one `mvNull`. Logic is Kleene's, over operands of which null and
 * multi-valued ones are unknown. What a function does with both stands in its definition (`func/esql`).
 */
import type { Span } from '../base/span.ts';
import type { ColumnType, GeoPoint, Timespan } from '../data/column.ts';
import type { Analyzer } from '../data/field-type.ts';
import type { Order } from '../data/fold.ts';
import type { Pattern } from '../data/pattern.ts';
import type { AggregateName, ScalarName } from '../func/esql/index.ts';
import type { FieldRef, Predicate } from './predicate.ts';

interface Node {
  readonly type: ColumnType;
  readonly span?: Span;
}

interface Truth extends Node {
  readonly type: 'boolean';
}

/** As `Atom` of `data/column`, except that a whole number beyond 2^53 is `{ integer: "…" }`. */
export type ConstantAtom = string | number | boolean | GeoPoint | Timespan | { readonly integer: string };

export interface Constant extends Node {
  readonly kind: 'constant';
  readonly value: ConstantAtom | null | readonly ConstantAtom[];
}

/** The column of this name in the row, multi-values and all. */
export interface ColumnRead extends Node {
  readonly kind: 'column';
  readonly name: string;
}

/** A whole number as a wider one or as a double: element by element, never fails. */
export interface Widen extends Node {
  readonly kind: 'widen';
  readonly arg: RowExpression;
}

/**
 * Both operands have the node's type; `long` wraps around nowhere: an overflow, and division by zero, give null and
 * count one `arithmetic`. `divide` of whole numbers cuts the fraction off; `modulo` has the sign of the dividend.
 */
export interface Arithmetic extends Node {
  readonly kind: 'arithmetic';
  readonly op: 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo';
  readonly left: RowExpression;
  readonly right: RowExpression;
}

export interface Negate extends Node {
  readonly kind: 'negate';
  readonly arg: RowExpression;
}

/** A date and a span of time; or, with a type of span, the sum or difference of two spans. */
export interface Shift extends Node {
  readonly kind: 'shift';
  readonly op: 'add' | 'subtract';
  readonly arg: RowExpression;
  readonly by: RowExpression;
}

/**
 * Both operands have the same type. Text by code point, versions by their parts, addresses by their sixteen bytes,
 * false before true.
 */
export interface Compare extends Truth {
  readonly kind: 'compare';
  readonly op: 'eq' | 'neq' | Order;
  readonly left: RowExpression;
  readonly right: RowExpression;
}

/** True when equal to a member; else null when the operand or a member is null or has several values; else false. */
export interface OneOf extends Truth {
  readonly kind: 'in';
  readonly arg: RowExpression;
  readonly list: readonly RowExpression[];
}

/** The whole text matches one of the patterns (esql §2.5), case and all. */
export interface Like extends Truth {
  readonly kind: 'like';
  readonly arg: RowExpression;
  readonly patterns: readonly Pattern[];
}

/** The whole text matches one of the expressions, in Lucene's syntax with everything optional (`data/lucene-regexp`). */
export interface RegexpLike extends Truth {
  readonly kind: 'rlike';
  readonly arg: RowExpression;
  readonly patterns: readonly string[];
}

/** True or false, never null; false for a multi-value. */
export interface NullCheck extends Truth {
  readonly kind: 'isNull';
  readonly arg: RowExpression;
}

export interface RowAnd extends Truth {
  readonly kind: 'and';
  readonly args: readonly RowExpression[];
}

export interface RowOr extends Truth {
  readonly kind: 'or';
  readonly args: readonly RowExpression[];
}

export interface RowNot extends Truth {
  readonly kind: 'not';
  readonly arg: RowExpression;
}

/**
 * The first branch whose condition is true; a condition that is null or multi-valued counts as false. The values have
 * the node's type and may have several values. Without `otherwise`: null.
 */
export interface Case extends Node {
  readonly kind: 'case';
  readonly branches: readonly { readonly when: RowExpression; readonly then: RowExpression }[];
  readonly otherwise?: RowExpression;
}

export interface FunctionCall extends Node {
  readonly kind: 'call';
  readonly name: ScalarName;
  /** One for each argument that was written; `undefined` never stands for a missing one. */
  readonly args: readonly RowExpression[];
}

/** `KQL("…")`, MATCH and `:`, asked of the event that the row came from: two-valued, any value counts (esql §2.5). */
export interface DocumentTest extends Truth {
  readonly kind: 'document';
  readonly where: Predicate;
}

/**
 * MATCH with fuzziness, asked of the event that the row came from: any (with `and` all) of the tokens is at most
 * `edits` insertions, deletions, replacements or swaps of neighbours away from a token of a value of the field. Without
 * an analyzer the only token is the whole text, and each value is one token. `auto`: none up to 2 letters, 1 up to 5,
 * else 2.
 */
export interface FuzzyMatch extends Truth {
  readonly kind: 'fuzzy';
  readonly field: FieldRef;
  readonly tokens: readonly string[];
  readonly analyzer?: Analyzer;
  readonly operator: 'and' | 'or';
  readonly edits: 0 | 1 | 2 | 'auto';
}

export type RowExpression =
  | Constant
  | ColumnRead
  | Widen
  | Arithmetic
  | Negate
  | Shift
  | Compare
  | OneOf
  | Like
  | RegexpLike
  | NullCheck
  | RowAnd
  | RowOr
  | RowNot
  | Case
  | FunctionCall
  | DocumentTest
  | FuzzyMatch;

/** `agg(args) WHERE condition`: rows for which the condition is not true do not count. */
export interface Aggregate {
  readonly name: AggregateName;
  /** Empty: `COUNT(*)`. */
  readonly args: readonly RowExpression[];
  readonly where?: RowExpression;
  readonly type: ColumnType;
  readonly span?: Span;
}
