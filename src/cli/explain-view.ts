/** Why a rule fires for events or does not, for people and for programs. */
import type { Explained, ExplainedEvent, ThreatLook } from '../app/explain.ts';
import type { BenignKnowledge } from '../app/types.ts';
import type { Source } from '../base/source.ts';
import { source } from '../base/source.ts';
import type { JsonObject } from '../data/document.ts';
import { valuesAt } from '../data/document.ts';
import { textOf } from '../data/scalar.ts';
import { renderExplanation } from '../exec/explain/index.ts';
import type { Fit } from '../model/benign.ts';
import { isSure } from '../model/benign.ts';
import type { EventEnvelope } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type { RuleType } from '../rules/format/schema.ts';
import { describeRule } from '../rules/load/describe.ts';
import type { LoadedRule, RuleException } from '../rules/rule.ts';
import { safeJson } from '../base/safe-json.ts';
import { clauseLines, withPlaces } from './clause-view.ts';
import type { CommandContext } from './command.ts';
import type { Settings } from './options/table.ts';
import type { Style } from './terminal.ts';
import { instant, isoInstant, number, plural } from './text/format.ts';
import { hanging } from './text/layout.ts';
import { safe, safeLines } from './text/safe.ts';

type Context = Pick<CommandContext, 'style' | 'settings'>;
type Writer = (explained: Explained, benign: BenignKnowledge, context: Context) => string;

export const explainWriters: Readonly<Record<Settings['pageOutput'], Writer>> = {
  text: (explained, benign, context) => `${textLines(explained, benign, context).join('\n')}\n`,
  json: (explained, benign) => `${safeJson(jsonDocument(explained, benign), 2)}\n`,
};

/** What an alert of these types needs besides an event for which the query holds (engine A5.4, A5.5, A5.7). */
const MORE_THAN_ITS_QUERY: Readonly<Partial<Record<RuleType, string>>> = {
  threshold: 'Such an event is counted, and is no alert by itself: --key VALUE says how far the count is.',
  new_terms: 'Such an event is an alert only when its values are new: --key VALUE says when they were seen.',
  threat_match:
    'Such an event is an alert only when an indicator fits it: --indicators FILE gives those that a scan is given.',
};

function textLines(
  { rule, events, matched, alerts, explained }: Explained,
  benign: BenignKnowledge,
  { style, settings }: Context,
): string[] {
  const { paint, width } = style;
  const { rule: document } = rule.document;
  const isTold = document.type === 'threat_match' && settings.indicators.length > 0;
  const more = isTold ? undefined : MORE_THAN_ITS_QUERY[document.type];
  const fires = more === undefined ? 'the rule fires' : "the rule's query holds";
  const counts = `${eventsText(events, alerts)}; ${fires} for ${matched === 0 ? 'none' : matched} of those looked at`;
  return [
    paint.strong(safe(document.name)),
    ...hanging('', safe(`${rule.file}; ${counts}`), width, 0).map(paint.faint),
    ...(more === undefined || matched === 0 ? [] : hanging('', more, width, 0).map(paint.warn)),
    ...withoutAlertsLines(alerts, style),
    ...explained.flatMap((one) => [
      '',
      ...eventLines(one, rule, style, settings.all),
      ...benignLines(fitting(one, benign), style),
    ]),
    ...(explained.length === 0 ? ['', 'No event came near: none was read, or all of them match.'] : []),
  ];
}

/** How many events were read; of a rule over alerts, how many of them are alerts of the others. */
export function eventsText(events: number, alerts: Explained['alerts']): string {
  const read = `${plural(events, 'event')} read`;
  if (alerts === undefined || alerts.rules === 0) return read;
  return `${read}, ${number(alerts.count)} of them alerts of ${plural(alerts.rules, 'other rule')}`;
}

/** Why a rule over alerts was given none. */
export function withoutAlertsLines(alerts: Explained['alerts'], { paint, width }: Style): string[] {
  if (alerts === undefined || alerts.count > 0) return [];
  const why =
    alerts.rules === 0
      ? 'The rule reads alerts, and no other rule runs that makes any: --rules names the folder they are in.'
      : 'The rule reads alerts, and the other rules make none of these events.';
  return hanging('', why, width, 0).map(paint.warn);
}

function eventLines(one: ExplainedEvent, rule: LoadedRule, style: Style, all: boolean): string[] {
  const { event, routing, explanation, threat, exceptedBy } = one;
  const { paint, width } = style;
  const wrapped = (text: string): string[] => hanging('', safe(text), width, 0);
  return [
    paint.strong(safe(headOf(event))),
    ...(routing.fits ? [] : wrapped(routingText(routing)).map(paint.warn)),
    ...exceptedBy.flatMap((exception) => wrapped(exceptionText(exception)).map(paint.warn)),
    ...safeLines(renderExplanation(explanation, queryOf(rule), { all }).trimEnd())
      .split('\n')
      .flatMap((line) => clauseLines(line, width, paint)),
    ...(threat === undefined ? [] : threatTexts(threat, event, rule).flatMap(wrapped)),
  ];
}

/** Where the event stands, and of an alert whose it is. */
export function headOf({ origin, time, document }: EventEnvelope): string {
  const rule = document['kibana.alert.rule.name'];
  const alert = typeof rule === 'string' ? `: the alert of "${rule}"` : '';
  return `${placeText(origin)}, ${instant(time)} UTC${alert}`;
}

/** Which indicators fit, or which values they were looked for with. */
function threatTexts({ found, indicators }: ThreatLook, event: EventEnvelope, rule: LoadedRule): string[] {
  if (found !== undefined) return [...new Set(found.enrichments.map(indicatorText))];
  const { rule: document } = rule.document;
  const entries =
    document.type === 'threat_match' ? document.threat_mapping.flatMap((one) => one.entries) : [];
  const sought = [...new Set(entries.map(({ field }) => field))].map((field) => {
    const values = valuesAt(event.document, field).map((value) => JSON.stringify(textOf(value)));
    return `${field}, ${values.length === 0 ? 'which has no value' : `which is ${values.join(', ')}`}`;
  });
  return [
    `No indicator fits, of ${plural(indicators, 'indicator')} given: they are looked for by ${sought.join('; ')}.`,
  ];
}

function indicatorText(enrichment: JsonObject): string {
  const [atomic, field, id, feed] = ['matched.atomic', 'matched.field', 'matched.id', 'feed.name'].map(
    (path) => valuesAt(enrichment, path).map(textOf).join(', '),
  );
  return `An indicator fits ${field} ${JSON.stringify(atomic)}: ${id}${feed === '' ? '' : ` of ${feed}`}.`;
}

const fitting = ({ event }: ExplainedEvent, benign: BenignKnowledge): readonly Fit[] =>
  benign.fitting(event.document, event.time ?? 0);

function benignLines(fits: readonly Fit[], { width, paint }: Style): string[] {
  if (fits.length === 0) return [paint.faint('No profile of a benign behaviour fits this event.')];
  return fits.flatMap(({ behaviour, title, grade }) => {
    const doubt = isSure(grade) ? '' : ', which the requester could imitate';
    return hanging('', safe(`Explained by ${behaviour} ${title} (grade ${grade}${doubt}).`), width, 0);
  });
}

const routingText = ({ index, patterns = [] }: ExplainedEvent['routing']): string =>
  `A scan does not ask this rule: it reads ${patterns.join(', ')}, and the event belongs to ` +
  `${index ?? 'no index that can be told'} (winnow scan --ignore-index asks it all the same).`;

/** `Excepted by "Backup reads secrets" (storage@example.com, shared.yaml:2): the nightly backup.` */
function exceptionText({ name, owner, reason, place }: RuleException): string {
  const file = `${place.source.name}:${place.source.place(place.span.start).line}`;
  const who = owner === undefined ? file : `${owner}, ${file}`;
  return `Excepted by "${name}" (${who})${reason === undefined ? '' : `: ${reason}`}`;
}

/** A rule may consist of filters alone. */
const queryOf = ({ query, file }: LoadedRule): Source => query ?? source(file, '');

const jsonDocument = ({ rule, events, matched, alerts, explained }: Explained, benign: BenignKnowledge) => ({
  schema: 1,
  rule: describeRule(rule),
  events,
  matched,
  ...(alerts === undefined ? {} : { alerts }),
  explained: explained.map((one) => ({
    ...eventDocument(one, rule),
    explained_by: fitting(one, benign),
  })),
});

const eventDocument = (
  { event, routing, explanation, threat, exceptedBy, distance }: ExplainedEvent,
  rule: LoadedRule,
) => ({
  source: event.origin,
  key: event.key,
  time: event.time === undefined ? null : isoInstant(event.time),
  matches: distance === 0 && routing.fits && (threat === undefined || threat.found !== undefined),
  routing,
  ...(threat === undefined
    ? {}
    : { indicators: threat.indicators, enrichments: threat.found?.enrichments ?? [] }),
  distance,
  excepted: exceptedBy.map(({ list, item, name }) => ({ list, item, name })),
  explanation: withPlaces(explanation, queryOf(rule)),
  document: event.document,
});
