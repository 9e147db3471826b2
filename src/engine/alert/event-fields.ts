/** The part of an alert that comes from its event: the fields copied in, and what they were before (engine A9). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject, objectsAt } from '../../data/document.ts';
import { numberOf } from '../../data/scalar.ts';
import type { EventEnvelope } from '../../model/event.ts';
import { ALERTS_INDEX } from '../index-name.ts';
import { mayBeAlert, scalarsAt, textAt, textsAt } from './read.ts';

/** Not part of a document's source, or ours to write: an event cannot bring its own alert fields. */
const NOT_COPIED = /^(_id|_index|_version|@timestamp|winnow|kibana\.alert|kibana\.space_ids)(\.|$)/;

/** Theirs, so that nearly all keys are told apart by their first letters. */
const NOT_COPIED_FIRST = '_@wk';

/** Fields that are put back at the end, in a form of their own. */
const CHANGED: ReadonlySet<string> = new Set(['event', 'event.kind', 'kibana']);

/** The event's fields, with `event.kind` saying that this is an alert. */
export function copiedFields(document: JsonObject): JsonObject {
  const copied: Record<string, JsonValue | undefined> = {};
  for (const key of Object.keys(document)) {
    if (CHANGED.has(key)) continue;
    if (!NOT_COPIED_FIRST.includes(key.charAt(0))) copied[key] = document[key];
    else if (key === '__proto__') define(copied, key, document[key]);
    else if (!NOT_COPIED.test(key)) copied[key] = document[key];
  }
  return Object.assign(copied, otherKibana(document['kibana']), signal(document['event']));
}

/** What assigning would not do with every name. */
const define = (fields: object, key: string, value: JsonValue | undefined): unknown =>
  Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });

function signal(event: JsonValue | undefined): JsonObject {
  if (isObject(event)) return { event: { ...event, kind: 'signal' } };
  return { ...(event === undefined ? {} : { event }), 'event.kind': 'signal' };
}

function otherKibana(kibana: JsonValue | undefined): JsonObject {
  if (!isObject(kibana)) return {};
  const { alert: _alert, space_ids: _spaces, ...rest } = kibana;
  return Object.keys(rest).length === 0 ? {} : { kibana: rest };
}

/** `kibana.alert.original_*`: what the alert's own fields took the place of. `event.original` stays where it is. */
export function originalFields(document: JsonObject): JsonObject {
  const time = document['@timestamp'];
  const { original: _, ...event } = children(document, 'event');
  return {
    ...(time === undefined ? {} : { 'kibana.alert.original_time': time }),
    ...prefixed('kibana.alert.original_event.', event),
    ...prefixed('kibana.alert.original_data_stream.', children(document, 'data_stream')),
  };
}

/** The children of an object, written nested or with dots. */
function children(document: JsonObject, parent: string): JsonObject {
  const nested = document[parent];
  const own = isObject(nested) ? nested : {};
  const prefix = `${parent}.`;
  const dotted = Object.keys(document).filter((key) => key.startsWith(prefix));
  if (dotted.length === 0) return own;
  return {
    ...Object.fromEntries(dotted.map((key) => [key.slice(prefix.length), document[key]])),
    ...own,
  };
}

function prefixed(prefix: string, fields: JsonObject): JsonObject {
  const named: Record<string, JsonValue | undefined> = {};
  for (const key of Object.keys(fields)) named[nameBelow(prefix, key)] = fields[key];
  return named;
}

/** Every event has the same few keys; the bound keeps made-up ones from filling the memory. */
const MOST_NAMES = 1000;
const namesBelow = new Map<string, Map<string, string>>();

function nameBelow(prefix: string, key: string): string {
  const names = namesBelow.get(prefix) ?? new Map<string, string>();
  namesBelow.set(prefix, names);
  const name = names.get(key) ?? prefix + key;
  if (names.size < MOST_NAMES) names.set(key, name);
  return name;
}

/**
 * The events that an alert stands on, and how far it is from plain events: an alert about alerts is deeper, and has what
 * those stood on among its ancestors.
 */
export function lineage(events: readonly EventEnvelope[]): JsonObject {
  let depth = 0;
  const ancestors: JsonObject[] = [];
  for (const event of events) {
    if (mayBeAlert(event.document)) {
      const own = depthOf(event.document);
      depth = Math.max(depth, own);
      ancestors.push(...ancestorsOf(event.document), alertAncestor(event, own));
    } else ancestors.push(ancestor(event, { type: 'event', index: '', depth: 0 }));
  }
  return { 'kibana.alert.depth': depth + 1, 'kibana.alert.ancestors': ancestors };
}

interface Told {
  readonly type: 'event' | 'signal';
  /** Where the document does not tell it. */
  readonly index: string;
  readonly depth: number;
}

const ancestor = ({ key, document }: EventEnvelope, { type, index, depth }: Told): JsonObject => ({
  id: textAt(document, '_id') ?? key,
  type,
  index: textAt(document, '_index') ?? index,
  depth,
});

function alertAncestor(event: EventEnvelope, depth: number): JsonObject {
  const { document } = event;
  const index = textAt(document, 'kibana.alert.uuid') === undefined ? '' : ALERTS_INDEX;
  const rule = textAt(document, 'kibana.alert.rule.uuid');
  const told = ancestor(event, { type: depth === 0 ? 'event' : 'signal', index, depth });
  return rule === undefined ? told : { ...told, rule };
}

const ancestorsOf = (document: JsonObject): JsonObject[] => objectsAt(document, 'kibana.alert.ancestors');

/** The rules that had a part in an event, when it is an alert: its own, and those of what it stands on. */
export const rulesBehind = (document: JsonObject): string[] => [
  ...textsAt(document, 'kibana.alert.rule.uuid'),
  ...textsAt(document, 'kibana.alert.rule.rule_id'),
  ...textsAt(document, 'kibana.alert.ancestors.rule'),
];

function depthOf(document: JsonObject): number {
  const [value] = scalarsAt(document, 'kibana.alert.depth');
  const depth = value === undefined ? 0 : Number(numberOf(value));
  return Number.isSafeInteger(depth) && depth > 0 ? depth : 0;
}
