/** The run time from events to alerts, with the counts of what happened on the way. */
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope, IdleEvents } from '../model/event.ts';
import type { Interest } from '../model/interest.ts';
import type { KeyState, MemoryUse } from '../model/state.ts';
import type { AlertGroup, AlertSummary, InputSummary, RuleSummary, StateSummary } from '../model/summary.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { Alerts } from './alert/alerts.ts';
import { knowledgeOf } from './alert/benign.ts';
import { timeOf } from './alert/time.ts';
import type { Emit } from './clock/clock.ts';
import { CompatClock } from './clock/compat.ts';
import { StreamClock } from './clock/stream.ts';
import { type Detection, isJudged } from './detection.ts';
import { Detector } from './detector.ts';
import { alertEvent, isLoop } from './alert-event.ts';
import { Excepter } from './exception/excepter.ts';
import { markExcepted } from './exception/marks.ts';
import type { EngineOptions } from './options.ts';
import { compatOptions, streamOptions } from './options.ts';
import { PART_LENGTH } from './parts.ts';
import type { Ports } from './ports.ts';
import { StageFolder } from './request-stages.ts';
import { Schedule } from './schedule.ts';
import { StreamLimits } from './stream-limits.ts';
import type { Asked } from './interest.ts';
import { EventInterest } from './interest.ts';
import type { Restored } from './snapshot.ts';
import { memoriesOf, memoriesOfRule, restoreEngine, snapshotEngine } from './snapshot.ts';
import { Suppressors } from './suppress/suppressors.ts';
import { besideCounter } from './tally/beside.ts';
import { ByteCounter } from './tally/bytes.ts';
import { FieldTally } from './tally/fields.ts';
import { AlertTally } from './tally/groups.ts';
import type { Remembered } from './tally/remembered.ts';
import { rememberedOf } from './tally/remembered.ts';
import { missingFields, pathsOf } from './tally/missing-fields.ts';
import { stateSummary } from './tally/state.ts';
import type { Counter } from './tally/tallies.ts';
import { restoreTallies, talliesOf } from './tally/tallies.ts';
import { costsOf } from './tally/costs.ts';
import { lossesOf, undecidedOf } from './tally/undecided.ts';

export type { EngineOptions } from './options.ts';

export interface EngineSummary {
  readonly alerts: AlertSummary;
  readonly groups: readonly AlertGroup[];
  readonly state: StateSummary;
  readonly input: Pick<InputSummary, 'unreadable' | 'missingFields'>;
  readonly rules: Pick<RuleSummary, 'neverMatched' | 'withoutData' | 'undecided' | 'losses' | 'costs'>;
}

export class Engine {
  readonly #rules: readonly LoadedRule[];
  readonly #ports: Ports;
  readonly #compat: boolean;
  readonly #detector: Detector;
  readonly #stages = new StageFolder();
  readonly #excepter: Excepter;
  readonly #builder: Alerts;
  readonly #suppressors: Suppressors;
  readonly #alerts: AlertTally;
  readonly #fields: FieldTally;
  readonly #limits: StreamLimits;
  /** Detections on alerts that the same rule had a part in. */
  readonly #loops = { count: 0 };
  /** What was remembered when the input ended. */
  #remembered: Remembered | undefined;
  /** What became final since the last call. */
  #final: Alert[] = [];

  /** Takes runnable rules only. */
  constructor(rules: readonly LoadedRule[], options: EngineOptions, ports: Ports) {
    const emit: Emit = (detection) => this.#found(detection);
    this.#rules = rules;
    this.#ports = ports;
    this.#compat = options.mode === 'compat';
    this.#excepter = new Excepter(rules, options.matcher, ports);
    this.#detector = new Detector(rules, options, {
      ports,
      inputs: options.inputs ?? { indicators: [] },
      hidden: (rule, event) => this.#excepter.hide(rule, event),
      clock: (entries) =>
        options.mode === 'compat'
          ? new CompatClock(
              entries,
              {
                ...compatOptions(options),
                isExcepted: this.#isExcepted,
                newGroups: (detection) => this.#newGroups(detection),
              },
              emit,
            )
          : new StreamClock(entries, streamOptions(options), emit),
    });
    this.#builder = new Alerts(ports);
    this.#alerts = new AlertTally((rule) => knowledgeOf(ports).about(rule));
    this.#suppressors = new Suppressors(rules, (rule) => ({
      runLength: this.#compat ? 0 : new Schedule(rule).interval,
      skipsCounted: this.#compat,
      onEviction: (limit) => this.#detector.clock.counts.evicted(limit, rule),
      digest: (text) => ports.digest(text),
    }));
    // At ticks the clock itself counts what a run may tell.
    this.#limits = new StreamLimits(this.#compat ? [] : rules);
    this.#fields = new FieldTally(
      this.#detector.questions().flatMap(({ conditions }) => pathsOf(conditions)),
    );
  }

  /** The alerts that became final with this event. */
  take(event: EventEnvelope): Alert[] {
    this.#fields.see(event.document);
    this.#excepter.see(event.time);
    this.#detector.examine(event);
    this.#closeGroups();
    return this.#taken();
  }

  /** What the rules look for in events; undefined when every rule is asked about every event. */
  interest(): Interest | undefined {
    const screen = this.#detector.screen(this.#fields.fields);
    return screen && new EventInterest(screen, this.#detector.asked, this.#fields, this.#ports);
  }

  /** What makes the same interest in another thread: plain data. */
  get asked(): Asked {
    return { ...this.#detector.asked.all, fields: this.#fields.fields };
  }

  /** An event of which the reader knows by `interest` which conditions hold. */
  takeJudged(event: EventEnvelope, { isRead, holds }: NonNullable<EventEnvelope['judged']>): Alert[] {
    if (!isRead) this.#fields.seeNone(1);
    this.#excepter.see(event.time);
    this.#detector.examineJudged(event, holds);
    this.#closeGroups();
    return this.#taken();
  }

  /** An alert that other rules made elsewhere: what the rules over alerts make of it. */
  takeAlert(alert: Alert): Alert[] {
    this.#readAlert(alert);
    return this.#taken();
  }

  /** Events for which no condition holds: only their times do anything. */
  takeIdle(events: IdleEvents): Alert[] {
    if (!events.isRead) this.#fields.seeNone(events.count);
    for (let at = 0; at < events.count; at++) {
      const time = events.timeAt(at);
      this.#excepter.see(time);
      this.#detector.clock.see(time);
      this.#closeGroups();
    }
    return this.#taken();
  }

  /** No event came, and none from before this time is expected but for the allowed lateness: what that decides. */
  passTime(time: number): Alert[] {
    this.#excepter.see(time);
    this.#detector.clock.pass(time);
    this.#closeGroups();
    return this.#taken();
  }

  /** An event from before the input proper: what it shows is not new, and makes no alert (engine A5.5). */
  learn(event: EventEnvelope): void {
    this.#detector.learn(event);
  }

  /** The end of input: everything that waited for something. */
  end(): Alert[] {
    return [...this.ending()];
  }

  /** The same, each alert made when it is taken: thousands may wait. All are to be taken. */
  *ending(): Generator<Alert> {
    this.#remembered = this.#rememberedNow();
    this.#detector.clock.end();
    yield* this.#taken();
    for (const detection of this.#stages.end()) {
      this.#tell(detection);
      yield* this.#taken();
    }
    this.#endGroups();
    // Rules over alerts that were held until now may have found something.
    this.#detector.clock.end();
    this.#endGroups();
    yield* this.#taken();
  }

  get alertCount(): number {
    return this.#alerts.total;
  }

  /** Whether it matters in which order events come: some rule judges several together, or runs at ticks, or suppresses, or tells only so many. */
  get needsOrder(): boolean {
    return (
      this.#compat || this.#detector.hasMemory || this.#suppressors.byRule.size > 0 || this.#limits.size > 0
    );
  }

  /** What a rule remembers, of every key or of one (its values as `keyText` writes them). */
  stateOf(rule: LoadedRule, key?: string): KeyState[] {
    return [...this.#statesOf(rule, key)];
  }

  *#statesOf(rule: LoadedRule, key?: string): Generator<KeyState> {
    yield* this.#detector.clock.states(this.#rules.indexOf(rule), key);
    yield* this.#suppressors.byRule.get(rule)?.states(key) ?? [];
  }

  #rememberedNow(): Remembered {
    const names = new Map(this.#rules.map(({ document: { rule } }) => [rule.rule_id, rule.name]));
    return rememberedOf(memoriesOf(this.#rules, this.#remembering()), (id) => names.get(id) ?? id);
  }

  /** How much memory a rule has, by kind. */
  memoryOf(rule: LoadedRule): MemoryUse[] {
    const bytes = new ByteCounter();
    const memories = memoriesOfRule(rule, this.#rules.indexOf(rule), this.#remembering());
    return [...memories].flatMap(([, memory]) => bytes.of(memory));
  }

  /**
   * Everything that is remembered, as JSON in parts of about so many UTF-16 code units: the same for the same state. The
   * parts are made as they are taken, and nothing may come in between. Counts for the summary are not in it.
   */
  snapshot(length: number = PART_LENGTH): Iterable<string> {
    return snapshotEngine(this.#rules, this.#remembering(), this.#ports, length);
  }

  /** Goes on from the parts of a snapshot, read with the text of numbers kept; to be called before the first event. */
  restore(parts: Iterable<unknown>): Restored {
    const restored = restoreEngine(parts, this.#rules, this.#remembering(), this.#ports);
    this.#suppressors.lookAgain();
    return restored;
  }

  /** What was counted up to now for the summary, in parts as those of `snapshot`. */
  tallies(length: number = PART_LENGTH): Iterable<string> {
    return talliesOf(this.#counters(), length);
  }

  /** Goes on counting from there; to be called before the first event. */
  restoreTallies(parts: Iterable<unknown>): void {
    restoreTallies(parts, this.#counters(), this.#rules);
  }

  summary(): EngineSummary {
    return {
      alerts: {
        ...this.#alerts.summary(),
        foldedStages: this.#stages.folded,
        releasedEarly: this.#stages.releasedEarly,
        excepted: this.#excepter.summary(this.#detector.clock.watermark),
      },
      groups: this.#alerts.groups(),
      state: stateSummary(this.#detector.clock.counts, {
        sequenceParts: this.#alerts.sequenceParts,
        suppressed: this.#suppressors.suppressed,
        looped: this.#loops.count,
        ...(this.#remembered ?? this.#rememberedNow()),
      }),
      input: { unreadable: this.#fields.eventsWithout, missingFields: this.#missingFields() },
      rules: {
        neverMatched: this.#detector.neverMatched().length,
        withoutData: this.#detector.withoutData().length,
        undecided: undecidedOf(this.#detector),
        ...lossesOf(this.#detector),
        ...costsOf(this.#detector),
      },
    };
  }

  #counters(): Readonly<Record<string, Counter>> {
    return {
      alerts: this.#alerts,
      clock: this.#detector.clock.counts,
      rules: this.#detector,
      excepted: this.#excepter,
      fields: this.#fields,
      beside: besideCounter({
        loops: this.#loops,
        stages: this.#stages,
        suppressors: this.#suppressors.byRule,
      }),
    };
  }

  #remembering() {
    return {
      clock: this.#detector.clock,
      stages: this.#stages,
      suppressors: this.#suppressors.byRule,
      limits: this.#limits,
      excepter: this.#excepter,
    };
  }

  readonly #isExcepted = (detection: Detection): boolean =>
    isJudged(detection) && this.#excepter.of(detection) !== undefined;

  #found(detection: Detection): void {
    if (detection.finding !== undefined) this.#tell(detection);
    else for (const whole of this.#stages.take(detection)) this.#tell(whole);
  }

  #tell(detection: Detection): void {
    if (this.#detector.readsAlerts && isLoop(detection)) {
      this.#loops.count++;
      return;
    }
    if (detection.finding?.kind === 'threatMatch' && detection.finding.hasMore === true)
      this.#detector.clock.counts.evicted('enrichments', detection.rule);
    const exception = isJudged(detection) ? this.#excepter.judge(detection) : undefined;
    if (exception !== undefined) {
      // It is shown with what excepts it, and is no alert for anything else.
      this.#final.push(...this.#builder.of(detection).map((alert) => markExcepted(alert, exception)));
      return;
    }
    if (!this.#fits(detection)) return;
    this.#finish(detection.rule, this.#suppressors.take(detection, this.#builder.of(detection)));
  }

  /** Whether the rule may tell it; what it may not is counted, and goes into a summary alert. */
  #fits(detection: Detection): boolean {
    if (!this.#limits.has(detection.rule) || detection.finding?.kind === 'summary') return true;
    const began = this.#newGroups(detection)?.length ?? 1;
    const fits = this.#limits.takes(detection, began, this.#now(detection));
    if (!fits) this.#detector.clock.counts.folded++;
    return fits;
  }

  /** Undefined for an alert that stands alone, as each one of a rule without suppression does. */
  #newGroups(detection: Detection): readonly string[] | undefined {
    const suppressor = this.#suppressors.byRule.get(detection.rule);
    if (suppressor === undefined) return undefined;
    const alert = this.#builder.of(detection).at(-1);
    return alert && suppressor.newGroups(detection, alert);
  }

  /** When the alert is told: what is found late belongs to the interval that it is found in. */
  #now(detection: Detection): number | undefined {
    const time = timeOf(detection);
    return time === undefined ? undefined : Math.max(time, this.#detector.clock.watermark ?? -Infinity);
  }

  #closeGroups(): void {
    const { watermark } = this.#detector.clock;
    if (watermark === undefined) return;
    if (this.#limits.nextEnd >= watermark && this.#suppressors.nextEnd >= watermark) return;
    for (const summary of this.#limits.advance(watermark)) this.#tell(summary);
    for (const [rule, alerts] of this.#suppressors.advance(watermark)) this.#finish(rule, alerts);
  }

  #endGroups(): void {
    for (const summary of this.#limits.advance(Infinity)) this.#tell(summary);
    for (const [rule, alerts] of this.#suppressors.end()) this.#finish(rule, alerts);
  }

  /** A final alert is counted, told, and read by the rules over alerts. */
  #finish(rule: LoadedRule, alerts: readonly Alert[]): void {
    for (const alert of alerts) {
      this.#alerts.add(rule, alert);
      this.#final.push(alert);
      if (this.#detector.readsAlerts) this.#readAlert(alert);
    }
  }

  #readAlert(alert: Alert): void {
    this.#fields.seeBeside(alert.document);
    this.#detector.examineAlert(alertEvent(alert));
  }

  #taken(): Alert[] {
    if (this.#final.length === 0) return [];
    const taken = this.#final;
    this.#final = [];
    return taken;
  }

  /** Rules that got no event at all say nothing about the fields of those that were read. */
  #missingFields(): InputSummary['missingFields'] {
    const withoutData = new Set(this.#detector.withoutData());
    const fed = this.#detector.questions().filter(({ rule }) => !withoutData.has(rule));
    return missingFields(
      fed.map(({ rule, conditions }) => ({ conditions, severity: rule.document.rule.severity })),
      new Set(this.#fields.missing()),
    );
  }
}
