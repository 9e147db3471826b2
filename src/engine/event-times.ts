/**
 * Which times a rule reads of an event (engine A1, A5.2). The override moves the window and nothing else: the events of a
 * sequence stand in the order of `timestamp_field`.
 */
import type { Documented, Scalar } from '../data/document.ts';
import { parseDate } from '../data/date.ts';
import { numberOf, textOf } from '../data/scalar.ts';
import { toldReader } from '../exec/field-reader.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Match } from './match.ts';

export type Times = Pick<Match, 'time' | 'windowTime' | 'tiebreaker'>;

const TIMESTAMP = '@timestamp';
/** When an anomaly was, in the records of a job (engine A5.8). */
const ANOMALY_TIME = 'timestamp';

/** The mode that the rules run in: when they decide, and what the order of events goes by. */
export type Mode = 'stream' | 'compat';

export class EventTimes {
  /** Undefined where `@timestamp` itself is asked for. */
  readonly #override: FieldReader | undefined;
  readonly #fallback: boolean;
  readonly #orderField: FieldReader | undefined;
  readonly #tiebreakerField: FieldReader | undefined;
  readonly #byWindowTime: boolean;
  /** The fields that times are read from, besides `@timestamp` itself. */
  readonly reads: readonly string[];

  constructor({ document: { rule } }: LoadedRule, mode: Mode) {
    const eql = rule.type === 'eql' ? rule : undefined;
    const override = rule.type === 'machine_learning' ? ANOMALY_TIME : rule.timestamp_override;
    this.#override = readerOf(override);
    this.#fallback = rule.timestamp_override_fallback_disabled !== true;
    this.#orderField = readerOf(eql?.timestamp_field);
    const tiebreaker = eql?.tiebreaker_field;
    this.#tiebreakerField = tiebreaker === undefined ? undefined : fieldOf(tiebreaker);
    this.reads = [override, eql?.timestamp_field, tiebreaker].filter(
      (field) => field !== undefined && field !== TIMESTAMP,
    ) as readonly string[];
    this.#byWindowTime = mode === 'compat' && eql === undefined;
  }

  /** Whether every event that matches is seen: only a rule without a fallback overlooks events. */
  get seesAll(): boolean {
    return this.#override === undefined || this.#fallback;
  }

  sees(event: EventEnvelope): boolean {
    return this.seesAll || this.#windowTime(event) !== undefined;
  }

  /** Undefined for an event that has no place in time. */
  of(event: EventEnvelope): Times | undefined {
    const windowTime = this.#windowTime(event);
    const time = this.#byWindowTime ? windowTime : this.#orderTime(event, windowTime);
    if (time === undefined || windowTime === undefined) return undefined;
    const tiebreaker = this.#tiebreaker(event);
    return { time, windowTime, ...(tiebreaker === undefined ? {} : { tiebreaker }) };
  }

  #windowTime(event: EventEnvelope): number | undefined {
    if (this.#override === undefined) return event.time;
    return timeAt(event, this.#override) ?? (this.#fallback ? event.time : undefined);
  }

  #orderTime(event: EventEnvelope, windowTime: number | undefined): number | undefined {
    if (this.#orderField === undefined) return event.time ?? windowTime;
    return timeAt(event, this.#orderField);
  }

  #tiebreaker(event: EventEnvelope): number | string | undefined {
    if (this.#tiebreakerField === undefined) return undefined;
    const [value] = this.#tiebreakerField(event);
    return value === undefined ? undefined : comparable(value);
  }
}

type FieldReader = (event: Documented) => readonly Scalar[];

const fieldOf = (name: string): FieldReader => toldReader({ name, path: name });

const readerOf = (field: string | undefined): FieldReader | undefined =>
  field === undefined || field === TIMESTAMP ? undefined : fieldOf(field);

const timeAt = (event: EventEnvelope, read: FieldReader): number | undefined => {
  const [value] = read(event);
  return value === undefined ? undefined : parseDate(value);
};

/** Numbers by size as far as a double is exact, anything else as text. */
function comparable(value: Scalar): number | string {
  const number = typeof value === 'string' ? undefined : numberOf(value);
  return typeof number === 'number' ? number : textOf(value);
}
