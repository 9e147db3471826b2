/** The syntax tree of a Lucene query string (kql §6.3). */
import type { Span } from '../../../base/span.ts';
import type { Pattern } from '../../../data/pattern.ts';

/** The name before a colon; a pattern when it has a star. */
export interface Field {
  readonly name: string | Pattern;
  readonly span: Span;
}

interface Leaf {
  /** Of the field and the value. */
  readonly span: Span;
  /** Absent for text that is looked for in all fields. */
  readonly field?: Field;
  /** Of the value alone. */
  readonly valueSpan: Span;
}

export interface Term extends Leaf {
  readonly kind: 'term';
  readonly text: string;
}

export interface Phrase extends Leaf {
  readonly kind: 'phrase';
  readonly text: string;
}

/** With `*` and `?` as marks. */
export interface Wildcard extends Leaf {
  readonly kind: 'wildcard';
  readonly pattern: Pattern;
}

export interface Regexp extends Leaf {
  readonly kind: 'regexp';
  /** Between the slashes, as written. */
  readonly expression: string;
}

export interface End {
  readonly text: string;
  readonly inclusive: boolean;
}

/** `[a TO b}`, `>=a`; an end that is `*` is absent. */
export interface Range extends Leaf {
  readonly kind: 'range';
  readonly from?: End;
  readonly to?: End;
}

/** What Lucene makes of the operators around a clause: required, one of the optional ones, forbidden. */
export type Occur = 'must' | 'should' | 'mustNot';

export interface Clause {
  readonly occur: Occur;
  readonly node: LuceneNode;
  /** A bare term right behind another one, without an operator between them. */
  readonly adjacent: boolean;
}

export interface Boolean {
  readonly kind: 'boolean';
  readonly clauses: readonly Clause[];
  readonly span: Span;
}

export type LuceneLeaf = Term | Phrase | Wildcard | Regexp | Range;
export type LuceneNode = LuceneLeaf | Boolean;
