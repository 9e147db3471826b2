/**
 * Pipelines, ready to run: events in, a table out (esql §2.3–2.4). What looks at each event by itself is the prefix and
 * can be run as events arrive; what comes behind it runs over the rows that the prefix has let through.
 */
import type { Column, ColumnType, ColumnValue } from '../../data/column.ts';
import { columnTypeOf } from '../../data/column-type.ts';
import { leaves } from '../../data/document.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { matchesPattern } from '../../data/glob.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Operator, Pipeline, RestOfEvent } from '../../plan/pipeline.ts';
import { fieldValues, interpret } from '../interpret/index.ts';
import type { ArrayOrder } from './field.ts';
import { compiled } from './compiled.ts';
import { EventFields } from './event-fields.ts';
import { interpreted } from './expression.ts';
import { loadColumn, toldBy } from './field.ts';
import type { Groups } from './groups.ts';
import { Grouping, keyPartText } from './groups.ts';
import { prune } from './liveness.ts';
import type { BuildOptions, LocalTable } from './operator.ts';
import { buildOperator } from './operator.ts';
import { isRowLocal, readsOf } from './reads.ts';
import { ripens } from './ripening.ts';
import type { PipelineEvent, Row, RowCall, RunContext } from './row.ts';
import { Layout } from './row.ts';
import type { Stage } from './stage.ts';
import { Chain, pass } from './stage.ts';
import type { StoredRow } from './stored-row.ts';
import { restoreRow, storeRow } from './stored-row.ts';

export interface PipelineOptions {
  /** `lucene`, unless something else is asked for. */
  readonly arrayOrder?: ArrayOrder;
  /** What ENRICH and LOOKUP JOIN name. */
  readonly tables?: ReadonlyMap<string, LocalTable>;
  /** The types of the fields that only `*` shows. */
  readonly types?: FieldTypes;
  /** FROM takes every event, whatever its index. */
  readonly ignoreFrom?: boolean;
  /** Another query, equal up to where rows are kept, that makes the rows which this one finishes. */
  readonly rowsOf?: PreparedPipeline;
  /** `compiled` unless the truth is asked for. */
  readonly evaluator?: 'interpreted' | 'compiled';
}

export interface ResultTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly ColumnValue[])[];
  /** The event of each row, where rows stand for events. */
  readonly events: readonly (PipelineEvent | undefined)[];
}

export interface RowGroups {
  readonly columns: readonly string[];
  /** In each, a text for each column: equal for equal values. */
  readonly of: (row: Row, context: RunContext) => readonly (readonly string[])[];
}

/** @throws for a pattern of RLIKE or GROK that checking has let through and nothing can run. */
export const preparePipeline = (pipeline: Pipeline, options: PipelineOptions = {}): PreparedPipeline =>
  new PreparedPipeline(pipeline, options);

export class PreparedPipeline {
  readonly pipeline: Pipeline;
  readonly #options: PipelineOptions;
  readonly #prefix: Chain;
  readonly #fields = new EventFields();
  readonly #suffix: readonly Stage[];
  /** Of the rows that are kept. */
  readonly layout: Layout;
  /** What of a row is read behind the prefix. */
  readonly #kept: readonly RowCall[];
  /** The values of a row of the prefix, none of them read yet: to grow a list value by value costs several of them. */
  readonly #blank: readonly undefined[];
  readonly #needsEvent: boolean;
  /** The paths of all fields that rows are made of; undefined when they need more of an event. */
  readonly reads: readonly string[] | undefined;
  readonly #output: readonly (RowCall | undefined)[];
  readonly #groups: RowGroups | undefined;
  /**
   * The STATS behind the prefix, when partial aggregates of it can stand for the rows that came in; undefined where
   * something needs the rows themselves, or the time of the run.
   */
  readonly partials: Grouping | undefined;

  constructor(pipeline: Pipeline, options: PipelineOptions) {
    this.pipeline = pipeline;
    this.#options = options;
    const build = {
      tables: options.tables ?? new Map(),
      arrayOrder: options.arrayOrder ?? ('lucene' as const),
    };
    const evaluator = options.evaluator === 'interpreted' ? interpreted : compiled;
    const { operators, live } = prune(pipeline);
    const cut = prefixLength(operators);
    const prefix = built(operators.slice(0, cut), new Layout(evaluator), { ...build, fields: this.#fields });
    const kept = prefix.layout.names.filter((name) => live[cut]?.has(name) === true);
    const between = options.rowsOf?.layout ?? new Layout(evaluator).withAll(kept).layout;
    this.layout = between;
    const suffix = built(operators.slice(cut), between, build);
    this.#prefix = new Chain(prefix.stages);
    this.#suffix = suffix.stages;
    this.#blank = Array.from({ length: prefix.layout.width }, () => undefined);
    this.#kept = kept.map((name) => prefix.layout.reader(name));
    this.#needsEvent = !pipeline.aggregating || readsOf(operators.slice(cut)).event;
    this.reads = fieldsRead(operators.slice(0, cut));
    this.#groups = groupsBehind(operators[cut], between);
    this.partials = partialsOf(operators[cut], between);
    this.#output = pipeline.output.map((column) =>
      column.kind === 'column' ? suffix.layout.reader(column.name) : undefined,
    );
  }

  /** Whether FROM reads from where the event stands; an event of an unknown index is read by all. */
  readsFrom(event: PipelineEvent): boolean {
    const [source] = this.pipeline.operators;
    if (this.#options.ignoreFrom === true || source?.kind !== 'source') return true;
    const { index } = event;
    return index === undefined || readsIndex(source, index);
  }

  /** Whether FROM reads the event, and the filter of the request lets it pass. */
  admits(event: PipelineEvent, context: RunContext): boolean {
    const [source] = this.pipeline.operators;
    if (source?.kind !== 'source' || !this.readsFrom(event)) return false;
    return source.where === undefined || interpret(source.where, event.document, { now: context.now });
  }

  /** The rows that an event becomes, with what the rest of the pipeline reads and nothing else. */
  rowsOf(event: PipelineEvent, context: RunContext): Row[] {
    return this.admits(event, context) ? this.#rows({ values: this.#blank.slice(), event }, context) : [];
  }

  /** Whether a run over the same rows may find more than the one before, only because it comes later. */
  get ripens(): boolean {
    return ripens(this.pipeline.operators);
  }

  /** Whether each event decides by itself: no operator needs other rows. */
  get isRowLocal(): boolean {
    return this.#suffix.length === 0;
  }

  /**
   * The columns that tell the groups of the first STATS apart, and the groups that a row of `rowsOf` belongs to; undefined
   * when something else comes before it.
   */
  get groups(): RowGroups | undefined {
    return this.#groups;
  }

  /** Whether the rows of `rowsOf` have their event, which then must be kept with them. */
  get needsEvent(): boolean {
    return this.#needsEvent;
  }

  /** A row of `rowsOf`, to be kept; what stands in it are the columns that the rest reads. */
  store({ values }: Row): StoredRow {
    return storeRow(values);
  }

  /** The row that was stored, with the event that it came from, when something needs it. */
  restore(stored: StoredRow, event: PipelineEvent | undefined): Row {
    return { values: restoreRow(stored), event };
  }

  /** The table of the groups of `partials`, which stand for rows. */
  finishGroups(groups: Pick<Groups, 'rows'>, context: RunContext): ResultTable {
    return this.#table(pass(this.#suffix.slice(1), groups.rows(context), context), context);
  }

  /** The table of rows that `rowsOf` gave; they are not changed, so that they can be asked again. */
  finish(rows: Iterable<Row>, context: RunContext): ResultTable {
    const fresh = Array.from(rows, ({ values, event }): Row => ({ values: values.slice(), event }));
    return this.#table(pass(this.#suffix, fresh, context), context);
  }

  /** The whole pipeline over some events. */
  run(events: Iterable<PipelineEvent>, context: RunContext): ResultTable {
    const [first] = this.pipeline.operators;
    const rows = first?.kind === 'row' ? this.#rows({ values: [] }, context) : [];
    for (const event of events) rows.push(...this.rowsOf(event, context));
    return this.finish(rows, context);
  }

  #rows(first: Row, context: RunContext): Row[] {
    const rows = this.#prefix.pass(first, context);
    // What is read of events that become no row, the conditions read one by one.
    if (rows.length > 0 && first.event !== undefined && this.#kept.length >= MANY_COLUMNS)
      this.#fields.open(first.event);
    return rows.map((row) => this.#project(row, context));
  }

  #project(row: Row, context: RunContext): Row {
    const values = this.#kept.map((read) => read(row, context));
    return { values, event: this.#needsEvent ? row.event : undefined };
  }

  #table(rows: readonly Row[], context: RunContext): ResultTable {
    const parts = this.pipeline.output.map((column, i) => {
      const read = this.#output[i];
      return column.kind === 'rest' || read === undefined
        ? restOf(column as RestOfEvent, this.pipeline, rows, context, this.#options)
        : [
            {
              column: { name: column.name, type: column.type },
              values: rows.map((row) => read(row, context)),
            },
          ];
    });
    const columns = parts.flat();
    return {
      columns: columns.map(({ column }) => column),
      rows: rows.map((_, i) => columns.map(({ values }) => values[i] ?? null)),
      events: rows.map(({ event }) => event),
    };
  }
}

function fieldsRead(prefix: readonly Operator[]): readonly string[] | undefined {
  const [source] = prefix;
  if (source?.kind !== 'source' || source.where !== undefined || readsOf(prefix).event) return undefined;
  const told = source.columns.map(toldBy);
  return told.includes(undefined) ? undefined : told.flatMap((paths) => paths ?? []);
}

function groupsBehind(operator: Operator | undefined, layout: Layout): RowGroups | undefined {
  if (operator?.kind !== 'stats') return undefined;
  const grouping = new Grouping([], operator.keys, layout);
  return {
    columns: operator.keys.map(({ name }) => name),
    of: (row, context) => grouping.keysOf(row, context).map((key) => key.map(keyPartText)),
  };
}

/** Without the first operator nothing is a row yet; NOW() is that of the run, not of the event (esql §5). */
function prefixLength(operators: readonly Operator[]): number {
  const end = operators.findIndex((operator, i) => i > 0 && !isRowLocal(operator));
  return end === -1 ? operators.length : end;
}

function built(
  operators: readonly Operator[],
  before: Layout,
  options: BuildOptions,
): { readonly layout: Layout; readonly stages: readonly Stage[] } {
  let layout = before;
  const stages = operators.map((operator) => {
    const one = buildOperator(operator, layout, options);
    layout = one.layout;
    return one.stage;
  });
  return { layout, stages };
}

function partialsOf(operator: Operator | undefined, layout: Layout): Grouping | undefined {
  if (operator?.kind !== 'stats') return undefined;
  const { event, now } = readsOf([operator]);
  return event || now ? undefined : new Grouping(operator.aggregates, operator.keys, layout);
}

function readsIndex(source: Extract<Operator, { kind: 'source' }>, index: string): boolean {
  let reads = false;
  for (const { pattern, exclude } of source.indices)
    if (matchesPattern(pattern, index)) reads = exclude !== true;
  return reads;
}

/** So many columns make one walk through the event cheaper than a way to each of them. */
const MANY_COLUMNS = 4;

interface Shown {
  readonly column: Column;
  readonly values: readonly ColumnValue[];
}

/** The fields of the events that no column shows, by name, each as its own type. */
function restOf(
  rest: RestOfEvent,
  { output }: Pipeline,
  rows: readonly Row[],
  context: RunContext,
  options: PipelineOptions,
): Shown[] {
  const named = new Set(output.flatMap((column) => (column.kind === 'column' ? [column.name] : [])));
  const events = rows.map(({ event }) => event);
  const paths = new Set(events.flatMap((event) => leaves(event?.document ?? {}).map(([path]) => path)));
  return [...paths]
    .filter((name) => !named.has(name) && isInRest(rest, name))
    .sort()
    .map((name) => {
      const info = (options.types ?? builtinFieldTypes).resolve(name);
      const column = { name, type: columnTypeOf(info) ?? typeOfValues(name, events) };
      const field = { ...column, from: 'field', field: { name, path: name }, fieldType: info.type } as const;
      const load = loadColumn(field, options.arrayOrder ?? 'lucene');
      return { column, values: events.map((event) => (event === undefined ? null : load(event, context))) };
    });
}

/** Of a field that no table knows: numbers and truth values when all values are. */
function typeOfValues(name: string, events: readonly (PipelineEvent | undefined)[]): ColumnType {
  const field = { name, path: name };
  const values = events.flatMap((event) => (event === undefined ? [] : fieldValues(event.document, field)));
  if (values.every((value) => typeof value === 'boolean')) return 'boolean';
  if (!values.every((value) => typeof value === 'number' || value instanceof Numeral)) return 'keyword';
  return values.every((value) => /^-?\d+$/.test(String(value))) ? 'long' : 'double';
}

const isInRest = ({ matching, without }: RestOfEvent, name: string): boolean =>
  matching.every((pattern) => matchesPattern(pattern, name)) &&
  !without.some((pattern) => matchesPattern(pattern, name));
