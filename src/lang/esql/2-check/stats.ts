/** STATS and INLINE STATS: keys, aggregates, and what is computed of aggregates (esql §2.4). */
import type { ColumnType } from '../../../data/column.ts';
import type { AggregateColumn, Assignment, Operator } from '../../../plan/pipeline.ts';
import type { Aggregate, RowExpression } from '../../../plan/row.ts';
import type { AggregateField, Field, Stats } from '../1-parse/ast.ts';
import type { Collector, Context } from './context.ts';
import { checkCondition } from './condition.ts';
import { check } from './expression.ts';
import type { Scope, ScopeColumn } from './scope.ts';
import { guessOf } from './unify.ts';

export interface Step {
  readonly operators: readonly Operator[];
  readonly scope: Scope;
}

/** A column without a name of its own is called as it is written; a plain column keeps its name. */
const columnName = ({ name, value, text }: Field): string =>
  name?.name ?? (value.kind === 'name' ? value.name : text);

/** The column that a value becomes; an unchanged column stays the field of the event that it was. */
export function columnOf(value: RowExpression, context: Context): ScopeColumn {
  const guess = guessOf(value, context);
  return { type: value.type, ...(guess === undefined ? {} : { guess }) };
}

export function checkStats(command: Stats, context: Context): Step {
  const { span } = command;
  if (command.aggregates.length === 0 && command.by.length === 0)
    context.report.say('ESQL101', 'STATS computes nothing', span, 'write STATS COUNT(*) BY field');
  const keys = lastOfEach(command.by.map((field) => assignment(field, { ...context, grouping: true })));
  const keyTypes = new Map(keys.map(({ name, value }) => [name, value.type]));
  const all = command.aggregates.map((field, i) => checkField(field, i, keyTypes, context));
  const computed = lastOfEach(all.filter(({ name }) => !keyTypes.has(name)));
  const aggregates = computed.flatMap((field) => field.aggregates);
  const after = computed.flatMap(({ name, value }): Assignment[] =>
    value === undefined ? [] : [{ name, value }],
  );
  const names = [...computed.map(({ name }) => name), ...keys.map(({ name }) => name)];
  const operators: Operator[] = [{ kind: command.kind, aggregates, keys, span }];
  if (after.length > 0) operators.push({ kind: 'eval', columns: after, span });
  if (after.length > 0 && command.kind === 'stats') operators.push({ kind: 'keep', columns: names, span });
  return { operators, scope: scopeAfter(command, computed, keys, context) };
}

function scopeAfter(
  { kind, span }: Stats,
  computed: readonly Computed[],
  keys: readonly Assignment[],
  context: Context,
): Scope {
  const found = [
    ...computed.map(({ name, column }): [string, ScopeColumn] => [name, column]),
    ...keys.map(({ name, value }): [string, ScopeColumn] => [name, columnOf(value, context)]),
  ];
  const set = context.scope.set(found);
  if (kind === 'inlineStats') return set;
  return set.restrict(
    found.map(([name]) => ({ kind: 'column', name })),
    span,
  );
}

export function assignment(field: Field, context: Context): Assignment {
  return { name: columnName(field), value: check(field.value, context) };
}

/** Of several with one name only the last one counts. */
function lastOfEach<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const last = new Map(items.map((item) => [item.name, item]));
  return items.filter((item) => last.get(item.name) === item);
}

interface Computed {
  readonly name: string;
  readonly column: ScopeColumn;
  readonly aggregates: readonly AggregateColumn[];
  /** What is computed of the aggregates; absent when the column is an aggregate itself. */
  readonly value?: RowExpression;
}

function checkField(
  field: AggregateField,
  index: number,
  keys: ReadonlyMap<string, ColumnType>,
  context: Context,
): Computed {
  const name = columnName(field);
  const where = field.where === undefined ? undefined : checkCondition(field.where, context);
  const collector = new Collected(`${name}#${index}`, keys, where);
  const value = check(field.value, { ...context, aggregates: collector });
  const [first] = collector.columns;
  if (
    first === undefined ||
    collector.columns.length > 1 ||
    value.kind !== 'column' ||
    value.name !== first.name
  )
    return { name, column: { type: value.type }, aggregates: collector.columns, value };
  return { name, column: aggregateColumn(first.value, context), aggregates: [{ name, value: first.value }] };
}

const HANDS_ON: readonly string[] = ['VALUES', 'MIN', 'MAX', 'FIRST', 'LAST', 'TOP'];

/** Values of a field that are only chosen from keep the question of their type open. */
function aggregateColumn({ name, args: [arg], type }: Aggregate, context: Context): ScopeColumn {
  const guess = arg !== undefined && HANDS_ON.includes(name) ? guessOf(arg, context) : undefined;
  return { type, ...(guess === undefined ? {} : { guess }) };
}

class Collected implements Collector {
  readonly columns: AggregateColumn[] = [];
  readonly keys: ReadonlyMap<string, ColumnType>;
  readonly #prefix: string;
  readonly #where: RowExpression | undefined;

  constructor(prefix: string, keys: ReadonlyMap<string, ColumnType>, where: RowExpression | undefined) {
    this.#prefix = prefix;
    this.keys = keys;
    this.#where = where;
  }

  /** Under a name that no query can have by accident. */
  collect(value: Aggregate): RowExpression {
    const name = `${this.#prefix}.${this.columns.length}`;
    this.columns.push({ name, value: this.#where === undefined ? value : { ...value, where: this.#where } });
    return {
      kind: 'column',
      name,
      type: value.type,
      ...(value.span === undefined ? {} : { span: value.span }),
    };
  }
}
