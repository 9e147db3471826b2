/**
 * The syntax tree of a KQL query (kql §2). Value lists are already written out: `f:(a or b)` is `f:a or f:b`, each
 * leaf with the span of its own value.
 */
import type { Span } from '../../../base/span.ts';
import type { Order } from '../../../data/fold.ts';

interface Node {
  readonly span: Span;
}

/** Text in double quotes: a star is a star, and no other language construct lives inside. */
interface Quoted extends Node {
  readonly kind: 'quoted';
  readonly text: string;
}

/** Bare text without a wildcard; numbers are text, `true`, `false` and `null` are not (kql §2.2). */
interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: string | boolean | null;
}

/** Bare text with stars: the literal pieces between them, at least two. */
interface Wildcard extends Node {
  readonly kind: 'wildcard';
  readonly pieces: readonly string[];
}

export type Value = Quoted | Literal | Wildcard;

interface And extends Node {
  readonly kind: 'and';
  readonly args: readonly KqlNode[];
}

interface Or extends Node {
  readonly kind: 'or';
  readonly args: readonly KqlNode[];
}

interface Not extends Node {
  readonly kind: 'not';
  readonly arg: KqlNode;
}

/** `field:value`, or free text when there is no field. */
export interface Is extends Node {
  readonly kind: 'is';
  readonly field: Value | null;
  readonly value: Value;
}

/** `field >= value`. */
export interface Range extends Node {
  readonly kind: 'range';
  readonly field: Value;
  readonly order: Order;
  readonly value: Value;
}

/** `field:{ query }`: names inside are relative to the field. */
export interface Nested extends Node {
  readonly kind: 'nested';
  readonly field: Value;
  readonly arg: KqlNode;
}

export type KqlNode = And | Or | Not | Is | Range | Nested;

/** `*`: any value. */
export const isLoneStar = (value: Value): boolean =>
  value.kind === 'wildcard' && value.pieces.length === 2 && value.pieces.every((piece) => piece === '');

/** The text of a value as Kibana sends it; a wildcard's stars stand as stars. */
export function textOfValue(value: Value): string {
  if (value.kind === 'quoted') return value.text;
  return value.kind === 'literal' ? String(value.value) : value.pieces.join('*');
}
