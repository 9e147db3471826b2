/**
 * Tells which detections are excepted, and counts what every exception did. An excepted alert is made like any other,
 * and marked: what an exception takes away can be looked at, and a wrong one found.
 */
import type { JsonObject } from '../../data/document.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { ExceptedItem, ExceptedSummary } from '../../model/summary.ts';
import { fieldsOf } from '../../plan/fold.ts';
import type { LoadedRule, RuleException } from '../../rules/rule.ts';
import { overlaid } from '../alert/overlaid.ts';
import type { Detection } from '../detection.ts';
import type { Matcher, MatcherMaker } from '../matcher.ts';
import type { Memory } from '../memory.ts';
import type { Ports } from '../ports.ts';
import { byText } from '../tally/distinct.ts';
import type { Counted, Counter, RuleOf } from '../tally/tallies.ts';
import { idOf, rulesOf } from '../tally/tallies.ts';

interface Hits {
  alerts: number;
  events: number;
  readonly rules: Set<LoadedRule>;
  /** The time of the last event that it took, in this run or one before it; of the first event since it is there. */
  last: number | undefined;
}

/** An exception that takes nothing for so long, in milliseconds of event time, is told. */
const UNUSED = 90 * 86_400_000;

/** By list and item, when the exception last took something. */
type LastHit = readonly [list: string, item: string, last: number];

/** By list and item, of what the exception took something. */
type CountedHits = readonly [
  list: string,
  item: string,
  alerts: number,
  events: number,
  rules: readonly string[],
];

export class Excepter implements Counter {
  readonly #exceptions: readonly RuleException[];
  readonly #hits: ReadonlyMap<RuleException, Hits>;
  readonly #matcher: Matcher;
  readonly #asked: ReadonlyMap<LoadedRule, Uint8Array>;
  readonly #ports: Ports;
  /** Some exception was not there before. */
  #hasNew: boolean;

  constructor(rules: readonly LoadedRule[], matcher: MatcherMaker, ports: Ports) {
    this.#exceptions = [...new Set(rules.flatMap(({ exceptions = [] }) => exceptions))];
    this.#hits = new Map(
      this.#exceptions.map((one) => [one, { alerts: 0, events: 0, rules: new Set(), last: undefined }]),
    );
    this.#hasNew = this.#exceptions.length > 0;
    this.#matcher = matcher(this.#exceptions.map(({ where }) => where));
    this.#asked = new Map(
      rules
        .filter(({ exceptions = [] }) => exceptions.length > 0)
        .map((rule) => [rule, this.#positionsOf(rule)]),
    );
    this.#ports = ports;
  }

  /** What excepts the detection, which is counted. */
  judge(detection: Detection): RuleException | undefined {
    const exception = this.of(detection);
    const [event] = detection.events;
    if (exception !== undefined) this.#count(detection.rule, exception, { what: 'alerts', event });
    return exception;
  }

  /**
   * What excepts the detection: an exception of its first event, if every event has one. Of the stages of one request,
   * one that nothing excepts is an alert.
   */
  of(detection: Detection): RuleException | undefined {
    const { rule, events, finding } = detection;
    if (!this.#asked.has(rule)) return undefined;
    if (finding?.kind === 'queryGroup') return this.#exceptionOfGroup(detection, finding.columns);
    const [first, ...others] = events.map((event) => this.#exceptionOf(rule, withColumns(event, detection)));
    return others.includes(undefined) ? undefined : first;
  }

  /**
   * Of a group there are only columns: an exception is asked if it names nothing else (engine A5.6). Those over fields of
   * the events have hidden them before.
   */
  #exceptionOfGroup({ rule, events: [event] }: Detection, columns: JsonObject): RuleException | undefined {
    const isAbout = ({ where }: RuleException): boolean =>
      fieldsOf(where).every(({ name }) => name in columns);
    return this.#exceptionOf(rule, { ...event, document: columns }, isAbout);
  }

  /** Counts an event that was hidden from a rule. */
  hide(rule: LoadedRule, event: EventEnvelope): void {
    const exception = this.#exceptionOf(rule, event);
    if (exception !== undefined) this.#count(rule, exception, { what: 'events', event });
  }

  /** The time has come that far: from the first time on, every exception could have taken something. */
  see(time: number | undefined): void {
    if (!this.#hasNew || time === undefined) return;
    this.#hasNew = false;
    for (const hits of this.#hits.values()) hits.last ??= time;
  }

  /** When each exception last took something: kept for longer than the counts of a summary. */
  memory(): Memory {
    const last = [...this.#hits].flatMap(([one, hits]): LastHit[] =>
      hits.last === undefined ? [] : [[one.list, one.item, hits.last]],
    );
    return { ...(last.length === 0 ? {} : { values: last }), lists: {} };
  }

  restoreMemory({ values = [] }: Memory): void {
    for (const [list, item, last] of values as readonly LastHit[]) {
      const hits = this.#hitsOf(list, item);
      if (hits !== undefined) hits.last = last;
    }
  }

  #hitsOf(list: string, item: string): Hits | undefined {
    const exception = this.#exceptions.find((one) => one.list === list && one.item === item);
    return exception && this.#hits.get(exception);
  }

  counted(): Counted {
    const list = [...this.#hits].flatMap(
      ([{ list: name, item }, { alerts, events, rules }]): CountedHits[] =>
        alerts + events === 0 ? [] : [[name, item, alerts, events, [...rules].map(idOf)]],
    );
    return { values: null, list };
  }

  restore({ list = [] }: Counted, ruleOf: RuleOf): void {
    for (const [name, item, alerts, events, ids] of list as readonly CountedHits[]) {
      const hits = this.#hitsOf(name, item);
      if (hits === undefined) continue;
      hits.alerts += alerts;
      hits.events += events;
      for (const rule of rulesOf(ids, ruleOf)) hits.rules.add(rule);
    }
  }

  /** `now` is the time that the input has come to, in milliseconds since the epoch. */
  summary(now?: number): ExceptedSummary {
    const items = this.#exceptions.map((one) => itemOf(one, this.#hits.get(one), now));
    return {
      alerts: items.reduce((sum, { alerts }) => sum + alerts, 0),
      events: items.reduce((sum, { events }) => sum + events, 0),
      items: items.sort((a, b) => b.alerts - a.alerts || b.events - a.events || byText(a.name, b.name)),
    };
  }

  /** The first in the rule's order. One that meets a limit before it is decided excepts nothing. */
  #exceptionOf(
    rule: LoadedRule,
    event: EventEnvelope,
    isAsked: (exception: RuleException) => boolean = () => true,
  ): RuleException | undefined {
    const asked = this.#asked.get(rule);
    if (asked === undefined) return undefined;
    const holding = this.#matcher.match({
      document: event.document,
      environment: { now: this.#ports.detectionTime(event.time) ?? 0 },
      asked,
      undecided: () => {},
    });
    const found = new Set(holding.map((position) => this.#exceptions[position]));
    return rule.exceptions?.find((exception) => found.has(exception) && isAsked(exception));
  }

  #positionsOf({ exceptions = [] }: LoadedRule): Uint8Array {
    const own = new Set(exceptions);
    return Uint8Array.from(this.#exceptions, (exception) => (own.has(exception) ? 1 : 0));
  }

  #count(
    rule: LoadedRule,
    exception: RuleException,
    { what, event }: { readonly what: 'alerts' | 'events'; readonly event: EventEnvelope },
  ): void {
    const hits = this.#hits.get(exception);
    if (hits === undefined) return;
    hits[what]++;
    hits.rules.add(rule);
    if (event.time !== undefined) hits.last = Math.max(hits.last ?? -Infinity, event.time);
  }
}

/** The event as the alert will have it. */
const withColumns = (event: EventEnvelope, { row }: Detection): EventEnvelope =>
  row === undefined ? event : { ...event, document: overlaid(event.document, row.columns) };

function itemOf(exception: RuleException, hits: Hits | undefined, now: number | undefined): ExceptedItem {
  const { list, item, name, owner, expires } = exception;
  const last = hits?.last;
  const isUnused = now !== undefined && last !== undefined && now - last >= UNUSED;
  return {
    list,
    item,
    name,
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    alerts: hits?.alerts ?? 0,
    events: hits?.events ?? 0,
    rules: [...(hits?.rules ?? [])].map(({ document }) => document.rule.name).sort(byText),
    ...(isUnused ? { unusedSince: new Date(last).toISOString() } : {}),
  };
}
