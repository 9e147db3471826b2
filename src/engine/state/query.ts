/** The query of a rule in ES|QL, ready to run: from events to rows, from the rows of a window to what it finds. */
import type { Atom, ColumnValue } from '../../data/column.ts';
import type { JsonObject, Scalar } from '../../data/document.ts';
import type {
  Counter,
  PreparedPipeline,
  PipelineEvent,
  ResultTable,
  Row,
  RunContext,
} from '../../exec/pipeline/index.ts';
import { computedColumns, jsonOf, keyPartText, preparePipeline } from '../../exec/pipeline/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import { asksModel, CANDIDATE, candidatesOf, tracked } from '../../plan/candidates.ts';
import type { Pipeline } from '../../plan/pipeline.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { exampleOf } from '../alert/example.ts';
import type { Detection } from '../detection.ts';
import { backingIndexOf, indexNameOf } from '../index-name.ts';
import type { Match } from '../match.ts';
import type { Complete, QueryInputs } from '../ports.ts';
import { Schedule } from '../schedule.ts';
import type { Kept, Run } from '../strategy/strategy.ts';
import { latestOf } from './examples.ts';
import type { QueryWindow } from './query-window.ts';
import { RowsWindow } from './query-window.ts';

/** A row of the table, with the columns as the alert will hold them. */
interface Found {
  readonly columns: JsonObject;
  readonly event: EventEnvelope | undefined;
  /** Of the column; null where the table has none of the name. */
  readonly valueOf: (column: string) => ColumnValue;
  readonly has: (column: string) => boolean;
}

/** What makes a group of a table, at its place there, the same in every run. */
export type GroupOf = (place: number, key: string) => string;

/** An event as a pipeline sees it. The names of its index are only made out for who asks. */
class QueriedEvent implements PipelineEvent {
  readonly envelope: EventEnvelope;

  constructor(envelope: EventEnvelope) {
    this.envelope = envelope;
  }

  get document(): JsonObject {
    return this.envelope.document;
  }

  told(path: string): readonly Scalar[] | undefined {
    return this.envelope.told?.(path);
  }

  get id(): string {
    return this.envelope.key;
  }

  get index(): string | undefined {
    return indexNameOf(this.document);
  }

  get backingIndex(): string | undefined {
    return backingIndexOf(this.document);
  }
}

export class Query {
  readonly rule: LoadedRule;
  readonly schedule: Schedule;
  /** What was lost on the way, in all runs. */
  readonly losses = new Map<Counter, number>();
  readonly pipeline: PreparedPipeline;
  /** Whether a run may find more than the one before without any new row. */
  readonly ripens: boolean;
  /** Of a query that asks a language model: the rows that it was asked about. */
  readonly #candidates: PreparedPipeline | undefined;
  readonly #complete: Complete | undefined;
  /** Nobody is asked: what the query finds are leads. */
  readonly #findsLeads: boolean;
  readonly #needsEvent: boolean;
  readonly #expanded: readonly string[];
  /** The columns that say more than the fields of the event do. */
  readonly #computed: ReadonlySet<string>;
  /** The columns that tell groups apart, where the table still has them all. */
  readonly #keys: readonly string[];

  constructor(rule: LoadedRule, plan: Pipeline, { completion, ...options }: QueryInputs) {
    this.rule = rule;
    this.schedule = new Schedule(rule);
    const asks = asksModel(plan);
    this.#findsLeads = asks && completion === 'prefilter';
    this.#complete = completion === 'prefilter' ? undefined : completion;
    const prepare = (one: Pipeline, rowsOf?: PreparedPipeline): PreparedPipeline =>
      preparePipeline(one, { ...options, ignoreFrom: true, ...(rowsOf === undefined ? {} : { rowsOf }) });
    if (asks && !this.#findsLeads) this.#candidates = prepare(candidatesOf(plan, 'answer'));
    this.pipeline = prepare(
      this.#findsLeads ? candidatesOf(plan, 'question') : tracked(plan),
      this.#candidates,
    );
    this.ripens = this.pipeline.ripens;
    this.#needsEvent = this.#rows.needsEvent || this.pipeline.needsEvent;
    this.#expanded = plan.operators.flatMap((one) => (one.kind === 'mvExpand' ? [one.column] : []));
    this.#computed = computedColumns(plan);
    const stats = plan.operators.findLast((one) => one.kind === 'stats');
    this.#keys = stats?.keys.map(({ name }) => name) ?? [];
  }

  /** The paths of all fields that rows are made of; undefined when they need more of an event. */
  get reads(): readonly string[] | undefined {
    return this.#rows.reads;
  }

  get isRowLocal(): boolean {
    return this.pipeline.isRowLocal;
  }

  /** Whether partial aggregates in panes can stand for its rows. */
  get hasPanes(): boolean {
    return (
      this.#candidates === undefined &&
      this.pipeline.partials !== undefined &&
      this.schedule.runsWith(0) !== undefined
    );
  }

  ofEvent(envelope: EventEnvelope): Detection[] {
    const rows = this.#rowsOf(envelope);
    if (rows.length === 0) return [];
    const table = this.pipeline.finish(rows, this.at(envelope.time ?? 0));
    return this.#found(table).map((found) => this.#ofRow(found, envelope));
  }

  /** What is kept of an event until a run looks at it; undefined when it became no row. */
  keep(envelope: EventEnvelope): Kept | undefined {
    const rows = this.#rowsOf(envelope);
    if (rows.length === 0) return undefined;
    return {
      event: this.#needsEvent ? envelope : exampleOf(envelope),
      rows: rows.map((row) => this.#rows.store(row)),
    };
  }

  /** The rows that were kept. */
  rowsOf({ event, rows = [] }: Match): Row[] {
    const from = this.#needsEvent ? new QueriedEvent(event) : undefined;
    return rows.map((row) => this.#rows.restore(row, from));
  }

  windowOf(matches: readonly Match[]): QueryWindow {
    const survivors = matches.map((match) => ({ match, rows: this.rowsOf(match) }));
    return new RowsWindow(survivors, this.pipeline);
  }

  /** What a run finds, in the order of the table; then the leads that it leaves. */
  judge(run: Run, window: QueryWindow, groupOf: GroupOf): Detection[] {
    const found = this.#found(window.table(this.pipeline, this.at(run.at)));
    const told = this.#detections(found, run, window, groupOf);
    const leads = this.#detections(this.#leadsBeside(found, run, window), run, window, groupOf);
    return [...told, ...leads.map((lead) => ({ ...lead, lead: true as const }))];
  }

  /** At a time, in milliseconds since the epoch. */
  at(now: number): RunContext {
    const count = (counter: Counter): void => {
      this.losses.set(counter, (this.losses.get(counter) ?? 0) + 1);
    };
    return { now, count, complete: this.#complete };
  }

  /** What makes rows of events: all that a candidate shows and the rest of the query reads. */
  get #rows(): PreparedPipeline {
    return this.#candidates ?? this.pipeline;
  }

  #rowsOf(envelope: EventEnvelope): Row[] {
    return this.#rows.rowsOf(new QueriedEvent(envelope), this.at(envelope.time ?? 0));
  }

  /** What a model was asked about and did not lead to an alert, answered or not: its word hides nothing. */
  #leadsBeside(found: readonly Found[], { at }: Run, window: QueryWindow): readonly Found[] {
    if (this.#candidates === undefined) return [];
    const candidates = this.#found(window.table(this.#candidates, this.at(at)));
    const told = new Set(found.flatMap(({ valueOf }) => valueOf(CANDIDATE)));
    return candidates.filter((_, place) => !told.has(place));
  }

  #detections(
    found: readonly Found[],
    { at, from, to }: Run,
    window: QueryWindow,
    groupOf: GroupOf,
  ): Detection[] {
    return found.flatMap((row, place): Detection[] => {
      if (row.event !== undefined) return [this.#ofRow(row, row.event)];
      const [example, ...others] = this.#examples(row, window, at);
      if (example === undefined) return [];
      const group = groupOf(place, this.#groupText(row));
      const finding = { kind: 'queryGroup', columns: row.columns, group, from, to } as const;
      return [{ rule: this.rule, events: [example, ...others], finding, ...this.#lead }];
    });
  }

  #ofRow({ columns, valueOf }: Found, event: EventEnvelope): Detection {
    const expanded = this.#expanded.map((name) => textOfValue(valueOf(name)));
    return { rule: this.rule, events: [event], row: { columns, expanded }, ...this.#lead };
  }

  get #lead(): Pick<Detection, 'lead'> {
    return this.#findsLeads ? { lead: true } : {};
  }

  #found(table: ResultTable): Found[] {
    const places = new Map(table.columns.map(({ name }, place) => [name, place]));
    return table.rows.map((values, i) => ({
      columns: columnsOf(table, values, this.#computed),
      valueOf: (column) => values[places.get(column) ?? -1] ?? null,
      has: (column) => places.has(column),
      event: (table.events[i] as QueriedEvent | undefined)?.envelope,
    }));
  }

  /** The last events of the row's group, as far as its columns tell the group. */
  #examples({ valueOf, has }: Found, window: QueryWindow, at: number): EventEnvelope[] {
    const told = (this.pipeline.groups?.columns ?? []).flatMap((name, part) => {
      const value = valueOf(name);
      return !has(name) || Array.isArray(value) ? [] : [{ part, text: keyPartText(value as Atom | null) }];
    });
    const own = window.examplesOf(told, this.at(at));
    return latestOf(own.length === 0 ? window.examplesOf([], this.at(at)) : own).map(({ event }) => event);
  }

  /** The key columns of a row; the whole row when the table does not have them. */
  #groupText({ valueOf, has, columns }: Found): string {
    return this.#keys.length === 0 || !this.#keys.every(has)
      ? JSON.stringify(this.#keys.length === 0 ? [] : columns)
      : JSON.stringify(this.#keys.map((key) => textOfValue(valueOf(key))));
  }
}

const textOfValue = (value: ColumnValue): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

const columnsOf = (
  { columns }: ResultTable,
  values: readonly ColumnValue[],
  computed: ReadonlySet<string>,
): JsonObject =>
  Object.fromEntries(
    columns.flatMap(({ name, type }, i) => {
      const value = computed.has(name) ? jsonOf(values[i] ?? null, type) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
