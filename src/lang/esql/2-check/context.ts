/** What the check carries along (esql §2). */
import type { Span } from '../../../base/span.ts';
import type { ColumnType } from '../../../data/column.ts';
import type { FieldInfo } from '../../../data/field-type.ts';
import type { CompileOptions } from '../../kit/language.ts';
import type { Report } from '../../kit/report.ts';
import type { AggregateColumn } from '../../../plan/pipeline.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { Expression } from '../1-parse/ast.ts';
import type { Scope } from './scope.ts';

/** Types of fields that no table knows, as the query's own use of them says (decision 0300). */
export class Guesses {
  readonly #types = new Map<string, ColumnType>();
  #changed = false;

  typeOf(field: string): ColumnType | undefined {
    return this.#types.get(field);
  }

  /** False when the query has already used the field as something else. */
  suppose(field: string, type: ColumnType): boolean {
    const before = this.#types.get(field);
    if (before !== undefined && !(before === 'long' && type === 'double')) return before === type;
    this.#types.set(field, type);
    this.#changed = true;
    return true;
  }

  /** Whether something was supposed since the last call, so that the query must be checked again. */
  takeChange(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }
}

export interface NamedField {
  readonly info: FieldInfo;
  /** Of the column that it becomes. */
  readonly type: ColumnType;
}

/** Where an expression stands. */
export interface Context {
  /** Any expression inside another one. */
  readonly check: (e: Expression, context: Context) => RowExpression;
  readonly report: Report;
  readonly options: CompileOptions;
  readonly guesses: Guesses;
  readonly scope: Scope;
  /** Takes every field of the event that the query names. */
  readonly fields: Map<string, NamedField>;
  /** In STATS: takes the aggregate calls that it meets; absent where none may stand. */
  readonly aggregates?: Collector;
  /** Inside the arguments of an aggregate. */
  readonly inAggregate?: true;
  /** In KEEP and DROP, which do not ask for values. */
  readonly choosing?: true;
  /** Behind BY, where grouping functions may stand. */
  readonly grouping?: true;
  /** Why questions to the event cannot stand here; absent where they can. */
  readonly noKql?: string;
  readonly noMatch?: string;
}

export interface Collector {
  /** The column that will hold the result. */
  collect(column: AggregateColumn['value']): RowExpression;
  /** Names of the keys with their types: what may stand beside aggregates. */
  readonly keys: ReadonlyMap<string, ColumnType>;
}

/** Stands for what is wrong: fits everywhere, so that one mistake is reported once. */
export const broken = (span: Span): RowExpression => ({ kind: 'constant', value: null, type: 'null', span });
