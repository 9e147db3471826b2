/** Events in, detections out: routes each event to the rules that read it, asks their conditions, feeds strategies. */
import type { Environment } from '../exec/environment.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Detection } from './detection.ts';
import type { Matcher, MatcherMaker } from './matcher.ts';
import type { Ports } from './ports.ts';
import type { Route } from './route.ts';
import { Router } from './route.ts';
import type { Strategy } from './strategy/index.ts';
import { strategyOf } from './strategy/index.ts';

/** What `now` is in a query about this event; the epoch when nobody knows. */
export const environmentOf = ({ time }: Pick<EventEnvelope, 'time'>, ports: Ports): Environment => ({
  now: ports.detectionTime(time) ?? 0,
});

export interface DetectorOptions {
  readonly matcher: MatcherMaker;
  /** Every rule sees every event. */
  readonly ignoreIndex: boolean;
}

interface Entry {
  readonly rule: LoadedRule;
  readonly strategy: Strategy;
  /** Position of the strategy's first condition among the conditions of all rules. */
  readonly offset: number;
}

export class Detector {
  readonly #entries: readonly Entry[];
  /** For each condition, the position of its rule. */
  readonly #owners: readonly number[];
  readonly #matcher: Matcher;
  readonly #router: Router;
  readonly #asked = new WeakMap<Route, Uint8Array>();
  readonly #ports: Ports;
  readonly #matched: Uint8Array;

  /** Conditions that met a limit before they were decided: by limit, how often and for which rules. */
  readonly undecided = new Map<string, { count: number; readonly rules: Set<LoadedRule> }>();

  /** All rules must be runnable. */
  constructor(rules: readonly LoadedRule[], options: DetectorOptions, ports: Ports) {
    this.#entries = entriesOf(rules);
    this.#owners = this.#entries.flatMap(({ strategy }, position) => strategy.conditions.map(() => position));
    this.#matcher = options.matcher(this.#entries.flatMap(({ strategy }) => strategy.conditions));
    this.#router = new Router(rules.map((rule) => (options.ignoreIndex ? undefined : patternsOf(rule))));
    this.#matched = new Uint8Array(rules.length);
    this.#ports = ports;
  }

  examine(event: EventEnvelope): Detection[] {
    const holding = this.#matcher.match({
      document: event.document,
      environment: environmentOf(event, this.#ports),
      asked: this.#conditionsFor(this.#router.route(event.document)),
      undecided: (position, limit) => this.#countUndecided(position, limit),
    });
    return holding.length === 0 ? [] : this.#feed(event, holding);
  }

  /** The end of input: what the strategies could not decide before. */
  end(): Detection[] {
    return this.#entries.flatMap(({ strategy }) => strategy.end());
  }

  /** Every rule with what it asks of events. */
  questions(): { readonly rule: LoadedRule; readonly conditions: readonly Predicate[] }[] {
    return this.#entries.map(({ rule, strategy }) => ({ rule, conditions: strategy.conditions }));
  }

  /** Rules none of whose conditions ever held. */
  neverMatched(): LoadedRule[] {
    return this.#rulesWhere((position) => this.#matched[position] === 0);
  }

  /** Rules that no event went to. */
  withoutData(): LoadedRule[] {
    return this.#rulesWhere((position) => !this.#router.hasData(position));
  }

  #rulesWhere(fits: (position: number) => boolean): LoadedRule[] {
    return this.#entries.flatMap(({ rule }, position) => (fits(position) ? rule : []));
  }

  #conditionsFor(route: Route): Uint8Array {
    const known = this.#asked.get(route);
    if (known !== undefined) return known;
    const asked = Uint8Array.from(this.#owners, (owner) => route.sees[owner] ?? 0);
    this.#asked.set(route, asked);
    return asked;
  }

  #feed(event: EventEnvelope, holding: readonly number[]): Detection[] {
    const byRule = Map.groupBy(holding, (condition) => this.#owners[condition] ?? -1);
    return [...byRule].flatMap(([position, conditions]) => {
      const entry = this.#entries[position];
      if (entry === undefined) return [];
      this.#matched[position] = 1;
      return entry.strategy.take(
        event,
        conditions.map((condition) => condition - entry.offset),
      );
    });
  }

  #countUndecided(condition: number, limit: string): void {
    const rule = this.#entries[this.#owners[condition] ?? -1]?.rule;
    const counted = this.undecided.get(limit) ?? { count: 0, rules: new Set() };
    counted.count++;
    if (rule !== undefined) counted.rules.add(rule);
    this.undecided.set(limit, counted);
  }
}

function entriesOf(rules: readonly LoadedRule[]): Entry[] {
  let offset = 0;
  return rules.map((rule) => {
    const strategy = strategyOf(rule);
    const entry = { rule, strategy, offset };
    offset += strategy.conditions.length;
    return entry;
  });
}

/** A rule that names no index reads all of them; ES|QL rules name theirs in the query. */
export function patternsOf({ document: { rule } }: LoadedRule): readonly string[] | undefined {
  const patterns = 'index' in rule ? rule.index : undefined;
  return patterns === undefined || patterns.length === 0 ? undefined : patterns;
}
