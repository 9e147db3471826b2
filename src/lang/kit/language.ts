/** What every query language offers to the rest: text in, plan or diagnostics out. */
import type { Result } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Column } from '../../data/column.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import type { Plan } from '../../plan/plan.ts';

export interface CompileOptions {
  readonly types: FieldTypes;
  /** EQL: the field that `process where` compares, `event.category` unless the rule overrides it (eql §2). */
  readonly eventCategoryField?: string;
  /** ES|QL: what ENRICH and LOOKUP JOIN may name. */
  readonly tables?: Tables;
}

/** Local tables by their names: for ENRICH the name of a policy, for LOOKUP JOIN of an index. */
export type Tables = ReadonlyMap<string, TableShape>;

export interface TableShape {
  /** The first one is what ENRICH compares, unless the query says otherwise. */
  readonly columns: readonly Column[];
}

/** What a piece of query text is, for highlighting. */
export type TokenKind =
  | 'keyword'
  | 'field'
  | 'string'
  | 'number'
  | 'operator'
  | 'function'
  | 'comment'
  | 'wildcard'
  | 'punctuation';

export interface HighlightToken {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

export interface Language {
  readonly name: 'kuery' | 'lucene' | 'eql' | 'esql';
  /** Never throws; spans in diagnostics and in the plan count from the beginning of `query.text`. */
  compile(query: Source, options: CompileOptions): Result<Plan>;
  /** Never fails: what cannot be read is left out. */
  highlight(text: string): readonly HighlightToken[];
}
