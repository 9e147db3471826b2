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
import { reasonOf } from '../engine/alert/reason/index.ts';
import { findInputs, readInputs } from '../ingest/index.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { CompletionSummary, Count } from '../model/summary.ts';
import { placeText } from '../model/place.ts';
import { asksModel, candidatesOf } from '../plan/candidates.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { Pipe, Plan } from '../plan/plan.ts';
import type { Predicate } from '../plan/predicate.ts';
import { standardToolkit } from '../rules/load/toolkit.ts';
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
  /** The signal came before all was read. */
  readonly interrupted: boolean;
  /** What a language model was asked. */
  readonly completion?: CompletionSummary;
  /** Warnings about the query. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Errors: what the language finds, RUN010 for a query that asks for several events together. Throws for missing inputs. */
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
  const pipeline = pipelineOf(compiled.value);
  if (pipeline === undefined)
    return failure(diagnostic('RUN010', 'the query asks for several events together, which only rules do'));
  if (asksModel(pipeline) && inputs.completion === undefined)
    return failure(diagnostic('RUN007', 'COMPLETION asks a language model, and none is given'));
  const pipes = compiled.value.kind === 'filter' ? compiled.value.pipes : [];
  const asking = new Asking(pipeline, inputs, { ignoreFrom: options.ignoreIndex, pipes });
  await readAll(asking, options);
  const answered = asking.answer(compiled.diagnostics);
  const told = completion === undefined ? {} : { completion: completion.summary() };
  const interrupted = options.signal?.aborted ?? false;
  return success({ ...answered, ...told, interrupted }, compiled.diagnostics);
}

const neverAborted = new AbortController().signal;

async function readAll(
  asking: Asking,
  { inputs, ingest, signal = neverAborted, progress }: QueryOptions,
): Promise<void> {
  const { files } = await findInputs(inputs);
  const bytesTotal = totalSize(files);
  const [tally, slices] = [new InputTally({}), new Slices(signal)];
  for await (const batch of until(signal, readInputs(inputs, ingest))) {
    tally.batch(batch);
    asking.refusals.push(...batch.refusals);
    if (!(await slices.each(batch.events, (event) => asking.see(event)))) return;
    const filesDone = tally.files - 1;
    const { file } = batch;
    const { bytes: bytesRead } = tally;
    progress?.({ file, filesDone, files: files.length, bytesRead, bytesTotal, events: asking.events });
  }
}

/** ES|QL begins with a command, EQL with a category and `where`. */
function languageOf(text: string): QueryLanguage {
  if (/^\s*(?:from|row)\s/i.test(text)) return 'esql';
  return /^\s*(?:\w+|"[^"]*")\s+where\s|^\s*(?:sequence|sample)\s/i.test(text) ? 'eql' : 'kuery';
}

/** What is shown of an event that matches: when it was, what it says, where it stands. */
const EVENT_COLUMNS = ['@timestamp', 'reason', 'source'] as const;

function pipelineOf(plan: Plan): Pipeline | undefined {
  if (plan.kind === 'pipeline') return plan;
  return plan.kind === 'filter' ? eventsWhere(plan.where) : undefined;
}

const eventsWhere = (where: Predicate): Pipeline => ({
  kind: 'pipeline',
  operators: [{ kind: 'source', indices: [{ pattern: [{ any: 'many' }] }], columns: [], where }],
  output: [],
  aggregating: false,
  unknownFields: [],
});

interface AskedOf {
  /** FROM reads every event, whatever its index. */
  readonly ignoreFrom: boolean;
  /** Of a query that chooses events. */
  readonly pipes: readonly Pipe[];
}

class Asking {
  readonly refusals: Refusal[] = [];
  readonly #prepared: PreparedPipeline;
  readonly #complete: Complete | undefined;
  readonly #pipes: readonly Pipe[];
  readonly #rows: Row[] = [];
  readonly #envelopes = new Map<string, EventEnvelope>();
  readonly #counts: Partial<Record<Counter, number>> = {};
  readonly #unread = new Map<string, number>();
  #events = 0;
  /** NOW is the time of the last event. */
  #now = 0;

  constructor(pipeline: Pipeline, { completion, ...inputs }: QueryInputs, { ignoreFrom, pipes }: AskedOf) {
    this.#pipes = pipes;
    const asked = completion === 'prefilter' ? candidatesOf(pipeline, 'question') : pipeline;
    this.#complete = completion === 'prefilter' ? undefined : completion;
    this.#prepared = preparePipeline(asked, { ...inputs, ignoreFrom });
  }

  see(envelope: EventEnvelope): void {
    this.#events++;
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
    const rows = this.#prepared.rowsOf(event, this.#context(envelope.time ?? 0));
    if (rows.length > 0 && this.#showsEvents) this.#envelopes.set(event.id, envelope);
    for (const row of rows) this.#rows.push(row);
  }

  get events(): number {
    return this.#events;
  }

  answer(diagnostics: readonly Diagnostic[]): Omit<Answer, 'interrupted'> {
    const table = this.#showsEvents ? this.#eventTable() : this.#queryTable();
    const unread = byCount(this.#unread);
    return {
      table,
      events: this.#events,
      counts: this.#counts,
      refusals: this.refusals,
      unread,
      diagnostics,
    };
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
      columns: EVENT_COLUMNS.map((name) => ({ name, type: name === '@timestamp' ? 'datetime' : 'keyword' })),
      rows: events.map((event) => {
        const envelope = event && this.#envelopes.get(event.id);
        if (envelope === undefined) return [];
        return [envelope.time ?? null, reasonOf(envelope.document), placeText(envelope.origin)];
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
