/** Runs the rules in the other mode as well, over the same events, and tells which alerts only one of the modes has. */
import type { Engine } from '../engine/engine.ts';
import type { Mode } from '../engine/event-times.ts';
import { byText } from '../engine/tally/distinct.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type {
  ModeComparison,
  ModeDifference,
  ModeExample,
  ModeSide,
  StateSummary,
} from '../model/summary.ts';

/** Alerts of one mode that wait for the same one of the other. */
const MOST_WAITING = 200_000;

interface RuleCounts {
  readonly name: string;
  readonly alerts: Record<Mode, number>;
  /** By id, those that the other mode does not have yet. */
  readonly only: Record<Mode, Map<string, ModeExample>>;
}

export class ModeComparer {
  readonly #mode: Mode;
  readonly #other: Engine;
  readonly #rules = new Map<string, RuleCounts>();
  #waiting = 0;
  #notCompared = 0;

  /** `mode` is that of the run; `other` runs the same rules in the other one. */
  constructor(mode: Mode, other: Engine) {
    this.#mode = mode;
    this.#other = other;
  }

  learn(event: EventEnvelope): void {
    this.#other.learn(event);
  }

  take(event: EventEnvelope): void {
    this.#add(otherMode(this.#mode), this.#other.take(event));
  }

  /** What the run itself found. */
  found(alerts: readonly Alert[]): void {
    this.#add(this.#mode, alerts);
  }

  end(): void {
    this.#add(otherMode(this.#mode), this.#other.end());
  }

  /** By rule name; `state` is that of the run. */
  summary(state: StateSummary): ModeComparison {
    const { learning } = this.#mode === 'stream' ? state : this.#other.summary().state;
    const until = new Map(learning.map((one) => [one.rule, one.until]));
    const rules = [...this.#rules]
      .filter(([, { only }]) => only.stream.size + only.compat.size > 0)
      .map(([ruleId, counts]) => difference(ruleId, counts, until.get(counts.name)))
      .sort((a, b) => byText(a.ruleName, b.ruleName) || byText(a.ruleId, b.ruleId));
    return { mode: this.#mode, rules, notCompared: this.#notCompared };
  }

  #add(mode: Mode, alerts: readonly Alert[]): void {
    for (const alert of alerts)
      if (alert.excepted === undefined && alert.group?.index === undefined) this.#addOne(mode, alert);
  }

  #addOne(mode: Mode, alert: Alert): void {
    const counts = this.#rules.get(alert.ruleId) ?? newCounts(alert.ruleName);
    this.#rules.set(alert.ruleId, counts);
    counts.alerts[mode]++;
    if (counts.only[otherMode(mode)].delete(alert.id)) {
      this.#waiting--;
    } else if (this.#waiting >= MOST_WAITING) {
      this.#notCompared++;
    } else {
      this.#waiting++;
      counts.only[mode].set(alert.id, exampleOf(alert));
    }
  }
}

export const otherMode = (mode: Mode): Mode => (mode === 'stream' ? 'compat' : 'stream');

const newCounts = (name: string): RuleCounts => ({
  name,
  alerts: { stream: 0, compat: 0 },
  only: { stream: new Map(), compat: new Map() },
});

const exampleOf = ({ id, time, reason, sources }: Alert): ModeExample => ({
  id,
  time,
  reason,
  places: sources.map(placeText),
});

function difference(ruleId: string, counts: RuleCounts, until: number | undefined): ModeDifference {
  return {
    ruleId,
    ruleName: counts.name,
    stream: side(counts, 'stream'),
    compat: side(counts, 'compat'),
    ...(until === undefined ? {} : { learningUntil: until }),
  };
}

function side({ alerts, only }: RuleCounts, mode: Mode): ModeSide {
  const [example] = only[mode].values();
  return { alerts: alerts[mode], only: only[mode].size, ...(example === undefined ? {} : { example }) };
}
