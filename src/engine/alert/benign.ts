/** What is known to be benign, as alerts tell it: about their rule, and about the events that they stand on. */
import type { JsonObject } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { Part } from '../../model/alert-parts.ts';
import { SharedPart } from '../../model/alert-parts.ts';
import type { BenignBehaviour, BenignStatement, Explanation, Fit } from '../../model/benign.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { BenignKnowledge, Ports } from '../ports.ts';
import { mayBeAlert, scalarsAt } from './read.ts';

/** What a rule tells by itself, where nothing else is known. */
const ownKnowledge: BenignKnowledge = {
  about: ({ document }) => ({
    statements: (document.rule.false_positives ?? []).map((text) => ({ text, origin: 'field', via: 'rule' })),
    behaviours: [],
  }),
  fitting: () => [],
};

export const knowledgeOf = ({ benign }: Ports): BenignKnowledge => benign ?? ownKnowledge;

/** Events of which it is remembered what fits them. */
const MOST_REMEMBERED = 8;

export class Benign {
  readonly #knowledge: BenignKnowledge;
  readonly #ports: Ports;
  readonly #parts = new Map<LoadedRule, Part>();
  /** What was asked last: an event may stand behind alerts of several rules, and of parts of a sequence. */
  readonly #last: { readonly event: EventEnvelope; readonly fits: readonly Fit[] }[] = [];

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#knowledge = knowledgeOf(ports);
  }

  /** What an alert's `winnow` tells about its rule. */
  fieldsOf(rule: LoadedRule): Part {
    const known = this.#parts.get(rule);
    if (known !== undefined) return known;
    const { statements, behaviours } = this.#knowledge.about(rule);
    const part = new SharedPart({
      false_positives: statements.map(statementFields),
      benign_behaviours: behaviours.map(behaviourFields),
    });
    this.#parts.set(rule, part);
    return part;
  }

  /** The profiles that fit events of the detection, those that explain all of it first, then by grade. */
  explanationsOf(detection: Detection): readonly Explanation[] {
    const { events } = detection;
    if (events.every((event) => this.#fitsOf(event).length === 0)) return [];
    const isComplete = knowsAllEvents(detection);
    const found = new Map<string, { readonly fit: Fit; readonly positions: number[] }>();
    for (const [position, event] of events.entries())
      for (const fit of this.#fitsOf(event)) {
        const entry = found.get(fit.behaviour) ?? { fit, positions: [] };
        found.set(fit.behaviour, entry);
        entry.positions.push(position);
      }
    return [...found.values()]
      .map(({ fit, positions }) => ({
        ...fit,
        events: positions,
        whole: isComplete && positions.length === events.length,
      }))
      .toSorted(byWeight);
  }

  #fitsOf(event: EventEnvelope): readonly Fit[] {
    for (const { event: asked, fits } of this.#last) if (asked === event) return fits;
    const now = this.#ports.detectionTime(event.time) ?? 0;
    const fits = isAlert(event) ? [] : this.#knowledge.fitting(event.document, now);
    if (this.#last.length === MOST_REMEMBERED) this.#last.shift();
    this.#last.push({ event, fits });
    return fits;
  }
}

/** Counts and rows of queries keep examples; what the other events were, nobody can say any more. */
function knowsAllEvents({ events, finding }: Detection): boolean {
  if (finding?.kind === 'threshold') return finding.count <= events.length;
  return finding?.kind !== 'queryGroup' && finding?.kind !== 'summary';
}

/** What an alert has of its events is not all that they had, so a condition that something is missing may hold in it. */
const isAlert = ({ document }: EventEnvelope): boolean =>
  mayBeAlert(document) && scalarsAt(document, 'kibana.alert.uuid').length > 0;

const byWeight = (a: Explanation, b: Explanation): number =>
  Number(b.whole) - Number(a.whole) || compare(a.grade, b.grade) || compare(a.behaviour, b.behaviour);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** What `winnow` tells about the alert's events; `partly_explained_by` only where there is something to tell. */
export function explanationFields(explanations: readonly Explanation[]): JsonObject {
  const partly = explanations.filter(({ whole }) => !whole);
  return {
    explained_by: explanations.filter(({ whole }) => whole).map(fitFields),
    ...(partly.length === 0
      ? {}
      : { partly_explained_by: partly.map((one) => ({ ...fitFields(one), events: one.events })) }),
  };
}

/**
 * The alert of a group, after another one was folded into it: what does not explain both explains neither, so that nothing
 * hides in the group of a benign alert.
 */
export function explainedWith(alert: Alert, folded: Alert): Alert {
  const before = alert.explanations ?? [];
  const shared = new Set(
    (folded.explanations ?? []).filter(({ whole }) => whole).map(({ behaviour }) => behaviour),
  );
  if (before.every(({ whole, behaviour }) => !whole || shared.has(behaviour))) return alert;
  const explanations = before
    .map((one) => ({ ...one, whole: one.whole && shared.has(one.behaviour) }))
    .toSorted(byWeight);
  const { winnow } = alert.document;
  const fields = { ...(isObject(winnow) ? winnow : {}), ...explanationFields(explanations) };
  return { ...alert, explanations, document: { ...alert.document, winnow: fields } };
}

const statementFields = ({ id, text, origin, source, license, via }: BenignStatement): JsonObject => ({
  ...(id === undefined ? {} : { id }),
  text,
  origin,
  ...(source === undefined ? {} : { source }),
  ...(license === undefined ? {} : { license }),
  via,
});

const behaviourFields = ({ id, title, grade, via }: BenignBehaviour): JsonObject => ({
  id,
  title,
  ...(grade === undefined ? {} : { grade }),
  via,
});

const fitFields = ({ behaviour, title, grade, profile }: Fit): JsonObject => ({
  behaviour,
  title,
  grade,
  profile,
});
