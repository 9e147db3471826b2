/** Events in, matches out: routes each event to the rules that read it, asks their conditions, feeds the clock. */
import { patternText } from '../data/pattern.ts';
import type { Screen } from '../exec/index/screen.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Clock, Entry } from './clock/clock.ts';
import { environmentOf } from './environment.ts';
import { EventTimes } from './event-times.ts';
import type { Guarded } from './exception/hide.ts';
import { guarded } from './exception/hide.ts';
import { ALERTS_INDEX } from './index-name.ts';
import type { Matcher, MatcherMaker } from './matcher.ts';
import type { EngineInputs, Ports } from './ports.ts';
import { Questions, toldPaths } from './questions.ts';
import { fitsIndex } from './route.ts';
import { strategyOf } from './strategy/index.ts';
import type { Losses } from './strategy/strategy.ts';
import type { Counted, Counter, CountsByName, CountsWithIds, RuleOf } from './tally/tallies.ts';
import { idOf, withIds, withRules } from './tally/tallies.ts';

export interface DetectorOptions {
  readonly matcher: MatcherMaker;
  /** Every rule sees every event. */
  readonly ignoreIndex: boolean;
  /** Tell in the summary what the rules cost; not unless given. */
  readonly costs?: boolean;
}

export interface RuleCost {
  readonly rule: LoadedRule;
  /** How often one of its conditions was asked; the index spared all other events. */
  readonly tried: number;
  /** Events for which one of them held. */
  readonly held: number;
  readonly isIndexed: boolean;
}

interface Subscriber extends Entry {
  /** Position of the strategy's first condition among the conditions of all rules. */
  readonly offset: number;
  /** Undefined for a rule that sees every event that matches. */
  readonly overlooks: EventTimes | undefined;
  readonly times: EventTimes;
  /** The strategy's conditions as they are asked, and the place of the one that tells what exceptions hide. */
  readonly asks: Guarded;
}

/** What becomes of a match: the clock decides, or only remembers it. */
type Sink = (position: number, holding: readonly number[]) => void;

interface CountedRules {
  readonly matched: readonly string[];
  readonly fed: readonly string[];
  readonly undecided: CountsWithIds;
  readonly losses: readonly (readonly [rule: string, counts: readonly LossEntry[]])[];
}

type LossEntry = Losses extends Map<infer What, number> ? readonly [what: What, count: number] : never;

export class Detector implements Counter {
  readonly #subscribers: readonly Subscriber[];
  /** For each condition, the position of its rule. */
  readonly #owners: readonly number[];
  readonly #matcher: Matcher;
  /** 1 at the conditions of rules that read alerts: one that names no index would read its own. */
  readonly #askedOfAlerts: Uint8Array;
  readonly #ports: Ports;
  readonly #clock: Clock;
  /** For each rule, the events for which one of its conditions held; one for those of an earlier run. */
  readonly #matched: Uint32Array;
  readonly #tellsCosts: boolean;
  readonly #hidden: Surroundings['hidden'];

  readonly asked: Questions;
  /** Some rule reads the alerts of others. */
  readonly readsAlerts: boolean;
  /** Some rule judges several events together. */
  readonly hasMemory: boolean;
  /** Conditions that met a limit before they were decided: by limit, how often and for which rules. */
  readonly undecided: CountsByName = new Map();

  /** All rules must be runnable. */
  constructor(
    rules: readonly LoadedRule[],
    options: DetectorOptions,
    { ports, inputs, clock, hidden }: Surroundings,
  ) {
    this.#subscribers = subscribersOf(rules, inputs);
    this.#owners = this.#subscribers.flatMap(({ asks }, position) => asks.conditions.map(() => position));
    const conditions = this.#subscribers.flatMap(({ asks }) => asks.conditions);
    const patterns = rules.map((rule) => (options.ignoreIndex ? undefined : patternsOf(rule)));
    const wants = this.#subscribers.flatMap(wantsOf);
    this.asked = new Questions({ conditions, owners: this.#owners, patterns, wants });
    this.#matcher = options.matcher(conditions);
    this.#matched = new Uint32Array(rules.length);
    this.#tellsCosts = options.costs === true;
    this.#ports = ports;
    this.#hidden = hidden;
    this.#clock = clock(this.#subscribers);
    this.#askedOfAlerts = Uint8Array.from(this.#owners, (owner) => (readsAlerts(rules[owner]) ? 1 : 0));
    this.readsAlerts = rules.some(readsAlerts);
    this.hasMemory = this.#subscribers.some(({ strategy }) => strategy.kind === 'stateful');
  }

  /** An event of the input. */
  examine(event: EventEnvelope): void {
    this.#clock.see(event.time);
    const asked = this.asked.of(event.document);
    this.#match(event, asked, (position, holding) => this.#clock.take(position, event, holding, false));
  }

  /** An event of which it is known which of the conditions hold that it is asked for. */
  examineJudged(event: EventEnvelope, holding: readonly number[]): void {
    this.#clock.see(event.time);
    if (holding.length === 0) return;
    this.#feed(event, holding, (position, own) => this.#clock.take(position, event, own, false));
  }

  /** An alert of ours, as the rules over alerts read it. */
  examineAlert(alert: EventEnvelope): void {
    this.asked.of(alert.document);
    this.#match(alert, this.#askedOfAlerts, (position, holding) =>
      this.#clock.take(position, alert, holding, true),
    );
  }

  /** An event from before the input proper, for rules that ask what was seen before. */
  learn(event: EventEnvelope): void {
    this.#clock.recall(event.time);
    const asked = this.asked.of(event.document);
    this.#match(event, asked, (position, holding) => this.#clock.learn(position, event, holding));
  }

  /** The index over all conditions; it watches these paths, too. Undefined when every condition is asked each time. */
  screen(paths: Iterable<string>): Screen | undefined {
    return this.#matcher.screen?.(paths, toldPaths(this.asked.all));
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** Every rule with what it asks of events. */
  questions(): { readonly rule: LoadedRule; readonly conditions: readonly Predicate[] }[] {
    return this.#subscribers.map(({ rule, strategy }) => ({ rule, conditions: strategy.conditions }));
  }

  /** What queries that pipe rows lost on the way, of rules that lost anything. */
  losses(): { readonly rule: LoadedRule; readonly losses: Losses }[] {
    return this.#subscribers.flatMap(({ rule, strategy: { losses } }) =>
      losses === undefined || losses.size === 0 ? [] : { rule, losses },
    );
  }

  /** What each rule costs and how often one of its conditions held; undefined unless it was to be told. */
  costs(): RuleCost[] | undefined {
    const costs = this.#tellsCosts ? this.#matcher.costs : undefined;
    if (costs === undefined) return undefined;
    const unindexed = new Set(costs.unindexed);
    return this.#subscribers.map(({ rule, offset, asks }, position) => {
      const own = asks.conditions.map((_, at) => offset + at);
      return {
        rule,
        tried: own.reduce((sum, condition) => sum + (costs.tried[condition] ?? 0), 0),
        held: this.#matched[position] ?? 0,
        isIndexed: !own.some((condition) => unindexed.has(condition)),
      };
    });
  }

  /** Rules none of whose conditions ever held. */
  neverMatched(): LoadedRule[] {
    return this.#rulesWhere((position) => this.#matched[position] === 0);
  }

  /** Rules that no event went to. */
  withoutData(): LoadedRule[] {
    return this.#rulesWhere((position) => !this.asked.hasData(position));
  }

  counted(): Counted {
    const values: CountedRules = {
      matched: this.#rulesWhere((position) => this.#matched[position] !== 0).map(idOf),
      fed: this.#rulesWhere((position) => this.asked.hasData(position)).map(idOf),
      undecided: withIds(this.undecided),
      losses: this.losses().map(({ rule, losses }) => [idOf(rule), [...losses]]),
    };
    return { values };
  }

  restore({ values }: Counted, ruleOf: RuleOf): void {
    const { matched, fed, undecided, losses } = values as CountedRules;
    const [wereMatched, wereFed, lost] = [new Set(matched), new Set(fed), new Map(losses)];
    for (const [position, { rule, strategy }] of this.#subscribers.entries()) {
      if (wereMatched.has(idOf(rule))) this.#matched[position] = 1;
      if (wereFed.has(idOf(rule))) this.asked.feed(position);
      for (const [what, count] of lost.get(idOf(rule)) ?? []) strategy.losses?.set(what, count);
    }
    for (const [limit, counted] of withRules(undecided, ruleOf)) this.undecided.set(limit, counted);
  }

  #rulesWhere(fits: (position: number) => boolean): LoadedRule[] {
    return this.#subscribers.flatMap(({ rule }, position) => (fits(position) ? rule : []));
  }

  #match(event: EventEnvelope, asked: Uint8Array, sink: Sink): void {
    const holding = this.#matcher.match({
      document: event.document,
      environment: environmentOf(event, this.#ports),
      asked,
      undecided: (position, limit) => this.#countUndecided(position, limit),
    });
    if (holding.length > 0) this.#feed(event, holding, sink);
  }

  #feed(event: EventEnvelope, holding: readonly number[], sink: Sink): void {
    // The conditions of a rule stand side by side.
    for (let at = 0; at < holding.length;) {
      const from = at++;
      const position = this.#owners[holding[from] ?? -1];
      while (at < holding.length && this.#owners[holding[at] ?? -1] === position) at++;
      const subscriber = this.#subscribers[position ?? -1];
      if (position === undefined || subscriber === undefined || subscriber.overlooks?.sees(event) === false)
        continue;
      const own = this.#unhidden(subscriber, event, holding.slice(from, at));
      if (own.length === 0) continue;
      this.#matched[position]!++;
      sink(position, own);
    }
  }

  /** Which of the strategy's conditions hold; none for an event that exceptions hide from it. */
  #unhidden({ rule, offset, asks }: Subscriber, event: EventEnvelope, holding: readonly number[]): number[] {
    const own = holding.map((condition) => condition - offset);
    if (asks.hidden === undefined || own.at(-1) !== asks.hidden) return own;
    this.#hidden(rule, event);
    return own.slice(0, -1);
  }

  #countUndecided(condition: number, limit: string): void {
    const rule = this.#subscribers[this.#owners[condition] ?? -1]?.rule;
    const counted = this.undecided.get(limit) ?? { count: 0, rules: new Set() };
    counted.count++;
    if (rule !== undefined) counted.rules.add(rule);
    this.undecided.set(limit, counted);
  }
}

export interface Surroundings {
  readonly ports: Ports;
  readonly inputs: EngineInputs;
  readonly clock: (entries: readonly Entry[]) => Clock;
  /** Told of every event that an exception hides from a rule. */
  readonly hidden: (rule: LoadedRule, event: EventEnvelope) => void;
}

function subscribersOf(rules: readonly LoadedRule[], inputs: EngineInputs): Subscriber[] {
  let offset = 0;
  return rules.map((rule) => {
    const strategy = strategyOf(rule, inputs);
    const times = new EventTimes(rule, 'stream');
    const { conditions } = strategy;
    // Events of a rule without memory become alerts, which are then marked as excepted.
    const asks = strategy.kind === 'stateful' ? guarded(rule, conditions) : { conditions };
    const overlooks = times.seesAll ? undefined : times;
    const subscriber = { rule, strategy, offset, asks, times, overlooks };
    offset += asks.conditions.length;
    return subscriber;
  });
}

/** For each condition of the rule what is read of its matches; what exceptions hide is looked at as a whole. */
function wantsOf({ strategy: { reads }, asks, times }: Subscriber): (readonly string[] | undefined)[] {
  const all = reads && [...reads, ...times.reads];
  return asks.conditions.map((_, position) => (position === asks.hidden ? undefined : all));
}

/** A rule that names no index reads all of them; ES|QL rules name theirs in the query. */
export function patternsOf({ document: { rule }, plan }: LoadedRule): readonly string[] | undefined {
  if (plan?.kind === 'pipeline') return sourcesOf(plan);
  const patterns = 'index' in rule ? rule.index : undefined;
  return patterns === undefined || patterns.length === 0 ? undefined : patterns;
}

/** What FROM reads, as index patterns. */
function sourcesOf({ operators: [source] }: Pipeline): readonly string[] {
  if (source?.kind !== 'source') return [];
  return source.indices.map(
    ({ pattern, exclude }) => `${exclude === true ? '-' : ''}${patternText(pattern)}`,
  );
}

/** Whether the rule's index patterns name the alerts of rules. */
export function readsAlerts(rule: LoadedRule | undefined): boolean {
  const patterns = rule === undefined ? undefined : patternsOf(rule);
  return patterns !== undefined && fitsIndex(patterns, ALERTS_INDEX);
}
