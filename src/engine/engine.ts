/** The run time from events to alerts, with the counts of what happened on the way. */
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { AlertGroup, AlertSummary, InputSummary, RuleSummary } from '../model/summary.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { AlertBuilder } from './alert/build.ts';
import type { Detection } from './detection.ts';
import type { DetectorOptions } from './detector.ts';
import { Detector } from './detector.ts';
import { Excepter } from './exception/excepter.ts';
import type { Ports } from './ports.ts';
import { StageFolder } from './request-stages.ts';
import { byText } from './tally/distinct.ts';
import { FieldTally } from './tally/fields.ts';
import { AlertTally } from './tally/groups.ts';
import { missingFields, pathsOf } from './tally/missing-fields.ts';

export interface EngineSummary {
  readonly alerts: AlertSummary;
  readonly groups: readonly AlertGroup[];
  readonly input: Pick<InputSummary, 'unreadable' | 'missingFields'>;
  readonly rules: Pick<RuleSummary, 'neverMatched' | 'withoutData' | 'undecided'>;
}

export class Engine {
  readonly #detector: Detector;
  readonly #stages = new StageFolder();
  readonly #excepter: Excepter;
  readonly #builder: AlertBuilder;
  readonly #alerts = new AlertTally();
  readonly #fields: FieldTally;

  /** Takes runnable rules only. */
  constructor(rules: readonly LoadedRule[], options: DetectorOptions, ports: Ports) {
    this.#detector = new Detector(rules, options, ports);
    this.#excepter = new Excepter(rules, options.matcher, ports);
    this.#builder = new AlertBuilder(ports);
    this.#fields = new FieldTally(
      this.#detector.questions().flatMap(({ conditions }) => pathsOf(conditions)),
    );
  }

  /** The alerts that became final with this event. */
  take(event: EventEnvelope): Alert[] {
    this.#fields.see(event.document);
    return this.#finish(this.#detector.examine(event).flatMap((detection) => this.#stages.take(detection)));
  }

  /** The end of input: everything that waited for something. */
  end(): Alert[] {
    const late = this.#detector.end().flatMap((detection) => this.#stages.take(detection));
    return this.#finish([...late, ...this.#stages.end()]);
  }

  get alertCount(): number {
    return this.#alerts.total;
  }

  summary(): EngineSummary {
    return {
      alerts: {
        ...this.#alerts.summary(),
        foldedStages: this.#stages.folded,
        releasedEarly: this.#stages.releasedEarly,
        excepted: this.#excepter.summary(),
      },
      groups: this.#alerts.groups(),
      input: { unreadable: this.#fields.eventsWithout, missingFields: this.#missingFields() },
      rules: {
        neverMatched: this.#detector.neverMatched().length,
        withoutData: this.#detector.withoutData().length,
        undecided: this.#undecided(),
      },
    };
  }

  #finish(detections: readonly Detection[]): Alert[] {
    return detections.map((detection) => {
      const exception = this.#excepter.judge(detection);
      const alert = this.#builder.build(detection, exception);
      if (exception === undefined) this.#alerts.add(detection.rule, alert);
      return alert;
    });
  }

  /** Rules that got no event at all say nothing about the fields of those that were read. */
  #missingFields(): InputSummary['missingFields'] {
    const withoutData = new Set(this.#detector.withoutData());
    const fed = this.#detector.questions().filter(({ rule }) => !withoutData.has(rule));
    return missingFields(
      fed.map(({ conditions }) => conditions),
      new Set(this.#fields.missing()),
    );
  }

  #undecided(): RuleSummary['undecided'] {
    return [...this.#detector.undecided]
      .map(([limit, { count, rules }]) => ({
        what: limit,
        count,
        rules: [...rules].map(({ document }) => document.rule.name).sort(byText),
      }))
      .sort((a, b) => b.count - a.count || byText(a.what, b.what));
  }
}
