/** What does a rule with memory wait for? Runs it over the events, and tells what it remembers when they end. */
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { Engine } from '../engine/engine.ts';
import { interpretingMatcher } from '../engine/matcher.ts';
import type { EngineInputs } from '../engine/ports.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { KeyOfState, KeyState, MemoryUse } from '../model/state.ts';
import type { ExceptedItem, StateSummary } from '../model/summary.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { readHistory } from './beside.ts';
import type { ExplainInputs, Seen } from './explained-events.ts';
import { engineInputs, explainedEvents, withGiven } from './explained-events.ts';
import { replayPorts } from './ports.ts';

export interface ExplainStateOptions extends ExplainInputs {
  readonly history: readonly string[];
  /** One of the key's values, all of them as a JSON list, or `*` for every key. */
  readonly key: string;
}

export interface ExplainedState {
  readonly rule: LoadedRule;
  readonly events: number;
  /** Time of the latest event: what is told was so then. */
  readonly at: number | undefined;
  /** What the rule remembers of the key. */
  readonly states: readonly KeyState[];
  /** How many states there are of all keys. */
  readonly stateCount: number;
  /** What all of that takes. */
  readonly memory: readonly MemoryUse[];
  /** The latest that it found and that name the key, those about single events of a sequence left out. */
  readonly alerts: readonly Alert[];
  /** Exceptions that took something from the rule. */
  readonly excepted: readonly ExceptedItem[];
  readonly summary: StateSummary;
}

/** Alerts that are told of, the latest ones. */
const SHOWN_ALERTS = 20;

/** RUN005 for a rule that cannot run, or remembers nothing and has no exceptions. Throws InputNotFound for inputs that do not exist. */
export async function explainState(
  loaded: LoadedRule,
  options: ExplainStateOptions,
): Promise<Result<ExplainedState>> {
  const rule = withGiven(loaded, options);
  if (rule.plan === undefined)
    return failure(without(rule, rule.status.runnable ? 'it has no query' : rule.status.explanation));
  const search = new Search(rule, options, await engineInputs(options));
  if (!search.hasAnswers) return failure(without(rule, 'it decides each event by itself'));
  if (options.history.length > 0)
    await readHistory(options.history, options.ingest, (event) => search.learn(event));
  const events = await explainedEvents(rule, options);
  for await (const { seen } of events.read('time')) for (const one of seen) search.take(one);
  return success(search.result());
}

const without = ({ document }: LoadedRule, why: string) =>
  diagnostic('RUN005', `"${document.rule.name}" remembers nothing: ${why}`);

class Search {
  readonly #rule: LoadedRule;
  readonly #options: ExplainStateOptions;
  readonly #engine: Engine;
  #alerts: Alert[] = [];
  #events = 0;
  #latest = -Infinity;

  constructor(rule: LoadedRule, options: ExplainStateOptions, inputs: EngineInputs) {
    this.#rule = rule;
    this.#options = options;
    this.#engine = new Engine(
      [rule],
      { ...options.engine, inputs, matcher: interpretingMatcher, ignoreIndex: false },
      replayPorts,
    );
  }

  /** Whether there is anything to tell: what a rule remembers, or what excepts its alerts. */
  get hasAnswers(): boolean {
    return this.#engine.needsOrder || (this.#rule.exceptions ?? []).length > 0;
  }

  learn(event: EventEnvelope): void {
    this.#engine.learn(event);
  }

  take({ event, alert }: Seen): void {
    this.#events++;
    this.#latest = Math.max(this.#latest, event.time ?? -Infinity);
    this.#keep(alert === undefined ? this.#engine.take(event) : this.#engine.takeAlert(alert));
  }

  result(): ExplainedState {
    const at = this.#latest === -Infinity ? undefined : this.#latest;
    if (at !== undefined) this.#keep(this.#engine.passTime(at + (this.#options.engine?.lateness ?? 0)));
    const all = this.#engine.stateOf(this.#rule).filter((state) => !isOver(state, this.#latest));
    const { alerts, state } = this.#engine.summary();
    return {
      rule: this.#rule,
      events: this.#events,
      at,
      states: all.filter(({ key }) => fits(key, this.#options.key)),
      stateCount: all.length,
      memory: this.#engine.memoryOf(this.#rule),
      alerts: this.#alerts,
      excepted: alerts.excepted.items.filter((item) => item.alerts + item.events > 0),
      summary: state,
    };
  }

  #keep(alerts: readonly Alert[]): void {
    if (alerts.length === 0) return;
    const whole = alerts.filter(
      (alert) => alert.group?.index === undefined && names(alert, this.#options.key),
    );
    this.#alerts = [...this.#alerts, ...whole].slice(-SHOWN_ALERTS);
  }
}

/** Such a sequence is forgotten when the next event of its key comes. */
const isOver = (state: KeyState, at: number): boolean =>
  state.kind === 'sequence' && state.until !== undefined && state.until < at;

function fits(key: KeyOfState, wanted: string): boolean {
  if (wanted === '*') return true;
  const list = listOf(wanted);
  if (list !== undefined) return JSON.stringify(list) === JSON.stringify(key);
  return key.includes(wanted);
}

/** A sequence's alert does not say by which fields its events belong together, so any field counts. */
function names({ document }: Alert, wanted: string): boolean {
  if (wanted === '*') return true;
  const text = JSON.stringify(document);
  const values = listOf(wanted) ?? [wanted];
  return values.every((value) => value === null || text.includes(JSON.stringify(value)));
}

/** Undefined for what is no JSON list. */
function listOf(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
