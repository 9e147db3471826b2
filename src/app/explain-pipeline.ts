/** What becomes of events in a rule that pipes rows: command by command, how many came through, and why others did not. */
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { backingIndexOf, indexNameOf } from '../engine/index-name.ts';
import { patternsOf } from '../engine/detector.ts';
import { EventTimes } from '../engine/event-times.ts';
import type { QueryInputs } from '../engine/ports.ts';
import { Router } from '../engine/route.ts';
import { Schedule } from '../engine/schedule.ts';
import type { Counter, PipelineEvent, TracedOperator } from '../exec/pipeline/index.ts';
import { tracePipeline } from '../exec/pipeline/index.ts';
import type { EventEnvelope } from '../model/event.ts';
import { candidatesOf } from '../plan/candidates.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Explained, ExplainOptions } from './explain.ts';
import { isChosen as isAskedFor, notFound } from './explain.ts';
import type { ExplainedEvents } from './explained-events.ts';
import { explainedEvents } from './explained-events.ts';
import { queryInputs } from './query-inputs.ts';

export interface ExplainedPipeline {
  readonly rule: LoadedRule;
  /** Events that were read. */
  readonly events: number;
  /** Of a rule over alerts: how many of those are alerts, and how many other rules there are to make them. */
  readonly alerts?: Explained['alerts'];
  /** The chosen ones, in the order of the input. */
  readonly chosen: readonly EventEnvelope[];
  /** The run that it shows: the one that first sees the first chosen event; undefined: everything at once. */
  readonly window: Window | undefined;
  /** Read by the rule, of those in the window; and of the chosen ones. */
  readonly routed: number;
  readonly routedChosen: number;
  readonly operators: readonly TracedOperator[];
  readonly losses: Readonly<Partial<Record<Counter, number>>>;
}

interface Window {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Follows the chosen events through the query of the rule, in the run of the rule that first sees them; without a place
 * all events at once. COMPLETION and what stands behind it is left out. Errors: RUN003 when no event was found. The
 * inputs are read twice, pipes only with `keptPipes`. Throws for inputs that do not exist.
 */
export async function explainPipeline(
  rule: LoadedRule,
  plan: Pipeline,
  options: ExplainOptions,
): Promise<Result<ExplainedPipeline>> {
  const { inputs } = await queryInputs(options.queries ?? {});
  const events = await explainedEvents(rule, options);
  const found = await look(rule, events, options.records);
  const [first] = found.chosen;
  if (first === undefined && options.records.by !== 'nearest')
    return failure(notFound(options.records, found.events));
  const window = first === undefined ? undefined : windowOf(rule, first);
  const followed = new Following(rule, candidatesOf(plan, 'question'), inputs, {
    window,
    now: window?.at ?? found.last,
    chosen: new Set(found.chosen.map(({ key }) => key)),
  });
  for await (const { seen } of events.read()) for (const { event } of seen) followed.see(event);
  return success({ rule, ...found, window, ...followed.end() });
}

interface Looked {
  readonly events: number;
  readonly alerts?: Explained['alerts'];
  readonly chosen: readonly EventEnvelope[];
  /** Time of the latest event. */
  readonly last: number;
}

async function look(
  rule: LoadedRule,
  events: ExplainedEvents,
  records: ExplainOptions['records'],
): Promise<Looked> {
  const chosen: EventEnvelope[] = [];
  let [count, last, alerts] = [0, 0, 0];
  for await (const batch of events.read()) {
    alerts += batch.alerts;
    for (const seen of batch.seen) {
      count++;
      last = Math.max(last, seen.event.time ?? 0);
      if (records.by !== 'nearest' && isAskedFor(seen, records, events)) chosen.push(seen.event);
    }
  }
  const router = new Router([patternsOf(rule)]);
  const read = chosen.filter(({ document }) => router.route(document).sees[0] === 1);
  const { others } = events;
  return {
    events: count,
    ...(others === undefined ? {} : { alerts: { count: alerts, rules: others } }),
    chosen: read.length === 0 ? chosen : read,
    last,
  };
}

/** Undefined for an event without a time, which no window holds. */
function windowOf(rule: LoadedRule, event: EventEnvelope): Window | undefined {
  const times = new EventTimes(rule, 'stream').of(event);
  if (times === undefined) return undefined;
  const schedule = new Schedule(rule);
  const at = schedule.tickAfter(times.windowTime);
  return { at, ...schedule.windowAt(at) };
}

interface Followed {
  readonly window: Window | undefined;
  readonly now: number;
  /** Keys of the chosen events. */
  readonly chosen: ReadonlySet<string>;
}

class Following {
  readonly #router: Router;
  readonly #times: EventTimes;
  readonly #trace: ReturnType<typeof tracePipeline>;
  readonly #followed: Followed;
  readonly #losses: Partial<Record<Counter, number>> = {};
  #routed = 0;
  #routedChosen = 0;

  constructor(rule: LoadedRule, plan: Pipeline, { tables, arrayOrder }: QueryInputs, followed: Followed) {
    const options = {
      ignoreFrom: true,
      ...(tables === undefined ? {} : { tables }),
      ...(arrayOrder === undefined ? {} : { arrayOrder }),
    };
    this.#router = new Router([patternsOf(rule)]);
    this.#times = new EventTimes(rule, 'stream');
    this.#followed = followed;
    const isChosen =
      followed.chosen.size === 0 ? undefined : ({ id }: PipelineEvent) => followed.chosen.has(id);
    this.#trace = tracePipeline(plan, options, isChosen);
    const count = (counter: Counter): void => {
      this.#losses[counter] = (this.#losses[counter] ?? 0) + 1;
    };
    this.#trace.begin({ now: followed.now, count });
  }

  see(envelope: EventEnvelope): void {
    const { document, key } = envelope;
    if (!this.#isInside(envelope) || this.#router.route(document).sees[0] !== 1) return;
    this.#routed++;
    if (this.#followed.chosen.has(key)) this.#routedChosen++;
    const event: PipelineEvent = {
      id: key,
      index: indexNameOf(document),
      backingIndex: backingIndexOf(document),
      document,
    };
    this.#trace.see(event);
  }

  end(): Pick<ExplainedPipeline, 'routed' | 'routedChosen' | 'operators' | 'losses'> {
    return {
      operators: this.#trace.end(),
      routed: this.#routed,
      routedChosen: this.#routedChosen,
      losses: this.#losses,
    };
  }

  #isInside(event: EventEnvelope): boolean {
    const { window } = this.#followed;
    if (window === undefined) return true;
    const time = this.#times.of(event)?.windowTime;
    return time !== undefined && time >= window.from && time <= window.to;
  }
}
