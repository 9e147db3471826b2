/** What an explanation looks at: the events of the inputs, and for a rule over alerts those that the other rules make. */
import { alertEvent } from '../engine/alert-event.ts';
import { readsAlerts } from '../engine/detector.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { Engine } from '../engine/engine.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import type { EngineInputs } from '../engine/ports.ts';
import { findInputs, readInputs, readInputsByTime } from '../ingest/index.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import type { GivenInputs } from '../rules/load/inputs.ts';
import { withInput, withInputs } from '../rules/load/inputs.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';
import { indicatorsOf } from './beside.ts';
import { replayPorts } from './ports.ts';
import type { QueryChoices } from './query-inputs.ts';
import { queryInputs } from './query-inputs.ts';

export interface ExplainInputs {
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
  /** Files with anomalies, which are events like others; none unless given. */
  readonly anomalies?: readonly string[];
  /** Files with indicators of threats, each perhaps as `INDEX=FILE`; none unless given. */
  readonly indicators?: readonly string[];
  /** For queries that pipe rows. */
  readonly queries?: QueryChoices;
  /** The rules of which a rule over alerts reads the alerts; asked for only then. It may be among them. */
  readonly others?: () => Promise<RuleSet>;
  /** How those run, and the rule itself when what it remembers is asked for; as a stream unless given. */
  readonly engine?: Pick<EngineOptions, 'mode' | 'lateness'>;
}

/** An event to look at. */
export interface Seen {
  readonly event: EventEnvelope;
  /** Given when another rule made it. */
  readonly alert?: Alert;
  /** Where it was read; of an alert, where the events were read that it came from. */
  readonly places: readonly Origin[];
}

export interface SeenBatch {
  readonly seen: readonly Seen[];
  readonly refusals: readonly Refusal[];
  /** How many of the seen ones are alerts of other rules. */
  readonly alerts: number;
}

/** `time`: events of several files in the order of their times, for rules that remember. */
type Order = 'input' | 'time';

/** The events that are explained, and how many rules make alerts for a rule over alerts. */
export interface ExplainedEvents {
  /** May be called again, which reads the inputs again. Throws InputNotFound for inputs that do not exist. */
  readonly read: (order?: Order) => AsyncGenerator<SeenBatch>;
  /** Undefined for a rule that reads no alerts. */
  readonly others: number | undefined;
  /** Names of the files whose records may be asked for by their place. */
  readonly files: ReadonlySet<string>;
}

/** @throws InputNotFound, SetUpError RUN012 */
export async function explainedEvents(rule: LoadedRule, options: ExplainInputs): Promise<ExplainedEvents> {
  const { files } = await findInputs(options.inputs);
  const names = new Set(files.map(({ name }) => name));
  if (!readsAlerts(rule))
    return { read: (order) => readEvents(options, order), others: undefined, files: names };
  const others = await othersThan(rule, options);
  const inputs = await engineInputs(options);
  const read = (order?: Order) => readWithAlerts(engineOf(others, inputs, options), options, order);
  return { read, others: others.length, files: names };
}

/** The rules that make alerts for this one: those that run, without itself. */
async function othersThan(rule: LoadedRule, options: ExplainInputs): Promise<LoadedRule[]> {
  const id = rule.document.rule.rule_id;
  const set = await options.others?.();
  if (set === undefined) return [];
  const { rules } = withInputs(set, givenInputs(options));
  return rules.filter(({ status, document }) => status.runnable && document.rule.rule_id !== id);
}

/** The rule as it stands with what is given. */
export const withGiven = (rule: LoadedRule, options: ExplainInputs): LoadedRule =>
  withInput(rule, givenInputs(options));

/** COMPLETION is never asked here: what stands before it can be explained all the same. */
const givenInputs = ({ indicators = [], anomalies = [] }: ExplainInputs): GivenInputs => ({
  indicators: indicators.length > 0,
  anomalies: anomalies.length > 0,
  completion: false,
});

/** What the rules need besides events. */
export async function engineInputs({ indicators = [], queries = {} }: ExplainInputs): Promise<EngineInputs> {
  const read = await indicatorsOf(indicators, () => undefined);
  return { indicators: read.indicators, queries: (await queryInputs(queries)).inputs };
}

const everyInput = ({ inputs, anomalies = [] }: ExplainInputs): readonly string[] => [
  ...inputs,
  ...anomalies,
];

const readers = { input: readInputs, time: readInputsByTime } as const;

async function* readEvents(options: ExplainInputs, order: Order = 'input'): AsyncGenerator<SeenBatch> {
  for await (const { events, refusals } of readers[order](everyInput(options), options.ingest))
    yield { seen: events.map(seenEvent), refusals, alerts: 0 };
}

async function* readWithAlerts(
  engine: Engine,
  options: ExplainInputs,
  order: Order = 'input',
): AsyncGenerator<SeenBatch> {
  const read = readers[engine.needsOrder ? 'time' : order];
  for await (const { events, refusals } of read(everyInput(options), options.ingest)) {
    const seen = events.flatMap((event) => [seenEvent(event), ...alertsSeen(engine.take(event))]);
    yield { seen, refusals, alerts: seen.length - events.length };
  }
  const last = alertsSeen(engine.end());
  yield { seen: last, refusals: [], alerts: last.length };
}

const engineOf = (others: readonly LoadedRule[], inputs: EngineInputs, { engine }: ExplainInputs): Engine =>
  new Engine(others, { ...engine, inputs, matcher: indexingMatcher, ignoreIndex: false }, replayPorts);

const seenEvent = (event: EventEnvelope): Seen => ({ event, places: [event.origin] });

/** What is excepted is no alert for other rules. */
const alertsSeen = (alerts: readonly Alert[]): Seen[] =>
  alerts
    .filter(({ excepted }) => excepted === undefined)
    .map((alert) => ({ event: alertEvent(alert), alert, places: alert.sources }));
