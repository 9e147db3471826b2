/** Why did a rule fire for an event, and why not: for chosen records, or for those that came nearest. */
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { environmentOf, patternsOf } from '../engine/detector.ts';
import { Router } from '../engine/route.ts';
import type { Explanation } from '../exec/explain/index.ts';
import { blame, explain } from '../exec/explain/index.ts';
import { interpret } from '../exec/interpret/index.ts';
import { asUndecided } from '../exec/undecided.ts';
import { readInputs } from '../ingest/index.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type { Filter } from '../plan/plan.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { LoadedRule, RuleException } from '../rules/rule.ts';
import type { QueryChoices } from './query-inputs.ts';
import { replayPorts } from './ports.ts';

export interface ExplainOptions {
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
  readonly records: RecordChoice;
  /** For queries that pipe rows. */
  readonly queries?: QueryChoices;
}

export type RecordChoice =
  /** The records that were read there, in any of the inputs unless a file is given; all items unless one is. */
  | { readonly by: 'place'; readonly at: Partial<Origin> }
  /** The events whose key begins so. */
  | { readonly by: 'key'; readonly key: string }
  /** Of the events that do not match, so many that came nearest: the fewest clauses prevented them, or only their index. */
  | { readonly by: 'nearest'; readonly count: number };

export interface ExplainedEvent {
  readonly event: EventEnvelope;
  readonly routing: Routing;
  readonly explanation: Explanation;
  /** What excepts the event: a scan marks its alerts, or hides it from a rule that asks for several events. */
  readonly exceptedBy: readonly RuleException[];
  /** Clauses that would have to turn out differently for the query to hold; 0 when it holds. */
  readonly distance: number;
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
  readonly explained: readonly ExplainedEvent[];
}

/**
 * Explains the rule's query for the chosen records. Errors: RUN002 for a rule without a condition on single events,
 * RUN003 when no event was found. Throws for inputs that do not exist.
 */
export async function explainEvents(rule: LoadedRule, options: ExplainOptions): Promise<Result<Explained>> {
  if (rule.plan?.kind !== 'filter') return failure(withoutCondition(rule));
  const search = new Search(rule, rule.plan, options.records);
  for await (const { events, refusals } of readInputs(options.inputs, options.ingest)) {
    for (const event of events) search.see(event);
    search.noteRefusals(refusals);
  }
  return search.result();
}

function withoutCondition({ document, status }: LoadedRule) {
  const why = status.runnable ? 'it asks for several events together' : status.explanation;
  return diagnostic('RUN002', `"${document.rule.name}" has no condition on single events: ${why}`);
}

class Search {
  readonly #rule: LoadedRule;
  readonly #plan: Filter;
  readonly #choice: RecordChoice;
  readonly #router: Router;
  readonly #refusals: Refusal[] = [];
  #explained: ExplainedEvent[] = [];
  #events = 0;
  #matched = 0;

  constructor(rule: LoadedRule, plan: Filter, choice: RecordChoice) {
    this.#rule = rule;
    this.#plan = plan;
    this.#choice = choice;
    this.#router = new Router([patternsOf(rule)]);
  }

  see(event: EventEnvelope): void {
    this.#events++;
    if (this.#choice.by !== 'nearest') {
      if (isChosen(event, this.#choice)) this.#explained.push(this.#look(event));
    } else if (!this.#isSettled(this.#choice.count)) {
      const explained = this.#look(event);
      if (farness(explained) > 0) this.#keepNearest(explained, this.#choice.count);
    } else if (this.#fires(event)) {
      this.#matched++;
    }
  }

  noteRefusals(refusals: readonly Refusal[]): void {
    const choice = this.#choice;
    if (choice.by === 'place')
      this.#refusals.push(...refusals.filter(({ origin }) => isAt(origin, choice.at)));
  }

  result(): Result<Explained> {
    if (this.#explained.length === 0 && this.#choice.by !== 'nearest') return failure(this.#notFound());
    const found = {
      events: this.#events,
      matched: this.#matched,
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
    return this.#router.route(event.document).sees[0] === 1 && this.#holds(this.#plan.where, event);
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
    return { event, routing, explanation, exceptedBy, distance: blame(explanation).length };
  }

  /** Among equals the first ones stay. */
  #keepNearest(explained: ExplainedEvent, count: number): void {
    const last = this.#explained.at(-1);
    if (this.#explained.length >= count && last !== undefined && farness(explained) >= farness(last)) return;
    this.#explained = [...this.#explained, explained].sort((a, b) => farness(a) - farness(b)).slice(0, count);
  }

  #notFound() {
    const [refusal] = this.#refusals;
    const read = `none of the ${this.#events} events that were read is it`;
    if (refusal === undefined) return diagnostic('RUN003', read);
    const { code, message, origin } = refusal;
    return diagnostic('RUN003', `the record at ${placeText(origin)} was refused: ${code} ${message}`);
  }
}

/** Of several events of one record, as a cloud's entries make them, those that the rule reads; all when it reads none. */
function read(explained: readonly ExplainedEvent[]): readonly ExplainedEvent[] {
  const fitting = explained.filter(({ routing }) => routing.fits);
  return fitting.length === 0 ? explained : fitting;
}

/** How many things keep the rule from firing; another index is one. */
const farness = ({ routing, distance }: ExplainedEvent): number => distance + (routing.fits ? 0 : 1);

/** Whether it is one of the events that were asked for. */
export const isChosen = (
  { key, origin }: EventEnvelope,
  choice: Exclude<RecordChoice, { readonly by: 'nearest' }>,
): boolean => (choice.by === 'key' ? key.startsWith(choice.key) : isAt(origin, choice.at));

const isAt = (origin: Origin, at: Partial<Origin>): boolean =>
  (['file', 'line', 'offset', 'item'] as const).every(
    (part) => at[part] === undefined || at[part] === origin[part],
  );
