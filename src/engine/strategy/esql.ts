/**
 * Rules in ES|QL (engine A5.6, esql §3). A query that looks at each event by itself decides at once. Every other one
 * runs at the ticks of the rule over the rows of its window; in a stream too, as soon as the watermark has passed the
 * tick, and only when the window has new rows (decision 0325).
 */
import type { Atom, ColumnValue } from '../../data/column.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Counter, PipelineEvent, ResultTable, Row, RunContext } from '../../exec/pipeline/index.ts';
import {
  computedColumns,
  jsonOf,
  keyPartText,
  necessaryCondition,
  preparePipeline,
} from '../../exec/pipeline/index.ts';
import type { PreparedPipeline } from '../../exec/pipeline/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { KeyState } from '../../model/state.ts';
import { asksModel, CANDIDATE, candidatesOf, tracked } from '../../plan/candidates.ts';
import type { Pipeline } from '../../plan/pipeline.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import { backingIndexOf, indexNameOf } from '../index-name.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import type { Complete, EngineInputs, QueryInputs } from '../ports.ts';
import { Schedule } from '../schedule.ts';
import type {
  Candidate,
  OperatorContext,
  Run,
  Strategy,
  StreamOperator,
  WindowOperator,
} from './strategy.ts';
import { earliestWindowTime, windowStates, within } from './strategy.ts';

export function esqlRules(rule: LoadedRule, { queries = {} }: EngineInputs): Strategy | undefined {
  const { plan } = rule;
  if (plan?.kind !== 'pipeline' || (asksModel(plan) && queries.completion === undefined)) return undefined;
  const query = new Query(rule, plan, queries);
  // What stands behind a question to a model keeps no event from being a candidate.
  const conditions = [necessaryCondition(candidatesOf(plan, 'question'))];
  const { losses } = query;
  if (query.isRowLocal)
    return { kind: 'stateless', conditions, losses, detect: (event) => query.ofEvent(event) };
  return {
    kind: 'stateful',
    conditions,
    losses,
    stream: (context) => new QueryStream(query, context),
    windowed: () => new QueryWindow(query),
  };
}

/** A row of the table, with the columns as the alert will hold them. */
interface Found {
  readonly columns: JsonObject;
  readonly event: EventEnvelope | undefined;
  /** Of the column; null where the table has none of the name. */
  readonly valueOf: (column: string) => ColumnValue;
  readonly has: (column: string) => boolean;
}

/** The rows that a match became. */
interface Survivor {
  readonly match: Match;
  readonly rows: readonly Row[];
}

/** The query of a rule, ready to run. */
class Query {
  readonly rule: LoadedRule;
  readonly schedule: Schedule;
  /** What was lost on the way, in all runs. */
  readonly losses = new Map<Counter, number>();
  readonly #pipeline: PreparedPipeline;
  /** Of a query that asks a language model: the rows that it was asked about. */
  readonly #candidates: PreparedPipeline | undefined;
  readonly #complete: Complete | undefined;
  /** Nobody is asked: what the query finds are leads. */
  readonly #findsLeads: boolean;
  readonly #ripens: boolean;
  readonly #expanded: readonly string[];
  /** The columns that say more than the fields of the event do. */
  readonly #computed: ReadonlySet<string>;
  /** The columns that tell groups apart, where the table still has them all. */
  readonly #keys: readonly string[];
  readonly #envelopes = new WeakMap<PipelineEvent, EventEnvelope>();

  constructor(rule: LoadedRule, plan: Pipeline, { completion, ...options }: QueryInputs) {
    this.rule = rule;
    this.schedule = new Schedule(rule);
    const prepare = (one: Pipeline): PreparedPipeline =>
      preparePipeline(one, { ...options, ignoreFrom: true });
    const asks = asksModel(plan);
    this.#findsLeads = asks && completion === 'prefilter';
    this.#complete = completion === 'prefilter' ? undefined : completion;
    if (asks && !this.#findsLeads) this.#candidates = prepare(candidatesOf(plan, 'answer'));
    this.#pipeline = prepare(
      this.#findsLeads ? candidatesOf(plan, 'question') : ((asks ? tracked(plan) : undefined) ?? plan),
    );
    this.#ripens = this.#pipeline.ripens;
    this.#expanded = plan.operators.flatMap((one) => (one.kind === 'mvExpand' ? [one.column] : []));
    this.#computed = computedColumns(plan);
    const stats = plan.operators.findLast((one) => one.kind === 'stats');
    this.#keys = stats?.keys.map(({ name }) => name) ?? [];
  }

  get isRowLocal(): boolean {
    return this.#pipeline.isRowLocal;
  }

  /** Whether a run may find more than the one before without any new row. */
  get ripens(): boolean {
    return this.#ripens;
  }

  ofEvent(envelope: EventEnvelope): Detection[] {
    const rows = this.rowsOf(envelope);
    return rows.length === 0
      ? []
      : this.#found(this.#pipeline, rows, envelope.time ?? 0).map((found) => this.#ofRow(found, envelope));
  }

  /** What the first operators make of an event: all that a candidate shows and the rest of the query reads. */
  rowsOf(envelope: EventEnvelope): Row[] {
    const { key, document } = envelope;
    const event = {
      id: key,
      index: indexNameOf(document),
      backingIndex: backingIndexOf(document),
      document,
    };
    this.#envelopes.set(event, envelope);
    return (this.#candidates ?? this.#pipeline).rowsOf(event, this.#at(envelope.time ?? 0));
  }

  /** What a run finds, in the order of the table; then the leads that it leaves. */
  judge(run: Run, survivors: readonly Survivor[], groupOf: GroupOf): Detection[] {
    const rows = survivors.flatMap((survivor) => survivor.rows);
    const found = this.#found(this.#pipeline, rows, run.at);
    const told = this.#detections(found, run, survivors, groupOf);
    const leads = this.#detections(this.#leadsBeside(found, rows, run.at), run, survivors, groupOf);
    return [...told, ...leads.map((lead) => ({ ...lead, lead: true as const }))];
  }

  /** What a model was asked about and did not lead to an alert, answered or not: its word hides nothing. */
  #leadsBeside(found: readonly Found[], rows: readonly Row[], at: number): readonly Found[] {
    if (this.#candidates === undefined) return [];
    const candidates = this.#found(this.#candidates, rows, at);
    if (found.some(({ has }) => !has(CANDIDATE))) return [];
    const told = new Set(found.map(({ valueOf }) => valueOf(CANDIDATE)));
    return candidates.filter((_, place) => !told.has(place));
  }

  #detections(
    found: readonly Found[],
    { from, to }: Run,
    survivors: readonly Survivor[],
    groupOf: GroupOf,
  ): Detection[] {
    return found.flatMap((row, place): Detection[] => {
      if (row.event !== undefined) return [this.#ofRow(row, row.event)];
      const [example, ...others] = this.#examples(row, survivors);
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

  #found(pipeline: PreparedPipeline, rows: readonly Row[], now: number): Found[] {
    const table = pipeline.finish(rows, this.#at(now));
    const places = new Map(table.columns.map(({ name }, place) => [name, place]));
    return table.rows.map((values, i) => {
      const event = table.events[i];
      return {
        columns: columnsOf(table, values, this.#computed),
        valueOf: (column) => values[places.get(column) ?? -1] ?? null,
        has: (column) => places.has(column),
        event: event && this.#envelopes.get(event),
      };
    });
  }

  /** The last events of the row's group, as far as its columns tell the group. */
  #examples({ valueOf, has }: Found, survivors: readonly Survivor[]): EventEnvelope[] {
    const { groups } = this.#pipeline;
    const told = (groups?.columns ?? []).flatMap((name, part) => {
      const value = valueOf(name);
      return !has(name) || Array.isArray(value) ? [] : [{ part, text: keyPartText(value as Atom | null) }];
    });
    const isOfGroup = ({ match, rows }: Survivor): boolean =>
      rows.some((row) =>
        groups
          ?.of(row, this.#at(match.time))
          .some((key) => told.every(({ part, text }) => key[part] === text)),
      );
    const own = told.length === 0 ? survivors : survivors.filter(isOfGroup);
    return (own.length === 0 ? survivors : own).slice(-limits.examples).map(({ match }) => match.event);
  }

  /** The key columns of a row; the whole row when the table does not have them. */
  #groupText({ valueOf, has, columns }: Found): string {
    return this.#keys.length === 0 || !this.#keys.every(has)
      ? JSON.stringify(this.#keys.length === 0 ? [] : columns)
      : JSON.stringify(this.#keys.map((key) => textOfValue(valueOf(key))));
  }

  #at(now: number): RunContext {
    const count = (counter: Counter): void => {
      this.losses.set(counter, (this.losses.get(counter) ?? 0) + 1);
    };
    return { now, count, complete: this.#complete };
  }
}

type GroupOf = (place: number, key: string) => string;

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

/** Runs at ticks, as Kibana does: the place of a row in the table of its run is what makes it the same (engine A4). */
class QueryWindow implements WindowOperator {
  readonly #query: Query;
  readonly #rows = new WeakMap<Match, readonly Row[]>();

  constructor(query: Query) {
    this.#query = query;
  }

  run(run: Run, matches: readonly Match[]): Candidate[] {
    const survivors = within(run, matches).flatMap((match) => {
      const rows = this.#rowsOf(match);
      return rows.length === 0 ? [] : [{ match, rows }];
    });
    const earliest = earliestWindowTime(survivors.map(({ match }) => match));
    const times = new Map(survivors.map(({ match: { event, windowTime } }) => [event, windowTime]));
    // A group is another one as soon as one of its events is gone; a row is the same as long as its event is there.
    const leavesOf = ({ finding, events: [event] }: Detection): number =>
      (finding === undefined ? times.get(event) : undefined) ?? (earliest === Infinity ? run.to : earliest);
    return this.#query
      .judge(run, survivors, String)
      .map((detection) => ({ detection, leaves: leavesOf(detection) }));
  }

  #rowsOf(match: Match): readonly Row[] {
    const known = this.#rows.get(match);
    if (known !== undefined) return known;
    const rows = this.#query.rowsOf(match.event);
    this.#rows.set(match, rows);
    return rows;
  }
}

interface StreamValues {
  readonly next: number | null;
  readonly hasNew: boolean;
}

/** A group is told again when the window has nothing more of the one that it was told for. */
class QueryStream implements StreamOperator {
  readonly #query: Query;
  readonly #context: OperatorContext;
  #survivors: Survivor[] = [];
  #next = Infinity;
  #hasNew = false;
  /** By group or event, the end of the window that was told. */
  readonly #told = new Map<string, number>();

  constructor(query: Query, context: OperatorContext) {
    this.#query = query;
    this.#context = context;
  }

  get deadline(): number {
    return this.#next;
  }

  take(match: Match): readonly Detection[] {
    const rows = this.#query.rowsOf(match.event);
    if (rows.length > 0) this.#keep({ match, rows });
    return [];
  }

  advance(watermark: number): readonly Detection[] {
    const found: Detection[] = [];
    while (this.#next <= watermark) found.push(...this.#tick());
    return found;
  }

  /** The run that sees the last events, and those behind it that may still let some of them through. */
  end(): readonly Detection[] {
    const found = this.#hasNew ? this.#tick() : [];
    while (this.#query.ripens && this.#next < Infinity) found.push(...this.#tick());
    return found;
  }

  memory(): Memory {
    const values: StreamValues = { next: this.#next === Infinity ? null : this.#next, hasNew: this.#hasNew };
    return { values, lists: { window: this.#survivors.map(({ match }) => match), told: [...this.#told] } };
  }

  restore(memory: Memory): void {
    const { next, hasNew } = memory.values as StreamValues;
    const matches = listOf(memory, 'window') as Match[];
    this.#survivors = matches.map((match) => ({ match, rows: this.#query.rowsOf(match.event) }));
    this.#next = next ?? Infinity;
    this.#hasNew = hasNew;
    this.#told.clear();
    for (const [key, until] of listOf(memory, 'told') as [string, number][]) this.#told.set(key, until);
  }

  states(key?: string): Iterable<KeyState> {
    return windowStates(
      this.#survivors.map(({ match }) => match),
      key,
    );
  }

  #keep(survivor: Survivor): void {
    const tick = this.#query.schedule.tickAfter(survivor.match.windowTime);
    this.#next = Math.min(this.#next, tick);
    this.#hasNew = true;
    this.#survivors.push(survivor);
    if (this.#survivors.length <= limits.windowMatches) return;
    this.#survivors.shift();
    this.#context.onEviction('windowMatches');
  }

  #tick(): Detection[] {
    const at = this.#next;
    const { schedule } = this.#query;
    const run = { at, ...schedule.windowAt(at) };
    const inside = this.#survivors.filter(
      ({ match: { windowTime } }) => windowTime >= run.from && windowTime <= run.to,
    );
    const isWorthwhile = this.#hasNew || this.#query.ripens;
    const found = isWorthwhile
      ? this.#new(
          run,
          this.#query.judge(run, inside, (_, key) => key),
        )
      : [];
    this.#hasNew = this.#survivors.some(({ match }) => match.windowTime > run.to);
    this.#forget(at + schedule.interval);
    return found;
  }

  #new(run: Run, detections: readonly Detection[]): Detection[] {
    return detections.filter(({ finding, events, row, lead }) => {
      const what =
        finding?.kind === 'queryGroup'
          ? `group ${finding.group}`
          : JSON.stringify([events[0].key, row?.expanded]);
      const key = lead === true ? `lead ${what}` : what;
      const until = this.#told.get(key);
      if (until !== undefined && until >= run.from) return false;
      this.#told.set(key, run.to);
      return true;
    });
  }

  /** What lies before the window of the next run. */
  #forget(next: number): void {
    const { from } = this.#query.schedule.windowAt(next);
    this.#survivors = this.#survivors.filter(({ match }) => match.windowTime >= from);
    for (const [key, until] of this.#told) if (until < from) this.#told.delete(key);
    this.#next = this.#survivors.length === 0 ? Infinity : next;
  }
}
