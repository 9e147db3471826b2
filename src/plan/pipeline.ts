/**
 * A query that makes rows out of events, operator by operator (esql §2.4): what ES|QL lowers into. Columns are known by
 * name; the order in which they are shown is `output` and nothing else, so operators need not keep one. Everything is
 * frozen, plain data.
 */
import type { Span } from '../base/span.ts';
import type { Column, ColumnType } from '../data/column.ts';
import type { FieldType } from '../data/field-type.ts';
import type { Pattern } from '../data/pattern.ts';
import type { FieldRef, Predicate } from './predicate.ts';
import type { Aggregate, RowExpression } from './row.ts';

interface Node {
  /** The command that it comes from. */
  readonly span?: Span;
}

/** A column that is read from the event. */
export interface FieldColumn extends Column {
  readonly from: 'field';
  readonly field: FieldRef;
  /** Decides how values are converted; `dynamic` where no table knows the field and the query decides on `type`. */
  readonly fieldType: FieldType;
  /** Values are in lower case (`.caseless`). */
  readonly lowercase?: true;
}

/** `_id`, `_index`, `_version`, `_source`, `_ignored`, … as METADATA asks for them. */
export interface MetadataColumn extends Column {
  readonly from: 'metadata';
}

export type SourceColumn = FieldColumn | MetadataColumn;

/** One pattern of FROM: `logs-*`, or with `-` before it what is left out again. */
export interface IndexPattern {
  readonly pattern: Pattern;
  readonly exclude?: true;
}

/** FROM. Only the columns that some operator or the output names are read. */
export interface From extends Node {
  readonly kind: 'source';
  readonly indices: readonly IndexPattern[];
  readonly columns: readonly SourceColumn[];
  /** The filter of the request: of a rule, its filters and exceptions on source fields (esql §3.1). */
  readonly where?: Predicate;
}

/** ROW: one row without an event. */
export interface RowOf extends Node {
  readonly kind: 'row';
  readonly columns: readonly Assignment[];
}

/** Keeps rows for which the condition is true. */
export interface Where extends Node {
  readonly kind: 'where';
  readonly condition: RowExpression;
}

export interface Assignment {
  readonly name: string;
  readonly value: RowExpression;
}

/** One after the other: a later value reads what an earlier one has set. */
export interface Eval extends Node {
  readonly kind: 'eval';
  readonly columns: readonly Assignment[];
}

export interface AggregateColumn {
  readonly name: string;
  readonly value: Aggregate;
}

/**
 * One row for each group; keys are computed on the incoming row, beside and not before the aggregates. Null is a group,
 * a row with a multi-valued key is in the group of each value (several: of each combination). Without keys exactly one
 * row, also for no rows at all.
 */
export interface Stats extends Node {
  readonly kind: 'stats';
  readonly aggregates: readonly AggregateColumn[];
  readonly keys: readonly Assignment[];
}

/** The same, joined back to every row by its keys; null keys are equal. */
export interface InlineStats extends Node {
  readonly kind: 'inlineStats';
  readonly aggregates: readonly AggregateColumn[];
  readonly keys: readonly Assignment[];
}

/** KEEP, DROP and what is needed between: no other column is read from here on. */
export interface Keep extends Node {
  readonly kind: 'keep';
  readonly columns: readonly string[];
}

/** All at the same time; the old names are gone. */
export interface Rename extends Node {
  readonly kind: 'rename';
  readonly columns: readonly { readonly from: string; readonly to: string }[];
}

export interface SortKey {
  /** A multi-value counts as its least (`asc`) or greatest (`desc`) value. */
  readonly by: RowExpression;
  readonly order: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
}

export interface Sort extends Node {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
}

export interface Limit extends Node {
  readonly kind: 'limit';
  readonly count: number;
}

/** A row for each value of the column; null stays one row. */
export interface MvExpand extends Node {
  readonly kind: 'mvExpand';
  readonly column: string;
}

/**
 * The first of the patterns that is found in a value of the input gives the columns; none, or a null input, gives null
 * in all. Every value of a multi-value is tried, and a name that is captured several times collects.
 */
export interface Grok extends Node {
  readonly kind: 'grok';
  readonly input: RowExpression;
  readonly patterns: readonly string[];
  /** Every column that the patterns can fill. */
  readonly columns: readonly Column[];
}

export interface Dissect extends Node {
  readonly kind: 'dissect';
  readonly input: RowExpression;
  readonly pattern: string;
  /** Between the values of a key that is appended to. */
  readonly appendSeparator: string;
  readonly columns: readonly string[];
}

/** Adds columns of the table's row that fits; several rows that fit make multi-values. No row: nulls. */
export interface Enrich extends Node {
  readonly kind: 'enrich';
  readonly policy: string;
  readonly on: RowExpression;
  readonly columns: readonly (Column & { readonly from: string })[];
}

/** A row for each row of the table that is equal in all the keys; one with nulls where there is none. */
export interface LookupJoin extends Node {
  readonly kind: 'lookupJoin';
  readonly table: string;
  readonly on: readonly string[];
  /** Columns of the table without the keys. */
  readonly columns: readonly Column[];
}

/** Asks a language model, one row at a time; a null prompt gives null (esql §1.7). */
export interface Completion extends Node {
  readonly kind: 'completion';
  readonly column: string;
  readonly prompt: RowExpression;
  readonly inferenceId: string;
  /** The column that takes the row's place among those that were asked about, from 0. */
  readonly place?: string;
}

export type Operator =
  | From
  | RowOf
  | Where
  | Eval
  | Stats
  | InlineStats
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

/**
 * Every field of the event whose name matches all patterns of `matching` and none of `without`, read as its own type
 * (decision 0301).
 */
export interface RestOfEvent {
  readonly kind: 'rest';
  /** Empty: every field. */
  readonly matching: readonly Pattern[];
  readonly without: readonly Pattern[];
}

/** What is shown, from left to right; a field that stands here as a column is not repeated by `rest`. */
export type OutputColumn = (Column & { readonly kind: 'column' }) | RestOfEvent;

export interface Pipeline {
  readonly kind: 'pipeline';
  /** The first one is `source` or `row`, and no other is. */
  readonly operators: readonly Operator[];
  readonly output: readonly OutputColumn[];
  /** Has a STATS: rows stand for groups and no more for events (esql §3.3). */
  readonly aggregating: boolean;
  /** Fields that no table knows, with the type that the query gives them (decision 0300). */
  readonly unknownFields: readonly { readonly name: string; readonly type: ColumnType }[];
}
