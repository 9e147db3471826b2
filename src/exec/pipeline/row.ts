/** Rows on their way through a pipeline, and where in them the columns stand. */
import type { Atom, ColumnValue } from '../../data/column.ts';
import { columnValue, isMulti } from '../../data/atom.ts';
import type { Documented } from '../../data/document.ts';
import type { CallContext, Loss } from '../../func/esql/index.ts';
import type { RowExpression } from '../../plan/row.ts';

/** The event that a row comes from. */
export interface PipelineEvent extends Documented {
  /** What METADATA shows as `_id`. */
  readonly id: string;
  /** The index or data stream that it stands in; undefined when nothing tells. */
  readonly index?: string | undefined;
  /** What METADATA shows as `_index`, where it is another: a data stream stands in hidden indices. */
  readonly backingIndex?: string | undefined;
}

export interface Row {
  /** By slot; undefined: a field that was not read from the event yet. */
  readonly values: (ColumnValue | undefined)[];
  /** Absent once rows stand for groups. */
  readonly event?: PipelineEvent | undefined;
  /** Computes the aggregates of the row's group that are not in the values yet. */
  readonly group?: RowGroup | undefined;
}

/** A group whose aggregates are computed when they are asked for. */
export interface RowGroup {
  aggregate(place: number, context: RunContext): ColumnValue;
}

/** What is counted for a rule: values that were lost, fields that no event has, and what a limit has cut off. */
export type Counter = Loss | 'unmapped' | 'overLimit';

/** Of one execution. */
export interface RunContext extends CallContext {
  /** Milliseconds since the epoch: the time of the run, in a scan that of the events. */
  readonly now: number;
  count(counter: Counter): void;
  /** A language model's answer; undefined when no provider is there (esql §1.7). */
  readonly complete?: ((prompt: string, inferenceId: string) => string | undefined) | undefined;
}

/** A value of a row. */
export type RowCall = (row: Row, context: RunContext) => ColumnValue;

/** Reads a field of the event. */
export type Load = (event: PipelineEvent, context: RunContext) => ColumnValue;

/** Gives a value that a row does not have yet. */
type Fill = (row: Row, context: RunContext) => ColumnValue;

/** How expressions are computed on the rows of a layout. */
export type Evaluator = (expression: RowExpression, layout: Layout) => RowCall;

/** Where the columns stand, and who computes on them. Layouts do not change: operators make new ones. */
export class Layout {
  readonly evaluator: Evaluator;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #fills: readonly (Fill | undefined)[];

  constructor(
    evaluator: Evaluator,
    slots: ReadonlyMap<string, number> = new Map(),
    fills: readonly (Fill | undefined)[] = [],
  ) {
    this.evaluator = evaluator;
    this.#slots = slots;
    this.#fills = fills;
  }

  /** How many values a row has. */
  get width(): number {
    return this.#fills.length;
  }

  get names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /** A new column, in place of one that has the name. */
  with(name: string, load?: Load): { readonly layout: Layout; readonly slot: number } {
    const slot = this.width;
    const fill: Fill | undefined =
      load && ((row, context) => (row.event === undefined ? null : load(row.event, context)));
    const slots = new Map([...this.#slots, [name, slot]]);
    return { layout: new Layout(this.evaluator, slots, [...this.#fills, fill]), slot };
  }

  withAll(names: readonly string[]): { readonly layout: Layout; readonly slots: readonly number[] } {
    return this.#withFilled(names, () => undefined);
  }

  /** New columns of groups: first those of the aggregates, in their order. */
  withAggregates(names: readonly string[], keys: readonly string[]): Layout {
    const fillOf = (place: number): Fill | undefined =>
      place < names.length ? (row, context) => row.group?.aggregate(place, context) ?? null : undefined;
    return this.#withFilled([...names, ...keys], fillOf).layout;
  }

  #withFilled(names: readonly string[], fillOf: (place: number) => Fill | undefined) {
    const slots = names.map((_, i) => this.width + i);
    const added = names.map((name, i): readonly [string, number] => [name, slots[i] ?? 0]);
    const fills = [...this.#fills, ...names.map((_, i) => fillOf(i))];
    return { layout: new Layout(this.evaluator, new Map([...this.#slots, ...added]), fills), slots };
  }

  rename(pairs: readonly { readonly from: string; readonly to: string }[]): Layout {
    const slots = new Map(this.#slots);
    for (const { from } of pairs) slots.delete(from);
    for (const { from, to } of pairs) slots.set(to, this.slotOf(from));
    return new Layout(this.evaluator, slots, this.#fills);
  }

  /** Without any columns: for rows that are made anew. */
  empty(): Layout {
    return new Layout(this.evaluator);
  }

  /** @throws for a name that is no column here, which checking has ruled out. */
  slotOf(name: string): number {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new Error(`There is no column "${name}" at this place of the pipeline.`);
    return slot;
  }

  /** Reads the column, from the event or its group when that was not done before. */
  reader(name: string): RowCall {
    const slot = this.slotOf(name);
    const fill = this.#fills[slot];
    if (fill === undefined) return ({ values }) => values[slot] ?? null;
    return (row, context) => {
      const known = row.values[slot];
      if (known !== undefined) return known;
      const value = fill(row, context);
      row.values[slot] = value;
      return value;
    };
  }

  /** Reads every column that was not read yet: the rows that are made of this one share the values. */
  load(row: Row, context: RunContext): void {
    if (row.event === undefined && row.group === undefined) return;
    for (const slot of this.#slots.values())
      if (row.values[slot] === undefined) row.values[slot] = this.#fills[slot]?.(row, context) ?? null;
  }
}

/** The value, if it is one; null, and a multi-value counts one `mvNull`. */
export function single(value: ColumnValue, context: CallContext): Atom | null {
  if (!isMulti(value)) return value;
  context.count('mvNull');
  return null;
}

/** Element by element; what becomes null is left out. */
export function mapAtoms(value: ColumnValue, change: (atom: Atom) => ColumnValue): ColumnValue {
  if (value === null) return null;
  if (!isMulti(value)) return change(value);
  return columnValue(value.map(change).filter((atom): atom is Atom => atom !== null && !isMulti(atom)));
}
