/** A question to logs without a rule: ES|QL gives the rows that it asks for, KQL, Lucene and EQL the events that match. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import type {
  Counter,
  PipelineEvent,
  PreparedPipeline,
  ResultTable,
  Row,
  RunContext,
} from '../exec/pipeline/index.ts';
import { preparePipeline } from '../exec/pipeline/index.ts';
import type { Complete, QueryInputs } from '../engine/ports.ts';
import { backingIndexOf, indexNameOf } from '../engine/index-name.ts';
import { byCount } from '../engine/tally/distinct.ts';
import { piped } from '../engine/state/pipes.ts';
import { findInputs, readInputs } from '../ingest/index.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { CompletionSummary, Count } from '../model/summary.ts';
import { asksModel, candidatesOf } from '../plan/candidates.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { Filter, Pipe, Plan, Sample, Sequence } from '../plan/plan.ts';
import { fieldsOf } from '../plan/fold.ts';
import type { Predicate } from '../plan/predicate.ts';
import { standardToolkit } from '../rules/load/toolkit.ts';
import type { MissingField } from './asked-fields.ts';
import { AskedFields } from './asked-fields.ts';
import { EVENT_COLUMNS, eventCells } from './event-table.ts';
import type { FoundGroups } from './group-query.ts';
import { GroupQuery } from './group-query.ts';
import { InputTally, totalSize } from './input-tally.ts';
import { Slices, until } from './interruptible.ts';
import type { Progress } from './types.ts';
import type { QueryChoices, ReadQueryInputs } from './query-inputs.ts';
import { queryInputs } from './query-inputs.ts';

export type QueryLanguage = keyof (typeof standardToolkit)['languages'];

export interface QueryOptions {
  readonly text: string;
  /** Told by how the query begins unless given. */
  readonly language: QueryLanguage | undefined;
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
  /** FROM reads every event, whatever its index. */
  readonly ignoreIndex: boolean;
  readonly queries?: QueryChoices;
  /** Ends reading early: the answer is that of the events so far. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly progress?: (progress: Progress) => void;
}

export interface Answer {
  readonly table: ResultTable;
  readonly events: number;
  readonly counts: Readonly<Partial<Record<Counter, number>>>;
  readonly refusals: readonly Refusal[];
  /** Indices that FROM leaves out, with the number of their events; the most frequent first. */
  readonly unread: readonly Count[];
  /** Fields that the query asks for and that no event has, with what the events have instead. */
  readonly missing: readonly MissingField[];
  /** Of a sequence or a sample. */
  readonly groups?: Omit<FoundGroups, 'table'>;
  /** The signal came before all was read. */
  readonly interrupted: boolean;
  /** What a language model was asked. */
  readonly completion?: CompletionSummary;
  /** Warnings about the query. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Errors: what the language finds, RUN007 for COMPLETION that nobody answers. Throws for missing inputs. */
export async function queryEvents(options: QueryOptions): Promise<Result<Answer>> {
  const read = await queryInputs(options.queries ?? {});
  try {
    return await answer(options, read);
  } finally {
    read.completion?.close();
  }
}

async function answer(
  options: QueryOptions,
  { inputs, shapes, completion }: ReadQueryInputs,
): Promise<Result<Answer>> {
  const language = standardToolkit.languages[options.language ?? languageOf(options.text)];
  const { types } = standardToolkit;
  const compiled = language.compile(source('query', options.text), { types, tables: shapes });
  if (!compiled.ok) return compiled;
  const { value: plan, diagnostics } = compiled;
  if (plan.kind === 'pipeline' && asksModel(plan) && inputs.completion === undefined)
    return failure(diagnostic('RUN007', 'COMPLETION asks a language model, and none is given'));
  const asking = isOfGroups(plan)
    ? new AskingForGroups(plan, options.text)
    : new Asking(plan, inputs, options.ignoreIndex);
  const read = await readAll((event) => asking.see(event), options);
  const told = completion === undefined ? {} : { completion: completion.summary() };
  const interrupted = options.signal?.aborted ?? false;
  return success({ ...asking.answer(), ...read, ...told, interrupted, diagnostics }, diagnostics);
}

const neverAborted = new AbortController().signal;

async function readAll(
  see: (event: EventEnvelope) => void,
  { inputs, ingest, signal = neverAborted, progress }: QueryOptions,
): Promise<Pick<Answer, 'events' | 'refusals'>> {
  const { files } = await findInputs(inputs);
  const bytesTotal = totalSize(files);
  const [tally, slices] = [new InputTally({}), new Slices(signal)];
  const refusals: Refusal[] = [];
  let events = 0;
  for await (const batch of until(signal, readInputs(inputs, ingest))) {
    tally.batch(batch);
    refusals.push(...batch.refusals);
    const seen = slices.each(batch.events, (event) => {
      events++;
      see(event);
    });
    if (!(await seen)) break;
    const filesDone = tally.files - 1;
    progress?.({
      file: batch.file,
      filesDone,
      files: files.length,
      bytesRead: tally.bytes,
      bytesTotal,
      events,
    });
  }
  return { events, refusals };
}

/** ES|QL begins with a command, EQL with a category and `where`. */
function languageOf(text: string): QueryLanguage {
  if (/^\s*(?:from|row)\s/i.test(text)) return 'esql';
  return /^\s*(?:\w+|"[^"]*")\s+where\s|^\s*(?:sequence|sample)\s/i.test(text) ? 'eql' : 'kuery';
}

type Groups = Sequence | Sample;

const isOfGroups = (plan: Plan): plan is Groups => plan.kind === 'sequence' || plan.kind === 'sample';

const eventsWhere = (where: Predicate): Pipeline => ({
  kind: 'pipeline',
  operators: [{ kind: 'source', indices: [{ pattern: [{ any: 'many' }] }], columns: [], where }],
  output: [],
  aggregating: false,
  unknownFields: [],
});

/** What an answer says beside what was read. */
type Answered = Omit<Answer, 'events' | 'refusals' | 'interrupted' | 'completion' | 'diagnostics'>;

/** A query that asks for several events together. */
class AskingForGroups {
  readonly #query: GroupQuery;
  readonly #fields: AskedFields;

  constructor(plan: Groups, text: string) {
    this.#query = new GroupQuery(plan, text);
    this.#fields = new AskedFields(plan.steps.flatMap(({ where, key }) => pathsIn(where, key)));
  }

  see(event: EventEnvelope): void {
    this.#fields.see(event.document);
    this.#query.see(event);
  }

  answer(): Answered {
    const { table, ...groups } = this.#query.found();
    return { table, groups, counts: {}, unread: [], missing: this.#fields.missing() };
  }
}

function pathsIn(where: Predicate, key: Groups['steps'][number]['key']): string[] {
  const fields = [...fieldsOf(where), ...key.map(({ field }) => field)];
  return fields.flatMap(({ path }) => (typeof path === 'string' ? path : []));
}

/** A query that judges each event by itself, or makes rows of them. */
class Asking {
  readonly #prepared: PreparedPipeline;
  readonly #complete: Complete | undefined;
  readonly #pipes: readonly Pipe[];
  readonly #fields: AskedFields;
  readonly #rows: Row[] = [];
  readonly #envelopes = new Map<string, EventEnvelope>();
  readonly #counts: Partial<Record<Counter, number>> = {};
  readonly #unread = new Map<string, number>();
  /** NOW is the time of the last event. */
  #now = 0;

  /** `ignoreFrom`: FROM reads every event, whatever its index. */
  constructor(plan: Filter | Pipeline, { completion, ...inputs }: QueryInputs, ignoreFrom: boolean) {
    const pipeline = plan.kind === 'filter' ? eventsWhere(plan.where) : plan;
    this.#pipes = plan.kind === 'filter' ? plan.pipes : [];
    this.#fields = new AskedFields(pathsOfPipeline(pipeline));
    const asked = completion === 'prefilter' ? candidatesOf(pipeline, 'question') : pipeline;
    this.#complete = completion === 'prefilter' ? undefined : completion;
    this.#prepared = preparePipeline(asked, { ...inputs, ignoreFrom });
  }

  see(envelope: EventEnvelope): void {
    this.#now = Math.max(this.#now, envelope.time ?? 0);
    const { key, document } = envelope;
    const event = {
      id: key,
      index: indexNameOf(document),
      backingIndex: backingIndexOf(document),
      document,
    };
    if (!this.#prepared.readsFrom(event)) {
      const { index = '' } = event;
      this.#unread.set(index, (this.#unread.get(index) ?? 0) + 1);
      return;
    }
    this.#fields.see(document);
    const rows = this.#prepared.rowsOf(event, this.#context(envelope.time ?? 0));
    if (rows.length > 0 && this.#showsEvents) this.#envelopes.set(event.id, envelope);
    for (const row of rows) this.#rows.push(row);
  }

  answer(): Answered {
    const table = this.#showsEvents ? this.#eventTable() : this.#queryTable();
    const unread = byCount(this.#unread);
    return { table, counts: this.#counts, unread, missing: this.#fields.missing() };
  }

  get #showsEvents(): boolean {
    return this.#prepared.pipeline.output.length === 0;
  }

  #queryTable(): ResultTable {
    const context = this.#context(this.#now);
    const [first] = this.#prepared.pipeline.operators;
    return first?.kind === 'row'
      ? this.#prepared.run([], context)
      : this.#prepared.finish(this.#rows, context);
  }

  #eventTable(): ResultTable {
    const events = piped(this.#inOrder(), this.#pipes);
    return {
      columns: EVENT_COLUMNS,
      rows: events.map((event) => {
        const envelope = event && this.#envelopes.get(event.id);
        return envelope === undefined ? [] : eventCells(envelope);
      }),
      events,
    };
  }

  /** As they came; in the order of their times where the first or the last are asked for (eql §7). */
  #inOrder(): (PipelineEvent | undefined)[] {
    const events = this.#rows.map(({ event }) => event);
    const time = (event: PipelineEvent | undefined): number =>
      this.#envelopes.get(event?.id ?? '')?.time ?? Infinity;
    return this.#pipes.length === 0 ? events : events.toSorted((a, b) => Math.sign(time(a) - time(b)) || 0);
  }

  #context(now: number): RunContext {
    const count = (counter: Counter): void => {
      this.#counts[counter] = (this.#counts[counter] ?? 0) + 1;
    };
    return { now, count, complete: this.#complete };
  }
}

/** The fields that FROM reads because the query names them. */
function pathsOfPipeline({ operators: [source] }: Pipeline): string[] {
  if (source?.kind !== 'source') return [];
  const { columns, where } = source;
  const fields = [
    ...columns.flatMap((column) => (column.from === 'field' ? [column.field] : [])),
    ...(where === undefined ? [] : fieldsOf(where)),
  ];
  return fields.flatMap(({ path }) => (typeof path === 'string' ? path : []));
}
