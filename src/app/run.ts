/** One scan while it goes on: what every event passes through, and what is said in the end. */
import { Engine } from '../engine/engine.ts';
import type { Asked } from '../engine/interest.ts';
import type { EngineInputs } from '../engine/ports.ts';
import type { MatcherMaker } from '../engine/matcher.ts';
import { compilingMatcher, indexingMatcher, interpretingMatcher } from '../engine/matcher.ts';
import type { Batch } from '../ingest/types.ts';
import type { Alert } from '../model/alert.ts';
import type { Arrival, EventEnvelope, IdleEvents } from '../model/event.ts';
import { isIdle } from '../model/event.ts';
import type { Interest } from '../model/interest.ts';
import type { BesideSummary, RunSummary } from '../model/summary.ts';
import type { RuleSet } from '../rules/rule.ts';
import { readHistory } from './beside.ts';
import type { Completion } from './completion.ts';
import { ModeComparer, otherMode } from './compare-modes.ts';
import { InputTally } from './input-tally.ts';
import type { Room } from './interruptible.ts';
import { Keeper } from './keeper.ts';
import { replayPorts } from './ports.ts';
import { AlertsFile } from '../store/alerts-file.ts';
import { ruleSummary, runnableRules } from './rule-summary.ts';
import type { Evaluator, Progress, ScanListener, ScanOptions } from './types.ts';

export interface Prepared {
  readonly rules: RuleSet;
  readonly options: ScanOptions;
  readonly listener: ScanListener;
  readonly inputs: EngineInputs;
  /** What was read before the events. */
  readonly beside: readonly BesideSummary[];
  readonly completion?: Completion;
  readonly expected: { readonly files: number; readonly bytes: number | undefined };
}

const matchers: Readonly<Record<Evaluator, MatcherMaker>> = {
  bytes: indexingMatcher,
  index: indexingMatcher,
  compiled: compilingMatcher,
  interpreter: interpretingMatcher,
};

export class Run {
  readonly #prepared: Prepared;
  readonly #engine: Engine;
  readonly #input: InputTally;
  readonly #comparer: ModeComparer | undefined;
  readonly #keeper: Keeper | undefined;
  /** Of a run without a keeper, which writes it otherwise. */
  readonly #alertsFile: AlertsFile | undefined;
  readonly #beside: BesideSummary[];
  #finished = false;

  /** @throws StateFileError, AlertsFileError for a file that cannot be used */
  constructor(prepared: Prepared) {
    const { options, listener } = prepared;
    const { mode = 'stream', lateness = 0 } = options.engine ?? {};
    this.#prepared = prepared;
    this.#beside = [...prepared.beside];
    this.#engine = this.#engineIn(mode);
    this.#input = new InputTally(options);
    this.#comparer =
      options.compareModes === true ? new ModeComparer(mode, this.#engineIn(otherMode(mode))) : undefined;
    const { state, alerts } = options;
    const settings = { mode, lateness: String(lateness) };
    this.#keeper =
      state === undefined ? undefined : new Keeper({ ...state, settings, alerts }, this.#engine, listener);
    this.#alertsFile = alerts === undefined || state !== undefined ? undefined : AlertsFile.anew(alerts);
  }

  /** Of all inputs, where known. */
  get bytes(): number | undefined {
    return this.#prepared.expected.bytes;
  }

  /** Whether any rule runs. */
  get hasRules(): boolean {
    return runnableRules(this.#prepared.rules).length > 0;
  }

  get needsOrder(): boolean {
    return this.#engine.needsOrder || this.#comparer !== undefined;
  }

  /** What has to happen before more is read, as the listener says. */
  get room(): Room | undefined {
    const { listener } = this.#prepared;
    return listener.room?.bind(listener);
  }

  /** What the reader needs to know to pass over what no rule can match; undefined when all events are needed. */
  get interest(): Interest | undefined {
    const { evaluator = 'bytes' } = this.#prepared.options;
    return this.#comparer === undefined && evaluator === 'bytes' ? this.#engine.interest() : undefined;
  }

  /** What the rules ask, for other threads that read. */
  get asked(): Asked {
    return this.#engine.asked;
  }

  /** What comes before the events: alerts of an earlier run that were not told, and history. */
  async begin(): Promise<void> {
    this.#keeper?.begin();
    const { history = [], ingest } = this.#prepared.options;
    if (history.length === 0 || this.#keeper?.isResumed === true) return;
    const learn = (event: EventEnvelope): void => {
      this.#engine.learn(event);
      this.#comparer?.learn(event);
    };
    const refused = this.#prepared.listener.refused?.bind(this.#prepared.listener);
    this.#beside.push(await readHistory(history, ingest, learn, refused));
  }

  open(batch: Batch<Arrival>): void {
    this.#input.batch(batch);
    for (const refusal of batch.refusals) this.#prepared.listener.refused?.(refusal);
  }

  take(arrival: Arrival): void {
    if (isIdle(arrival)) this.#takeIdle(arrival);
    else this.#takeEvent(arrival);
  }

  #takeIdle(events: IdleEvents): void {
    const taken = this.#keeper?.acceptsIdle(events);
    if (taken === undefined || taken.before + taken.byThisScan === 0) return this.#takeNew(events);
    const [summed, rest] = [taken.before, taken.before + taken.byThisScan];
    if (summed > 0) this.#input.passOver(summed);
    if (rest > summed) this.#input.acceptIdle(events.part(summed, rest));
    if (rest < events.count) this.#takeNew(events.part(rest, events.count));
  }

  #takeNew(events: IdleEvents): void {
    for (const part of this.#input.acceptIdle(events)) this.#found(this.#engine.takeIdle(part));
  }

  #takeEvent(event: EventEnvelope): void {
    const taken = this.#keeper?.accepts(event) ?? 'now';
    if (!this.#input.accept(event, taken !== 'before') || taken !== 'now') return;
    const { judged } = event;
    this.#found(judged === undefined ? this.#engine.take(event) : this.#engine.takeJudged(event, judged));
    this.#comparer?.take(event);
  }

  progress({ file }: Batch<Arrival>): void {
    const { listener, expected } = this.#prepared;
    this.#keeper?.pause();
    const progress: Progress = {
      file,
      filesDone: this.#input.files - 1,
      files: expected.files,
      bytesRead: this.#input.bytes,
      bytesTotal: expected.bytes,
      events: this.#input.events,
      alerts: this.#engine.alertCount,
    };
    listener.progress?.(progress);
  }

  /** Nothing came for a while. */
  idle(): void {
    this.#keeper?.idle();
  }

  /** Alerts that waited for the end are made one after the other, each when `wait` let the one before go. */
  async end(
    milliseconds: number,
    interrupted: boolean,
    wait: () => Promise<void> | undefined,
  ): Promise<RunSummary> {
    const { state } = this.#prepared.options;
    const open = state !== undefined && (interrupted || !state.finish);
    for (const alert of open ? [] : this.#engine.ending()) {
      this.#found([alert]);
      const room = wait();
      if (room !== undefined) await room;
    }
    this.#comparer?.end();
    this.#keeper?.checkpoint();
    const summary = this.#summary(milliseconds, interrupted, open);
    this.#prepared.listener.ended?.(summary);
    this.#finished = true;
    return summary;
  }

  close(): void {
    this.#keeper?.close(this.#finished);
    this.#alertsFile?.close();
    this.#prepared.completion?.close();
  }

  #engineIn(mode: 'stream' | 'compat'): Engine {
    const { rules, options, inputs } = this.#prepared;
    const { ignoreIndex, evaluator = 'bytes', benign } = options;
    const matcher = matchers[evaluator];
    const settings = { ...options.engine, mode, inputs, matcher, ignoreIndex, costs: options.costs === true };
    return new Engine(runnableRules(rules), settings, {
      ...replayPorts,
      ...(benign === undefined ? {} : { benign }),
    });
  }

  #summary(milliseconds: number, interrupted: boolean, open: boolean): RunSummary {
    const { alerts, groups, state, input, rules } = this.#engine.summary();
    const beside = this.#beside.length === 0 ? {} : { beside: this.#beside };
    const { costs, evaluator } = this.#prepared.options;
    const reading = costs === true && evaluator === 'bytes' ? { reading: this.#input.reading } : {};
    return {
      schema: 1,
      input: { ...this.#input.summary(), ...input, ...reading, ...beside },
      rules: { ...ruleSummary(this.#prepared.rules), ...rules },
      alerts,
      groups,
      state,
      ...(this.#keeper === undefined ? {} : { resumed: this.#keeper.summary(open, interrupted) }),
      ...(this.#prepared.completion === undefined ? {} : { completion: this.#prepared.completion.summary() }),
      ...(this.#comparer === undefined ? {} : { modes: this.#comparer.summary(state) }),
      elapsed: this.#elapsed(milliseconds),
      interrupted,
    };
  }

  #elapsed(milliseconds: number): RunSummary['elapsed'] {
    const ruleLoadMilliseconds = this.#prepared.rules.milliseconds;
    const reading = Math.max(1, milliseconds - ruleLoadMilliseconds);
    return {
      milliseconds,
      ruleLoadMilliseconds,
      eventsPerSecond: (this.#input.events / reading) * 1000,
    };
  }

  #found(alerts: readonly Alert[]): void {
    if (alerts.length === 0) return;
    this.#comparer?.found(alerts);
    if (this.#keeper !== undefined) return this.#keeper.hold(alerts);
    this.#alertsFile?.append(alerts);
    for (const alert of alerts) this.#prepared.listener.alert?.(alert);
  }
}
