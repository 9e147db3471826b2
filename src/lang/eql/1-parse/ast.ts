/** The syntax tree of EQL (eql §1). Nodes are plain data; every one says where it stands in the query. */
import type { Span } from '../../../base/span.ts';

interface Node {
  readonly span: Span;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  /** Without quotes, escapes decoded. */
  readonly value: string;
}

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  /** As written: digits, perhaps with a point and an exponent, never with a sign. */
  readonly text: string;
}

interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}

interface NullLiteral extends Node {
  readonly kind: 'null';
}

export type Constant = StringLiteral | NumberLiteral | BooleanLiteral | NullLiteral;

export interface Field extends Node {
  readonly kind: 'field';
  /** Its parts joined by dots, without back quotes. */
  readonly name: string;
  /** Written with a question mark before it (eql §3.3). */
  readonly optional: boolean;
}

export interface Call extends Node {
  readonly kind: 'call';
  /** As written, without the tilde. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly insensitive: boolean;
  readonly args: readonly Expression[];
}

export interface Sign extends Node {
  readonly kind: 'sign';
  readonly op: '-' | '+';
  readonly arg: Expression;
}

export interface Arithmetic extends Node {
  readonly kind: 'arithmetic';
  readonly op: '+' | '-' | '*' | '/' | '%';
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly op: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `arg in (list)`, `arg not in~ (list)`. */
export interface Membership extends Node {
  readonly kind: 'membership';
  readonly arg: Expression;
  readonly list: readonly Expression[];
  readonly insensitive: boolean;
  readonly negated: boolean;
}

export type MatchOperator = ':' | 'like' | 'like~' | 'regex' | 'regex~';

/** `arg like ("a*", "b*")`: any of the patterns. */
export interface Match extends Node {
  readonly kind: 'match';
  readonly op: MatchOperator;
  readonly arg: Expression;
  readonly patterns: readonly Constant[];
}

interface Not extends Node {
  readonly kind: 'not';
  readonly arg: Expression;
}

/** At least two operands. A group in parentheses is a node of its own, not merged into the outer one. */
interface Logic extends Node {
  readonly kind: 'and' | 'or';
  readonly args: readonly Expression[];
}

export type Expression =
  Constant | Field | Call | Sign | Arithmetic | Comparison | Membership | Match | Not | Logic;

export interface Category extends Node {
  /** Absent: `any`. */
  readonly name?: string;
}

export interface Event extends Node {
  readonly category: Category;
  readonly condition: Expression;
}

export type Unit = 'ms' | 's' | 'm' | 'h' | 'd';

export interface Duration extends Node {
  readonly count: number;
  readonly unit: Unit;
}

export interface Count extends Node {
  readonly value: number;
}

/** One event of a sequence or sample: `[ … ] by … with runs=N`, or `![ … ]` for an event that must be missing. */
export interface Item extends Node {
  readonly absent: boolean;
  readonly event: Event;
  readonly by: readonly Field[];
  readonly runs?: Count;
}

export interface Pipe extends Node {
  readonly kind: 'head' | 'tail';
  readonly count: number;
}

interface EventQuery {
  readonly kind: 'event';
  readonly event: Event;
  readonly pipes: readonly Pipe[];
}

export interface SequenceQuery extends Node {
  readonly kind: 'sequence';
  readonly by: readonly Field[];
  readonly maxspan?: Duration;
  readonly items: readonly Item[];
  readonly until?: Item;
  readonly pipes: readonly Pipe[];
}

export interface SampleQuery extends Node {
  readonly kind: 'sample';
  readonly by: readonly Field[];
  readonly items: readonly Item[];
  readonly pipes: readonly Pipe[];
}

export type Query = EventQuery | SequenceQuery | SampleQuery;
