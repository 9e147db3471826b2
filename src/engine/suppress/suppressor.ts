/**
 * Suppression (engine A6): the first alert of a group is told, later ones within its time are folded into it. The time
 * runs from the first alert and does not move. An alert is final when its time is over, so it is held until then.
 */
import type { JsonObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { SuppressionState } from '../../model/state.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { explainedWith } from '../alert/benign.ts';
import { timeText } from '../alert/build.ts';
import type { Detection } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import { keyText } from '../state/key.ts';
import type { Grouping, GroupValues } from './group.ts';
import { groupingOf } from './group.ts';

interface Open {
  /** What is told beside it: the parts of a sequence. */
  readonly beside: readonly Alert[];
  /** Explained by what explains all that were folded into it. */
  alert: Alert;
  readonly values: GroupValues;
  /** When it was made; its group ends after `until`, inclusive. */
  readonly start: number;
  readonly until: number;
  /** Times of the first and the last event in it. */
  first: number;
  last: number;
  count: number;
}

export interface SuppressorOptions {
  readonly rule: LoadedRule;
  readonly grouping: Grouping;
  /** How long a group lasts when the rule names no time: one run. */
  readonly runLength: number;
  /** Runs tell what they already counted by its time; a stream counts late events as well. */
  readonly skipsCounted: boolean;
  readonly onEviction: OnEviction;
  readonly digest: (text: string) => string;
}

export class Suppressor {
  readonly #options: SuppressorOptions;
  /** By group, the one that began first first. */
  readonly #open = new Map<string, Open>();
  #nextEnd = Infinity;
  /** Alerts that were folded into another one. */
  suppressed = 0;

  constructor(options: SuppressorOptions) {
    this.#options = options;
  }

  /** Takes the alerts of a detection, the one about all of it last; gives back what is final. */
  take(detection: Detection, alerts: readonly Alert[]): Alert[] {
    const alert = alerts.at(-1);
    if (alert === undefined) return [];
    const now = detection.at ?? alert.time;
    const groups = now === undefined ? [] : this.#options.grouping.groupsOf(detection, alert);
    if (now === undefined || groups.length === 0) return [...alerts];
    const over = groups.flatMap((values) => {
      // An alert that begins several groups is several alerts.
      const own = groups.length === 1 ? alerts : [...alerts.slice(0, -1), this.#withId(alert, values)];
      return this.#fold(values, own, { now, detection });
    });
    return [...over, ...this.#releaseOverLimit()];
  }

  /** The groups that would begin with the alert of a detection; undefined when it would stand alone. */
  newGroups(detection: Detection, alert: Alert): readonly string[] | undefined {
    const now = detection.at ?? alert.time;
    const groups = now === undefined ? [] : this.#options.grouping.groupsOf(detection, alert);
    if (now === undefined || groups.length === 0) return undefined;
    return groups
      .map((values) => JSON.stringify(values))
      .filter((key) => now > (this.#open.get(key)?.until ?? -Infinity));
  }

  /** When the first group ends, or some time before; `advance` has nothing to tell up to then. */
  get nextEnd(): number {
    return this.#nextEnd;
  }

  /** Nothing before this time comes any more: what is final now. */
  advance(watermark: number): Alert[] {
    if (this.#nextEnd >= watermark) return [];
    const over: Alert[] = [];
    for (const [key, open] of this.#open) {
      if (open.until >= watermark) continue;
      this.#open.delete(key);
      over.push(...this.#close(open));
    }
    this.#nextEnd = this.#earliestEnd();
    return over;
  }

  end(): Alert[] {
    return this.advance(Infinity);
  }

  /** The groups that are open, all of them or that of one key. */
  *states(only?: string): Generator<SuppressionState> {
    for (const { values, alert, start, until, count } of this.#open.values()) {
      const key = values.map((value) => (typeof value === 'object' ? (value?.join(', ') ?? null) : value));
      if (only === undefined || keyText(key) === only)
        yield { kind: 'suppression', key, alert: alert.id, since: start, until, count };
    }
  }

  memory(): Memory {
    return { lists: { suppression: [...this.#open] } };
  }

  restore(memory: Memory): void {
    this.#open.clear();
    for (const [key, open] of listOf(memory, 'suppression') as [string, Open][]) this.#open.set(key, open);
    this.#nextEnd = this.#earliestEnd();
  }

  #fold(values: GroupValues, alerts: readonly Alert[], { now, detection }: Now): Alert[] {
    const key = JSON.stringify(values);
    const open = this.#open.get(key);
    const alert = alerts.at(-1);
    const time = alert?.time ?? now;
    if (open !== undefined && now <= open.until) {
      if (alert !== undefined) open.alert = explainedWith(open.alert, alert);
      this.#count(open, time, detection.at);
      return [];
    }
    if (open !== undefined) this.#open.delete(key);
    this.#open.set(key, this.#begin(values, alerts, { now, time }));
    this.#nextEnd = Math.min(this.#nextEnd, now + this.#length);
    return open === undefined ? [] : this.#close(open);
  }

  #withId(alert: Alert, values: GroupValues): Alert {
    return { ...alert, id: this.#options.digest(`${alert.id}\n${JSON.stringify(values)}`) };
  }

  get #length(): number {
    return this.#options.grouping.duration ?? this.#options.runLength;
  }

  #count(open: Open, time: number, at: number | undefined): void {
    this.suppressed++;
    if (this.#options.skipsCounted && at !== open.start && time <= open.last) return;
    open.count++;
    open.first = Math.min(open.first, time);
    open.last = Math.max(open.last, time);
  }

  #begin(values: GroupValues, alerts: readonly Alert[], { now, time }: { now: number; time: number }): Open {
    return {
      beside: alerts.slice(0, -1),
      alert: alerts.at(-1) as Alert,
      values,
      start: now,
      until: now + this.#length,
      first: time,
      last: time,
      count: 0,
    };
  }

  #earliestEnd(): number {
    let least = Infinity;
    for (const { until } of this.#open.values()) least = Math.min(least, until);
    return least;
  }

  #releaseOverLimit(): Alert[] {
    const [oldest] = this.#open;
    if (oldest === undefined || this.#open.size <= limits.suppressionGroups) return [];
    this.#options.onEviction('suppressionGroups');
    this.#open.delete(oldest[0]);
    return this.#close(oldest[1]);
  }

  #close(open: Open): Alert[] {
    const id = this.#options.digest(`${open.alert.ruleId}\n${JSON.stringify(open.values)}`);
    const fields = suppressionFields(this.#options.grouping.fields, open, id);
    const document = { ...open.alert.document, 'kibana.alert.uuid': open.alert.id, ...fields };
    return [...open.beside, { ...open.alert, document }];
  }
}

interface Now {
  readonly now: number;
  readonly detection: Detection;
}

function suppressionFields(names: readonly string[], open: Open, instance: string): JsonObject {
  const times = { start: timeText(open.first), end: timeText(open.last) };
  return {
    'kibana.alert.instance.id': instance,
    'kibana.alert.suppression.terms': names.map((field, index) => ({
      field,
      value: open.values[index] ?? null,
    })),
    ...(times.start === undefined ? {} : { 'kibana.alert.suppression.start': times.start }),
    ...(times.end === undefined ? {} : { 'kibana.alert.suppression.end': times.end }),
    'kibana.alert.suppression.docs_count': open.count,
    ...(times.end === undefined ? {} : { 'kibana.alert.last_detected': times.end }),
  };
}

/** Undefined for a rule without suppression. */
export function suppressorFor(
  rule: LoadedRule,
  options: Omit<SuppressorOptions, 'rule' | 'grouping'>,
): Suppressor | undefined {
  const grouping = groupingOf(rule.document.rule);
  return grouping === undefined ? undefined : new Suppressor({ ...options, rule, grouping });
}
