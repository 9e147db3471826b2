/** The syntax tree of ES|QL. Places count from the beginning of the query. */
import type { Span } from '../../../base/span.ts';
import type { Pattern } from '../../../data/pattern.ts';
import type { TimeUnit } from './time-unit.ts';

interface Node {
  readonly span: Span;
}

export interface Text extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface Numeral extends Node {
  readonly kind: 'number';
  /** As written, without a sign. */
  readonly text: string;
}

export interface Truth extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface Null extends Node {
  readonly kind: 'null';
}

export interface TimeSpan extends Node {
  readonly kind: 'timespan';
  readonly count: number;
  readonly unit: TimeUnit;
}

/** `[1, 2]`: literals of one type. */
export interface List extends Node {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface Name extends Node {
  readonly kind: 'name';
  /** Parts are joined by dots, back quotes are gone. */
  readonly name: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  /** Empty with `star`. */
  readonly args: readonly Expression[];
  /** `COUNT(*)`. */
  readonly star?: true;
  /** `{"fuzziness": 1}` as the last argument. */
  readonly options?: readonly Option[];
}

export interface Option extends Node {
  readonly key: string;
  readonly value: Expression;
}

export interface Cast extends Node {
  readonly kind: 'cast';
  readonly arg: Expression;
  readonly to: string;
  readonly toSpan: Span;
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

export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Membership extends Node {
  readonly kind: 'in';
  readonly arg: Expression;
  readonly list: readonly Expression[];
  readonly negated: boolean;
}

export interface PatternMatch extends Node {
  readonly kind: 'like' | 'rlike';
  readonly arg: Expression;
  readonly patterns: readonly Text[];
  readonly negated: boolean;
}

export interface NullCheck extends Node {
  readonly kind: 'isNull';
  readonly arg: Expression;
  readonly negated: boolean;
}

/** `field : "text"`. */
export interface Search extends Node {
  readonly kind: 'search';
  readonly field: Name;
  readonly value: Expression;
}

export interface Not extends Node {
  readonly kind: 'not';
  readonly arg: Expression;
}

export interface Logic extends Node {
  readonly kind: 'and' | 'or';
  readonly args: readonly Expression[];
}

export type Expression =
  | Text
  | Numeral
  | Truth
  | Null
  | TimeSpan
  | List
  | Name
  | Call
  | Cast
  | Sign
  | Arithmetic
  | Comparison
  | Membership
  | PatternMatch
  | NullCheck
  | Search
  | Not
  | Logic;

/** A column name in which `*` stands for any run of characters. */
export interface NamePattern extends Node {
  readonly pattern: Pattern;
}

export interface Index extends Node {
  readonly text: string;
  readonly exclude: boolean;
}

export interface From extends Node {
  readonly kind: 'from';
  readonly indices: readonly Index[];
  readonly metadata: readonly Name[];
}

/** `name = value`; without a name the column is called as it is written. */
export interface Field extends Node {
  readonly name?: Name;
  readonly value: Expression;
  /** `value` as it is written. */
  readonly text: string;
}

export interface AggregateField extends Field {
  readonly where?: Expression;
}

export interface Row extends Node {
  readonly kind: 'row';
  readonly fields: readonly Field[];
}

export interface Where extends Node {
  readonly kind: 'where';
  readonly condition: Expression;
}

export interface Eval extends Node {
  readonly kind: 'eval';
  readonly fields: readonly Field[];
}

export interface Stats extends Node {
  readonly kind: 'stats' | 'inlineStats';
  readonly aggregates: readonly AggregateField[];
  readonly by: readonly Field[];
}

export interface Keep extends Node {
  readonly kind: 'keep' | 'drop';
  readonly columns: readonly NamePattern[];
}

export interface Rename extends Node {
  readonly kind: 'rename';
  readonly pairs: readonly { readonly from: Name; readonly to: Name }[];
}

export interface SortKey extends Node {
  readonly value: Expression;
  readonly order?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

export interface Sort extends Node {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
}

export interface Limit extends Node {
  readonly kind: 'limit';
  readonly count: Numeral;
}

export interface MvExpand extends Node {
  readonly kind: 'mvExpand';
  readonly column: Name;
}

export interface Grok extends Node {
  readonly kind: 'grok';
  readonly input: Expression;
  readonly patterns: readonly Text[];
}

export interface Dissect extends Node {
  readonly kind: 'dissect';
  readonly input: Expression;
  readonly pattern: Text;
  readonly appendSeparator?: Text;
}

export interface Enrich extends Node {
  readonly kind: 'enrich';
  readonly policy: string;
  readonly policySpan: Span;
  readonly on?: Name;
  readonly columns: readonly { readonly name?: Name; readonly from: Name }[];
}

export interface LookupJoin extends Node {
  readonly kind: 'lookupJoin';
  readonly table: string;
  readonly tableSpan: Span;
  readonly on: readonly Name[];
}

export interface Completion extends Node {
  readonly kind: 'completion';
  readonly column?: Name;
  readonly prompt: Expression;
  readonly options: readonly Option[];
}

export type Command =
  | From
  | Row
  | Where
  | Eval
  | Stats
  | Keep
  | Rename
  | Sort
  | Limit
  | MvExpand
  | Grok
  | Dissect
  | Enrich
  | LookupJoin
  | Completion;

export interface Query extends Node {
  /** The first one is `from` or `row`, and no other is. */
  readonly commands: readonly Command[];
}
