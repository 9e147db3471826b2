/** Why did a rule fire for an event, and why not: for chosen records, or for those that came nearest. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { patternsOf } from '../engine/detector.ts';
import { environmentOf } from '../engine/environment.ts';
import { Router } from '../engine/route.ts';
import type { Explanation } from '../exec/explain/index.ts';
import { blame, explain } from '../exec/explain/index.ts';
import { interpret } from '../exec/interpret/index.ts';
import { asUndecided } from '../exec/undecided.ts';
import { threatMatches } from '../engine/strategy/threat-match.ts';
import type { Stateless } from '../engine/strategy/strategy.ts';
import type { ThreatMatchFinding } from '../engine/detection.ts';
import type { Refusal } from '../ingest/types.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type { Filter } from '../plan/plan.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { LoadedRule, RuleException } from '../rules/rule.ts';
import type { ExplainedEvents, ExplainInputs, Seen } from './explained-events.ts';
import { engineInputs, explainedEvents, withGiven } from './explained-events.ts';
import { replayPorts } from './ports.ts';

export interface ExplainOptions extends ExplainInputs {
  readonly records: RecordChoice;
}

export type RecordChoice =
  /**
   * The records that were read there, in any of the inputs unless a file is given; all items unless one is. For a rule
   * over alerts also the alerts that came from there.
   */
  | { readonly by: 'place'; readonly at: Partial<Origin> }
  /** The events whose key begins so. */
  | { readonly by: 'key'; readonly key: string }
  /** Of the events that do not match, so many that came nearest: the fewest clauses prevented them, or only their index. */
  | { readonly by: 'nearest'; readonly count: number };

export interface ExplainedEvent {
  readonly event: EventEnvelope;
  readonly routing: Routing;
  readonly explanation: Explanation;
  /** Of an indicator match rule that indicators are given for. */
  readonly threat?: ThreatLook;
  /** What excepts the event: a scan marks its alerts, or hides it from a rule that asks for several events. */
  readonly exceptedBy: readonly RuleException[];
  /** Clauses that would have to turn out differently for the query to hold; 0 when it holds. */
  readonly distance: number;
}

/** What of the indicators fits the event, and how many there are to fit. */
export interface ThreatLook {
  /** As the alert would have it; undefined when none fits. */
  readonly found: ThreatMatchFinding | undefined;
  readonly indicators: number;
}

/** Whether the rule reads the event's index; a scan asks its query only then. */
export interface Routing {
  readonly fits: boolean;
  /** Undefined when nothing in the event tells it. */
  readonly index: string | undefined;
  /** Undefined for a rule that reads every index. */
  readonly patterns: readonly string[] | undefined;
}

export interface Explained {
  readonly rule: LoadedRule;
  /** Events that were read, and for how many of those that were looked at the rule fires. */
  readonly events: number;
  readonly matched: number;
  /** Of a rule over alerts: how many of those events are alerts, and how many other rules there are to make them. */
  readonly alerts?: { readonly count: number; readonly rules: number };
  readonly explained: readonly ExplainedEvent[];
}

/**
 * Explains the rule's query for the chosen records. Errors: RUN002 for a rule without a condition on single events,
 * RUN003 when no event was found. Throws for inputs that do not exist.
 */
export async function explainEvents(loaded: LoadedRule, options: ExplainOptions): Promise<Result<Explained>> {
  const rule = withGiven(loaded, options);
  if (rule.plan?.kind !== 'filter') return failure(withoutCondition(rule));
  const events = await explainedEvents(rule, options);
  const search = new Search(rule, rule.plan, options.records, {
    events,
    threat: await threatOf(rule, options),
  });
  for await (const { seen, refusals, alerts } of events.read()) {
    for (const one of seen) search.see(one);
    search.note(refusals, alerts);
  }
  return search.result();
}

function withoutCondition({ document, status, plan }: LoadedRule): Diagnostic {
  const { name } = document.rule;
  if (plan === undefined && !status.runnable)
    return diagnostic('RUN002', `"${name}" has no condition on single events: ${status.explanation}`);
  return diagnostic(
    'RUN002',
    `"${name}" has no condition on single events: it asks for several events together`,
    {
      hint: 'winnow explain --key VALUE FILES... says what it remembers of a value, and what it waits for',
    },
  );
}

/** Of an indicator match rule, when there is anything to compare its events with. */
async function threatOf(rule: LoadedRule, options: ExplainInputs): Promise<Threat | undefined> {
  if (rule.document.rule.type !== 'threat_match' || (options.indicators ?? []).length === 0) return undefined;
  const inputs = await engineInputs(options);
  const strategy = threatMatches(rule, inputs);
  return strategy && { strategy, indicators: inputs.indicators.length };
}

interface Threat {
  readonly strategy: Stateless;
  readonly indicators: number;
}

interface SearchedIn {
  readonly events: ExplainedEvents;
  readonly threat: Threat | undefined;
}

class Search {
  readonly #rule: LoadedRule;
  readonly #plan: Filter;
  readonly #choice: RecordChoice;
  readonly #in: SearchedIn;
  readonly #router: Router;
  readonly #refusals: Refusal[] = [];
  #explained: ExplainedEvent[] = [];
  #events = 0;
  #alerts = 0;
  #matched = 0;

  constructor(rule: LoadedRule, plan: Filter, choice: RecordChoice, searchedIn: SearchedIn) {
    this.#rule = rule;
    this.#plan = plan;
    this.#choice = choice;
    this.#in = searchedIn;
    this.#router = new Router([patternsOf(rule)]);
  }

  see(seen: Seen): void {
    this.#events++;
    if (this.#choice.by === 'nearest') this.#seeNear(seen.event, this.#choice.count);
    else if (isChosen(seen, this.#choice, this.#in.events)) this.#explained.push(this.#look(seen.event));
  }

  #seeNear(event: EventEnvelope, count: number): void {
    // What became no alert is no near miss of a rule over alerts.
    if (this.#in.events.others !== undefined && !this.#isRead(event)) return;
    if (!this.#isSettled(count)) {
      const explained = this.#look(event);
      if (farness(explained) > 0) this.#keepNearest(explained, count);
    } else if (this.#fires(event)) {
      this.#matched++;
    }
  }

  note(refusals: readonly Refusal[], alerts: number): void {
    const choice = this.#choice;
    this.#alerts += alerts;
    if (choice.by === 'place')
      this.#refusals.push(...refusals.filter(({ origin }) => isAt(origin, choice.at)));
  }

  result(): Result<Explained> {
    if (this.#explained.length === 0 && this.#choice.by !== 'nearest') return failure(this.#notFound());
    const { others } = this.#in.events;
    const found = {
      events: this.#events,
      matched: this.#matched,
      ...(others === undefined ? {} : { alerts: { count: this.#alerts, rules: others } }),
      explained: this.#choice.by === 'nearest' ? this.#explained : read(this.#explained),
    };
    return success({ rule: this.#rule, ...found });
  }

  #look(event: EventEnvelope): ExplainedEvent {
    const explained = this.#explain(event);
    if (farness(explained) === 0) this.#matched++;
    return explained;
  }

  /** Nothing that does not fire comes nearer than one, so what follows only needs counting, which is much faster. */
  #isSettled(count: number): boolean {
    const farthest = this.#explained.at(-1);
    return farthest !== undefined && this.#explained.length >= count && farness(farthest) === 1;
  }

  #fires(event: EventEnvelope): boolean {
    return this.#isRead(event) && this.#holds(this.#plan.where, event) && fitsThreat(this.#threat(event));
  }

  #isRead({ document }: EventEnvelope): boolean {
    return this.#router.route(document).sees[0] === 1;
  }

  #threat(event: EventEnvelope): ThreatLook | undefined {
    const { threat } = this.#in;
    if (threat === undefined) return undefined;
    const [detection] = threat.strategy.detect(event, [0]);
    const found = detection?.finding?.kind === 'threatMatch' ? detection.finding : undefined;
    return { found, indicators: threat.indicators };
  }

  #holds(where: Predicate, event: EventEnvelope): boolean {
    try {
      return interpret(where, event.document, environmentOf(event, replayPorts));
    } catch (error) {
      asUndecided(error);
      return false;
    }
  }

  #explain(event: EventEnvelope): ExplainedEvent {
    const { index, sees } = this.#router.route(event.document);
    const explanation = explain(this.#plan.where, event.document, environmentOf(event, replayPorts));
    const routing = { fits: sees[0] === 1, index, patterns: patternsOf(this.#rule) };
    const exceptedBy = (this.#rule.exceptions ?? []).filter(({ where }) => this.#holds(where, event));
    const threat = this.#threat(event);
    return {
      event,
      routing,
      explanation,
      ...(threat === undefined ? {} : { threat }),
      exceptedBy,
      distance: blame(explanation).length,
    };
  }

  /** Among equals the first ones stay. */
  #keepNearest(explained: ExplainedEvent, count: number): void {
    const last = this.#explained.at(-1);
    if (this.#explained.length >= count && last !== undefined && farness(explained) >= farness(last)) return;
    this.#explained = [...this.#explained, explained].sort((a, b) => farness(a) - farness(b)).slice(0, count);
  }

  #notFound() {
    const [refusal] = this.#refusals;
    if (refusal === undefined) return notFound(this.#choice, this.#events);
    const { code, message, origin } = refusal;
    return diagnostic('RUN003', `the record at ${placeText(origin)} was refused: ${code} ${message}`);
  }
}

/** Of several events of one record, as a cloud's entries make them, those that the rule reads; all when it reads none. */
function read(explained: readonly ExplainedEvent[]): readonly ExplainedEvent[] {
  const fitting = explained.filter(({ routing }) => routing.fits);
  return fitting.length === 0 ? explained : fitting;
}

const PLACES = ['file', 'line', 'offset', 'item'] as const;

/** RUN003: what was looked for among so many events. */
export function notFound(choice: RecordChoice, events: number): Diagnostic {
  const sought = (at: Partial<Origin>): string =>
    PLACES.flatMap((part) => (at[part] === undefined ? [] : `${part} ${at[part]}`)).join(', ');
  const what =
    choice.by === 'place'
      ? `stands at ${sought(choice.at)}`
      : choice.by === 'key'
        ? `has the key ${choice.key}`
        : 'fits';
  return diagnostic('RUN003', `none of the ${events} events that were read ${what}`);
}

/** How many things keep the rule from firing; another index is one, and so are indicators of which none fits. */
const farness = ({ routing, distance, threat }: ExplainedEvent): number =>
  distance + (routing.fits ? 0 : 1) + (fitsThreat(threat) ? 0 : 1);

const fitsThreat = (threat: ThreatLook | undefined): boolean =>
  threat === undefined || threat.found !== undefined;

/** Whether it is one of the events that were asked for. */
export const isChosen = (
  { event, places }: Seen,
  choice: Exclude<RecordChoice, { readonly by: 'nearest' }>,
  { files }: Pick<ExplainedEvents, 'files'>,
): boolean =>
  choice.by === 'key'
    ? event.key.startsWith(choice.key)
    : places.some((place) => files.has(place.file) && isAt(place, choice.at));

const isAt = (origin: Origin, at: Partial<Origin>): boolean =>
  PLACES.every((part) => at[part] === undefined || at[part] === origin[part]);
