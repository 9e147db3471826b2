/**
 * The indicators of one indicator match rule, to be looked up by the values of events (engine A5.7). Every value of
 * the event's field is compared with every value of the indicator's: addresses as addresses and, where the
 * indicator is a block, by containment; a `wildcard` field also by the patterns among the indicators; anything else as
 * text. An indicator counts when the rule's query about indicators holds for it at the time of the event.
 */
import { inBlock, parseAddress, parseBlock } from '../../data/address.ts';
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { objectsAt, valuesAt } from '../../data/document.ts';
import type { FieldType } from '../../data/field-type.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { globMatcher } from '../../data/glob.ts';
import { pathReader } from '../../data/path-reader.ts';
import { globPattern } from '../../data/pattern.ts';
import { textOf } from '../../data/scalar.ts';
import { interpret } from '../../exec/interpret/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { RuleOf } from '../../rules/format/schema.ts';
import type { ThreatMatchFinding } from '../detection.ts';
import { limits } from '../limits.ts';

type ThreatRule = RuleOf<'threat_match'>;
type Entry = ThreatRule['threat_mapping'][number]['entries'][number];

const DEFAULT_INDICATOR_PATH = 'threat.indicator';

export type Matched = Omit<ThreatMatchFinding, 'kind'>;

export class IndicatorIndex {
  readonly #groups: readonly Group[];
  readonly #where: Predicate | undefined;
  readonly #path: string;

  constructor(rule: ThreatRule, where: Predicate | undefined, indicators: readonly EventEnvelope[]) {
    this.#groups = rule.threat_mapping.map(({ entries }) => new Group(entries, indicators));
    this.#where = where;
    this.#path = rule.threat_indicator_path ?? DEFAULT_INDICATOR_PATH;
  }

  /** What the event's alert says about the indicators, at most `limits.enrichments`; undefined without a match. */
  matches(event: EventEnvelope): Matched | undefined {
    const enrichments: JsonObject[] = [];
    let [found, hasMore] = [false, false];
    for (const group of this.#groups)
      for (const indicator of group.candidates(event)) {
        if (!this.#isAsked(indicator, event) || !group.holds(event, indicator)) continue;
        found = true;
        for (const entry of group.positive)
          if (enrichments.length === limits.enrichments) hasMore = true;
          else enrichments.push(enrichment(entry, event, indicator, this.#path));
      }
    if (!found) return undefined;
    return { enrichments: unique(enrichments), ...(hasMore ? { hasMore } : {}) };
  }

  #isAsked({ document }: EventEnvelope, { time }: EventEnvelope): boolean {
    return this.#where === undefined || interpret(this.#where, document, { now: time ?? 0 });
  }
}

/** Entries that must all hold for one event and one indicator. */
class Group {
  readonly positive: readonly Entry[];
  readonly #entries: readonly Entry[];
  readonly #join: Join | undefined;

  constructor(entries: readonly Entry[], indicators: readonly EventEnvelope[]) {
    this.#entries = entries;
    this.positive = entries.filter(({ negate }) => negate !== true);
    const [first] = this.positive;
    this.#join = first === undefined ? undefined : new Join(first, indicators);
  }

  /** Those that fulfil the first positive entry; none when there is no such entry. */
  candidates({ document }: EventEnvelope): Iterable<EventEnvelope> {
    return this.#join?.find(document) ?? [];
  }

  holds(event: EventEnvelope, indicator: EventEnvelope): boolean {
    return this.#entries.every((entry) => entryHolds(entry, event.document, indicator.document));
  }
}

/** A negated pair of which one side has no value holds; one without any value on either side does not. */
function entryHolds({ field, value, negate }: Entry, document: JsonObject, indicator: JsonObject): boolean {
  const [ours, theirs] = [valuesAt(document, field).map(textOf), valuesAt(indicator, value).map(textOf)];
  const matches = matchers(typeOf(field), theirs).some((matcher) => ours.some(matcher));
  if (negate !== true) return matches;
  return !matches && (ours.length > 0 || theirs.length > 0);
}

const typeOf = (field: string): FieldType => builtinFieldTypes.resolve(field).type;

/** How a value of an indicator is found again: under the text of equal values, or by a question. */
type Sought = { readonly equals: string } | { readonly matches: (text: string) => boolean };

function sought(type: FieldType, text: string): Sought {
  if (type === 'wildcard' && text.includes('*')) return { matches: globMatcher(globPattern(text)) };
  const block = type === 'ip' && text.includes('/') ? parseBlock(text) : undefined;
  if (block === undefined) return { equals: comparable(type, text) };
  return {
    matches: (ours) => {
      const address = parseAddress(ours);
      return address !== undefined && inBlock(address, block);
    },
  };
}

/** The same text for equal addresses, however they are written. */
function comparable(type: FieldType, text: string): string {
  const address = type === 'ip' ? parseAddress(text) : undefined;
  return address === undefined ? text : JSON.stringify(address);
}

const matchers = (type: FieldType, texts: readonly string[]): ((ours: string) => boolean)[] =>
  texts.map((text) => {
    const one = sought(type, text);
    return 'matches' in one ? one.matches : (ours) => comparable(type, ours) === one.equals;
  });

/** A hash of the indicators by the values of one field, and those that are patterns beside it. */
class Join {
  readonly #valuesOf: (document: JsonObject) => readonly Scalar[];
  readonly #type: FieldType;
  readonly #byText = new Map<string, EventEnvelope[]>();
  readonly #patterns: { readonly matches: (text: string) => boolean; readonly indicator: EventEnvelope }[] =
    [];

  constructor({ field, value }: Entry, indicators: readonly EventEnvelope[]) {
    this.#valuesOf = pathReader(field);
    this.#type = typeOf(field);
    for (const indicator of indicators)
      for (const text of new Set(valuesAt(indicator.document, value).map(textOf))) this.#add(text, indicator);
  }

  /** In the order of the event's values, each indicator once. */
  find(document: JsonObject): Iterable<EventEnvelope> {
    const values = this.#valuesOf(document);
    if (values.length === 0) return [];
    const found = new Set<EventEnvelope>();
    for (const value of values) {
      const text = textOf(value);
      for (const one of this.#byText.get(comparable(this.#type, text)) ?? []) found.add(one);
      for (const { matches, indicator } of this.#patterns) if (matches(text)) found.add(indicator);
    }
    return found;
  }

  #add(text: string, indicator: EventEnvelope): void {
    const one = sought(this.#type, text);
    if ('matches' in one) {
      this.#patterns.push({ matches: one.matches, indicator });
      return;
    }
    const same = this.#byText.get(one.equals);
    if (same === undefined) this.#byText.set(one.equals, [indicator]);
    else same.push(indicator);
  }
}

function enrichment(
  { field, value }: Entry,
  event: EventEnvelope,
  { key, document }: EventEnvelope,
  path: string,
): JsonObject {
  const [indicator] = objectsAt(document, path);
  const [feed] = valuesAt(document, 'threat.feed.name');
  const ours = valuesAt(event.document, field).map(textOf);
  const matching = matchers(typeOf(field), valuesAt(document, value).map(textOf));
  const atomic = ours.find((text) => matching.some((matches) => matches(text))) ?? null;
  const index = document['_index'];
  return {
    ...(indicator === undefined ? {} : { indicator }),
    feed: feed === undefined ? {} : { name: feed as JsonValue },
    matched: {
      atomic,
      field,
      id: typeof document['_id'] === 'string' ? document['_id'] : key,
      index: typeof index === 'string' ? index : '',
      type: 'indicator_match_rule',
    },
  };
}

/** An indicator can come up in several groups with the same field. */
const unique = (enrichments: readonly JsonObject[]): JsonObject[] => [
  ...new Map(enrichments.map((one) => [JSON.stringify(one['matched']), one])).values(),
];
