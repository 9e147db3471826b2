/** Runs a timeline: every case in every mode, each with an engine of its own. */
import type { JsonValue, Scalar } from '../../data/document.ts';
import { isObject, valuesAt } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Engine, EngineOptions } from '../../engine/engine.ts';
import type { Mode } from '../../engine/event-times.ts';
import type { Alert } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { CheckStep, EventStep, ExpectedAlert, Step, Timeline, TimelineCase } from './model.ts';
import { BEGINNING } from './model.ts';
import { duration } from './words.ts';

export interface TimelineResult {
  readonly case: string;
  readonly mode: Mode;
  readonly line: number;
  /** What was expected and what came; undefined when they agree. */
  readonly message: string | undefined;
}

export type MakeEngine = (
  rules: readonly LoadedRule[],
  options: Omit<EngineOptions, 'matcher' | 'ignoreIndex'>,
) => Engine;

/** One result for each case and mode, in their order. All rules must be runnable. */
export function runTimeline(
  timeline: Timeline,
  rules: readonly LoadedRule[],
  make: MakeEngine,
): TimelineResult[] {
  return timeline.cases.flatMap((one) =>
    timeline.options.modes.map((mode) => {
      const message = new CaseRun(timeline, one, {
        mode,
        make: () => make(rules, optionsFor(timeline, mode)),
      }).run();
      return { case: one.name, mode, line: one.line, message };
    }),
  );
}

function optionsFor(
  { options, indicators }: Timeline,
  mode: Mode,
): Omit<EngineOptions, 'matcher' | 'ignoreIndex'> {
  const { lateness, coldStart, overflow, outages } = options;
  return {
    mode,
    lateness,
    coldStart,
    overflow,
    outages: outages.map(({ from, to }) => ({ from: BEGINNING + from, to: BEGINNING + to })),
    inputs: { indicators: indicators.map((document, index) => envelope(document, 0, index)) },
  };
}

const envelope = (document: EventEnvelope['document'], time: number, line: number): EventEnvelope => ({
  key: `line ${line}`,
  time,
  document,
  origin: { file: 'timeline', line },
});

class CaseRun {
  readonly #timeline: Timeline;
  readonly #case: TimelineCase;
  readonly #mode: Mode;
  readonly #make: () => Engine;
  #engine: Engine;
  /** The alerts since the last check; parts of sequences are not looked at. */
  #alerts: Alert[] = [];
  #ended = false;

  constructor(
    timeline: Timeline,
    one: TimelineCase,
    { mode, make }: { readonly mode: Mode; readonly make: () => Engine },
  ) {
    this.#timeline = timeline;
    this.#case = one;
    this.#mode = mode;
    this.#make = make;
    this.#engine = make();
  }

  /**
   * A stream must have told the alerts of a check by its time. Kibana's runs tell them at their ticks, so there all
   * checks together are held against all alerts.
   */
  run(): string | undefined {
    const steps = this.#case.steps;
    for (const [index, step] of steps.entries()) {
      if (step.do === 'event') this.#happen(step);
      else if (step.do === 'restart') this.#restart();
      else if (this.#mode === 'stream' && !isSameCheck(steps[index + 1], step)) {
        const message = this.#checkUpTo(step, index);
        if (message !== undefined) return message;
      }
    }
    this.#end();
    const checks = this.#mode === 'compat' ? steps.filter((step) => step.do === 'check') : [];
    return this.#compare(checks);
  }

  #happen({ at, line, history, document }: EventStep): void {
    const time = BEGINNING + at;
    const event = envelope({ '@timestamp': new Date(time).toISOString(), ...document }, time, line);
    const own = document['@timestamp'];
    const timed = own === undefined ? event : { ...event, time: timeOf(own) };
    if (history) this.#engine.learn(timed);
    else this.#collect(this.#engine.take(timed));
  }

  #restart(): void {
    const parts = [...this.#engine.snapshot()].map((part): unknown => JSON.parse(part));
    this.#engine = this.#make();
    this.#engine.restore(parts);
  }

  /** The alerts may come in any order. */
  #checkUpTo(last: CheckStep, index: number): string | undefined {
    if (last.at === Infinity) this.#end();
    else this.#collect(this.#engine.passTime(BEGINNING + last.at));
    const checks: CheckStep[] = [];
    for (let i = index; i >= 0; i--) {
      const step = this.#case.steps[i];
      if (step === undefined || !isSameCheck(step, last)) break;
      checks.unshift(step);
    }
    const message = this.#compare(checks);
    this.#alerts = [];
    return message;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#collect(this.#engine.end());
  }

  #collect(alerts: readonly Alert[]): void {
    this.#alerts.push(...alerts.filter(({ group }) => group?.index === undefined));
  }

  #compare(checks: readonly CheckStep[]): string | undefined {
    const wanted = checks.filter(({ modes, alert }) => alert !== undefined && modes.includes(this.#mode));
    const left = [...this.#alerts];
    const missing = wanted.filter(({ alert }) => {
      const at = left.findIndex((found) => alert !== undefined && this.#fits(found, alert));
      if (at !== -1) left.splice(at, 1);
      return at === -1;
    });
    if (missing.length === 0 && left.length === 0) return undefined;
    const lines = missing.map(({ line, alert }) => `line ${line}: no alert ${this.#wantedText(alert)}`);
    return [...lines, ...left.map((alert) => `not expected: ${this.#text(alert)}`)].join('\n');
  }

  /** An excepted alert fits only a check that says so. */
  #fits(found: Alert, { rule, excepted, fields }: ExpectedAlert): boolean {
    return (
      (found.ruleId === rule || found.ruleName === rule) &&
      found.excepted?.name === excepted &&
      fields.every(
        ({ field, value }) =>
          JSON.stringify(this.#valuesOf(found, field)) === JSON.stringify(expected(field, value)),
      )
    );
  }

  /** `at` is the alert's own time, `events` the times of its events; anything else a field of its document. */
  #valuesOf({ document, sources }: Alert, field: string): string[] {
    if (field === 'at')
      return valuesAt(document, '@timestamp').map((time) => sinceBeginning(Date.parse(textOf(time))));
    if (field === 'events') return sources.map(({ line }) => this.#timeOfLine(line));
    return valuesAt(document, field).map(textOf);
  }

  #timeOfLine(line: number | undefined): string {
    const step = this.#case.steps.find((one) => one.line === line);
    return step === undefined ? '?' : sinceBeginning(BEGINNING + step.at);
  }

  #wantedText(alert: CheckStep['alert']): string {
    const fields =
      alert?.fields.map(({ field, value }) => `${field}=${expected(field, value).join(',')}`) ?? [];
    return [alert?.rule, ...exceptedText(alert?.excepted), ...fields].join(' ');
  }

  /** The alert with the fields that its rule's checks ask about. */
  #text(alert: Alert): string {
    const asked = this.#timeline.cases.flatMap(({ steps }) =>
      steps.flatMap((step) =>
        step.do === 'check' && (step.alert?.rule === alert.ruleId || step.alert?.rule === alert.ruleName)
          ? step.alert.fields.map(({ field }) => field)
          : [],
      ),
    );
    const fields = [...new Set(['events', 'at', ...asked])];
    return [
      alert.ruleId,
      ...exceptedText(alert.excepted?.name),
      ...fields.map((field) => `${field}=${this.#valuesOf(alert, field).join(',')}`),
    ].join(' ');
  }
}

const exceptedText = (name: string | undefined): string[] => (name === undefined ? [] : [`excepted=${name}`]);

/** Undefined for anything that is no date. */
function timeOf(value: JsonValue): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Checks in a row at one time are one. */
const isSameCheck = (step: Step | undefined, check: CheckStep): step is CheckStep =>
  step?.do === 'check' && step.at === check.at;

/** Moments may be written in any way: `60s` is `1m`. */
const expected = (field: string, value: JsonValue): string[] =>
  texts(value).map((text) => {
    const time = TIMES.has(field) ? duration(text) : undefined;
    return time === undefined ? text : sinceBeginning(BEGINNING + time);
  });

const TIMES: ReadonlySet<string> = new Set(['at', 'events']);

const texts = (value: JsonValue): string[] =>
  (Array.isArray(value) ? (value as readonly JsonValue[]) : [value])
    .filter((item): item is Scalar => item !== null && !Array.isArray(item) && !isObject(item))
    .map(textOf);

/** `1m30s` since `0s`. */
function sinceBeginning(time: number): string {
  const length = Math.abs(time - BEGINNING);
  const parts = (
    [
      ['d', 86_400_000, Infinity],
      ['h', 3_600_000, 24],
      ['m', 60_000, 60],
      ['s', 1000, 60],
      ['ms', 1, 1000],
    ] as const
  ).map(
    ([unit, size, most]) =>
      [most === Infinity ? Math.floor(length / size) : Math.floor(length / size) % most, unit] as const,
  );
  const written = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join('');
  return `${time < BEGINNING ? '-' : ''}${written === '' ? '0s' : written}`;
}
