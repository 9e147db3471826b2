/**
 * One function of ES|QL: signature, documentation, examples and implementation in one value (esql §2.6). The language
 * reads the signature, evaluators the rest.
 */
import type { ColumnType, ColumnValue } from '../../data/column.ts';

export interface EsqlParameter {
  readonly name: string;
  /**
   * What it takes. A text literal is also taken for any of these that it can be read as (a date, an address, a version,
   * a boolean, a time span), `null` always.
   */
  readonly types: readonly ColumnType[];
  /** With fewer arguments than parameters, the optional ones are filled from left to right. */
  readonly optional?: true;
  /** The last parameter may repeat. */
  readonly variadic?: true;
  /** Arguments of all parameters with this are brought to one type before the call: numbers to the widest. */
  readonly same?: true;
  /** A literal, or an expression of literals. */
  readonly constant?: true;
  /** The texts that a constant may be, in any case. */
  readonly oneOf?: readonly string[];
  /** What is wrong with a literal that stands here, as a sentence's end; undefined when the call can use it. */
  readonly mistake?: (literal: string | number) => string | undefined;
  readonly doc: string;
}

/** `same`: the type of the parameters with `same`; else computed from the types of the arguments. */
export type Returns = ColumnType | 'same' | ((types: readonly ColumnType[]) => ColumnType);

interface Definition {
  /** As ES|QL's documentation spells it, in capitals; queries may spell it in any case. */
  readonly name: string;
  /** Other names that queries may use. */
  readonly aliases?: readonly string[];
  readonly category: EsqlCategory;
  readonly summary: string;
  readonly parameters: readonly EsqlParameter[];
  readonly returns: Returns;
  /** Why arguments that each fit by themselves do not fit together; undefined when they do. */
  readonly misfit?: (types: readonly ColumnType[]) => string | undefined;
}

export type EsqlCategory =
  | 'aggregate'
  | 'condition'
  | 'conversion'
  | 'date'
  | 'address'
  | 'number'
  | 'space'
  | 'text'
  | 'list'
  | 'grouping';

/** Why a value became null, or with `approximate` is not exact, to be counted for the rule (esql §2.2). */
export type Loss = 'mvNull' | 'convFail' | 'arithmetic' | 'approximate';

export interface CallContext {
  /** Milliseconds since the epoch; the same for the whole execution. */
  readonly now: number;
  count(loss: Loss): void;
}

/** What is known about a call before the first row. */
export interface CallSite {
  /** Of the arguments, after widening. */
  readonly types: readonly ColumnType[];
  readonly returns: ColumnType;
  /** The values of arguments that are constants, at their places; undefined at the others. */
  readonly constants: readonly (ColumnValue | undefined)[];
}

export type ScalarCall = (args: readonly ColumnValue[], context: CallContext) => ColumnValue;

export interface ScalarExample {
  /** A whole expression of literals: `TO_LOWER("Ab")`. Tests run every example. */
  readonly call: string;
  readonly gives: ColumnValue;
}

export interface ScalarDefinition extends Definition {
  readonly kind: 'scalar';
  /** `null`: any null argument gives null before the call. `own`: the call sees nulls. */
  readonly nulls: 'null' | 'own';
  /**
   * `null`: a multi-valued argument gives null and counts one `mvNull`. `each`: the first argument element by element,
   * nulls left out, the others single. `own`: the call sees multi-values.
   */
  readonly multi: 'null' | 'each' | 'own';
  /** Only as a key of STATS and INLINE STATS. */
  readonly grouping?: true;
  /** Once for each place in a query, so that constant patterns and blocks are read once. */
  readonly prepare: (site: CallSite) => ScalarCall;
  readonly examples: readonly ScalarExample[];
}

/**
 * How an aggregate is computed in parts that can be merged: over panes of time, over shards. `P` is plain data that
 * survives JSON, because it is stored; bigints stand in it as text.
 */
export interface Accumulator<P> {
  readonly empty: () => P;
  /** May change and return `partial`. Every value of a multi-value counts by itself, nulls do not, unless it says so. */
  readonly add: (partial: P, args: readonly ColumnValue[], context: CallContext) => P;
  /**
   * The same as adding first the rows of `left`, then those of `right`. May change and return `left`; `right` stays as it
   * is, whatever is then done to the outcome.
   */
  readonly merge: (left: P, right: P, context: CallContext) => P;
  readonly finish: (partial: P, context: CallContext) => ColumnValue;
  /** How many values it holds, for the bound on memory. */
  readonly size: (partial: P) => number;
  /**
   * Of up to so many values it is computed without anything to count: whether it is computed at all makes no difference
   * then. Absent where that may happen with any number.
   */
  readonly quietUpTo?: number;
}

export interface AggregateExample {
  /** Of `x`: `SUM(x)`; `rows` holds the values of `x`, `y`, … row by row. */
  readonly call: string;
  readonly rows: readonly (readonly ColumnValue[])[];
  readonly gives: ColumnValue;
}

export interface AggregateDefinition extends Definition {
  readonly kind: 'aggregate';
  readonly prepare: (site: CallSite) => Accumulator<unknown>;
  readonly examples: readonly AggregateExample[];
}

export type EsqlDefinition = ScalarDefinition | AggregateDefinition;

/** Keeps the name as a literal type. */
export const scalar = <const N extends string>(
  definition: Omit<ScalarDefinition, 'kind' | 'name'> & { readonly name: N },
): ScalarDefinition & { readonly name: N } => ({ kind: 'scalar', ...definition });

type AggregateParts<N, P> = Omit<AggregateDefinition, 'kind' | 'name' | 'prepare'> & {
  readonly name: N;
  readonly prepare: (site: CallSite) => Accumulator<P>;
};

/** The type of the partial is the accumulator's own affair: whoever keeps one hands it back to the same accumulator. */
export const aggregate = <const N extends string, P>(
  definition: AggregateParts<N, P>,
): AggregateDefinition & { readonly name: N } =>
  ({ kind: 'aggregate', ...definition }) as unknown as AggregateDefinition & { readonly name: N };
