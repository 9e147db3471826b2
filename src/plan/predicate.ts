/**
 * The condition of a rule over one event: the intermediate representation that KQL, Lucene, EQL and Kibana filters
 * lower into. Predicates are two-valued: a missing field makes a `some` false and its negation true (kql §1, eql §3).
 * Three-valued logic exists only inside one `compute` (eql §3.1). Nodes are frozen, plain data.
 */
import type { Span } from '../base/span.ts';
import type { Pattern } from '../data/pattern.ts';
import type { Expression } from './expression.ts';
import type { Test } from './test.ts';

/** The field that a leaf reads. */
export interface FieldRef {
  /** As the rule writes it: for messages. */
  readonly name: string;
  /** The path to read in the document, or a pattern over the full paths of its leaves (`process.*`). */
  readonly path: string | Pattern;
  /** The root of a flattened field: its values are those of every leaf below it (kql §4.9). */
  readonly below?: true;
}

interface Node {
  /** Where in the query it stands; absent on nodes that stand for nothing that was written. */
  readonly span?: Span;
}

export interface AllOf extends Node {
  readonly kind: 'and';
  /** Empty: true. */
  readonly args: readonly Predicate[];
}

export interface AnyOf extends Node {
  readonly kind: 'or';
  /** Empty: false. */
  readonly args: readonly Predicate[];
}

export interface Not extends Node {
  readonly kind: 'not';
  readonly arg: Predicate;
}

/** Some value of the field passes the test. */
export interface Some extends Node {
  readonly kind: 'some';
  readonly field: FieldRef;
  readonly test: Test;
}

/** The field, or for an object any leaf below it, has a value. */
export interface Exists extends Node {
  readonly kind: 'exists';
  readonly field: FieldRef;
}

/** One object of the list at the path satisfies the condition by itself; paths inside are absolute (kql §4.10). */
export interface Nested extends Node {
  readonly kind: 'nested';
  readonly path: string;
  readonly arg: Predicate;
}

/**
 * One EQL leaf: true when some choice of one value for each field occurrence makes the expression true, a missing
 * field standing for null (eql §3.1).
 */
export interface Compute extends Node {
  readonly kind: 'compute';
  readonly expression: Expression;
}

export type Predicate = AllOf | AnyOf | Not | Some | Exists | Nested | Compute;
export type PredicateKind = Predicate['kind'];
