/**
 * A value computed inside one EQL leaf, three-valued: an operand that is null makes a comparison or a function null,
 * unless the function says otherwise, and null is not true (eql §3.1).
 */
import type { Span } from '../base/span.ts';
import type { Order } from '../data/fold.ts';
import type { FunctionName } from '../func/index.ts';
import type { FieldRef } from './predicate.ts';
import type { Test } from './test.ts';

interface Node {
  readonly span?: Span;
}

export interface Literal extends Node {
  readonly kind: 'literal';
  /** A number is written as JavaScript writes it; an integer beyond 2^53 as `{ integer: "…" }`. */
  readonly value: string | number | boolean | null | { readonly integer: string };
}

/** One value of the field, or null when it has none. Every occurrence chooses for itself. */
export interface FieldValue extends Node {
  readonly kind: 'field';
  readonly field: FieldRef;
}

export interface Call extends Node {
  readonly kind: 'call';
  /** A name of the function list; arithmetic is `add`, `subtract`, `multiply`, `divide`, `modulo`, `negate`. */
  readonly name: FunctionName;
  readonly args: readonly Expression[];
  /** `startsWith~(…)`: letters A–Z are folded. */
  readonly insensitive?: true;
}

/** Numbers numerically, texts by code unit; a number against text compares as text for `eq` (eql §4). */
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly op: 'eq' | 'neq' | Order;
  readonly left: Expression;
  readonly right: Expression;
}

/** The computed value passes the test; null when it is null. */
export interface Passes extends Node {
  readonly kind: 'passes';
  readonly arg: Expression;
  readonly test: Test;
}

/** True or false, never null. */
export interface IsNull extends Node {
  readonly kind: 'isNull';
  readonly arg: Expression;
}

/** Kleene's logic, for conditions that stand inside a leaf: `(a > 1) == null`. */
export interface Logic extends Node {
  readonly kind: 'logic';
  readonly op: 'and' | 'or' | 'not';
  readonly args: readonly Expression[];
}

export type Expression = Literal | FieldValue | Call | Comparison | Passes | IsNull | Logic;
