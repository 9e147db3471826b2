/** What the profiles of benign behaviours say about a user's own events: what is seen, by whom, and what nothing explains. */
import type { MessageCode } from '../base/messages/index.ts';
import { messages } from '../base/messages/index.ts';
import type { Result } from '../base/result.ts';
import { success } from '../base/result.ts';
import { ProfileMatcher } from '../catalog/behaviour/match.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import type { JsonObject } from '../data/document.ts';
import { valuesAt } from '../data/document.ts';
import { entityOf } from '../engine/alert/entity.ts';
import { reasonOf } from '../engine/alert/reason/index.ts';
import { DistinctCounter, byCount } from '../engine/tally/distinct.ts';
import { ExplainedTally } from '../engine/tally/explained.ts';
import { readInputs } from '../ingest/index.ts';
import type { IngestOptions, Refusal } from '../ingest/types.ts';
import { isSure } from '../model/benign.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import type { BehaviourShare, Count, ExplainedShare } from '../model/summary.ts';
import type { SiteBehaviours } from './behaviours.ts';
import { behavioursFor } from './behaviours.ts';

/** Actors, and examples of events, that are named. */
const ACTORS = 5;
const EXAMPLES = 3;
/** Actors whose events nothing explains. */
const UNEXPLAINED_ACTORS = 10;

export interface ExplainedInputs extends Omit<ExplainedShare, 'behaviours'> {
  readonly behaviours: readonly SeenBehaviour[];
  /** Behaviours with a profile that fits no event. */
  readonly unseen: readonly string[];
  readonly unexplained: Unexplained;
  /** Records that could not be used, by message code. */
  readonly refused: readonly (Count & { readonly code: string })[];
  /** How often a limit was met before a profile had decided about an event. */
  readonly undecided: number;
  /** Records that were left out on purpose, by reason: repeated ones, stages that repeat a request. */
  readonly skipped: readonly Count[];
}

export interface SeenBehaviour extends BehaviourShare, Seen {
  /** The query of the profile, with the values of its parameters. */
  readonly profile: string;
}

/** Who was seen doing it, and when. */
export interface Seen {
  /** First and last event time, milliseconds since the epoch; absent when none has a time. */
  readonly span?: { readonly from: number; readonly to: number };
  readonly actors: readonly Count[];
  readonly actorCount: number;
  /** The count stopped at `limits.distinctValues`: read it as "over". */
  readonly actorsOver: boolean;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly reason: string;
  readonly source: Origin;
}

/** Events that no profile of grade A or B explains. */
export interface Unexplained {
  readonly count: number;
  /** The most frequent first, each with the first of its events. */
  readonly actors: readonly (Count & { readonly example: Example })[];
  readonly actorCount: number;
  readonly actorsOver: boolean;
}

export interface ExplainBenignOptions extends SiteBehaviours {
  readonly inputs: readonly string[];
  readonly ingest: IngestOptions;
}

/**
 * Runs all profiles over all events of the inputs. Fails with every mistake in the site's files; throws InputNotFound for an
 * input that names nothing, and `RulePathError` for a path of behaviours that does not exist.
 */
export async function explainBenign({
  inputs,
  ingest,
  ...site
}: ExplainBenignOptions): Promise<Result<ExplainedInputs>> {
  const behaviours = await behavioursFor(site);
  if (!behaviours.ok) return behaviours;
  const report = new BenignReport(behaviours.value);
  for await (const { events, refusals, skipped } of readInputs(inputs, ingest)) {
    for (const event of events) report.take(event);
    for (const refusal of refusals) report.refuse(refusal);
    report.leaveOut(skipped);
  }
  return success(report.result(), behaviours.diagnostics);
}

class BenignReport {
  readonly #behaviours: readonly Behaviour[];
  readonly #matcher: ProfileMatcher;
  readonly #tally = new ExplainedTally();
  readonly #seen = new Map<string, SeenTally>();
  readonly #unexplained = new UnexplainedTally();
  readonly #refused = new DistinctCounter();
  readonly #skipped = new Map<string, number>();

  constructor(behaviours: readonly Behaviour[]) {
    this.#behaviours = behaviours;
    this.#matcher = new ProfileMatcher(behaviours);
  }

  take(event: EventEnvelope): void {
    const fits = isOfSeveral(event.document) ? [] : this.#matcher.match(event.document, event.time ?? 0);
    this.#tally.take(fits);
    const { actor } = entityOf(event.document);
    for (const { behaviour } of fits) {
      const seen = this.#seen.get(behaviour) ?? new SeenTally();
      this.#seen.set(behaviour, seen);
      seen.take(event, actor);
    }
    if (!fits.some(({ grade }) => isSure(grade))) this.#unexplained.take(event, actor);
  }

  refuse({ code }: Refusal): void {
    this.#refused.add(code);
  }

  leaveOut(skipped: ReadonlyMap<string, number>): void {
    for (const [why, count] of skipped) this.#skipped.set(why, (this.#skipped.get(why) ?? 0) + count);
  }

  result(): ExplainedInputs {
    const { behaviours, ...share } = this.#tally.share();
    const profiled = this.#behaviours.filter(({ profile }) => profile !== undefined);
    const queries = new Map(profiled.map(({ id, profile }) => [id, profile?.query ?? '']));
    return {
      ...share,
      behaviours: behaviours.map((one) => ({
        ...one,
        profile: queries.get(one.behaviour) ?? '',
        ...(this.#seen.get(one.behaviour) ?? new SeenTally()).result(),
      })),
      unseen: profiled.map(({ id }) => id).filter((id) => !this.#seen.has(id)),
      unexplained: this.#unexplained.result(),
      refused: this.#refused.top(Infinity).map(({ what: code, count }) => ({
        code,
        what: messages[code as MessageCode].title,
        count,
      })),
      undecided: this.#matcher.undecided,
      skipped: byCount(this.#skipped),
    };
  }
}

class SeenTally {
  readonly #actors = new DistinctCounter();
  readonly #examples: Example[] = [];
  #from = Infinity;
  #to = -Infinity;

  take(event: EventEnvelope, actor: string): void {
    this.#actors.add(actor);
    if (this.#examples.length < EXAMPLES) this.#examples.push(exampleOf(event));
    if (event.time === undefined) return;
    this.#from = Math.min(this.#from, event.time);
    this.#to = Math.max(this.#to, event.time);
  }

  result(): Seen {
    return {
      ...(this.#from <= this.#to ? { span: { from: this.#from, to: this.#to } } : {}),
      actors: this.#actors.top(ACTORS),
      actorCount: this.#actors.size,
      actorsOver: this.#actors.over,
      examples: this.#examples,
    };
  }
}

class UnexplainedTally {
  readonly #actors = new DistinctCounter();
  readonly #examples = new Map<string, Example>();
  #count = 0;

  take(event: EventEnvelope, actor: string): void {
    this.#count++;
    this.#actors.add(actor);
    if (!this.#actors.over && !this.#examples.has(actor)) this.#examples.set(actor, exampleOf(event));
  }

  result(): Unexplained {
    return {
      count: this.#count,
      actors: this.#actors.top(UNEXPLAINED_ACTORS).flatMap((one) => {
        const example = this.#examples.get(one.what);
        return example === undefined ? [] : [{ ...one, example }];
      }),
      actorCount: this.#actors.size,
      actorsOver: this.#actors.over,
    };
  }
}

/** An alert about a count or a whole sequence has not what its events had: in it, a condition that something is missing may hold. */
const isOfSeveral = (document: JsonObject): boolean =>
  valuesAt(document, 'kibana.alert.threshold_result.count').length > 0 ||
  (valuesAt(document, 'kibana.alert.group.id').length > 0 &&
    valuesAt(document, 'kibana.alert.group.index').length === 0);

const exampleOf = ({ document, origin }: EventEnvelope): Example => ({
  reason: reasonOf(document),
  source: origin,
});
