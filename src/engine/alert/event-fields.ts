/** The part of an alert that comes from its event: the fields copied in, and what they were before (engine A9). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject, objectsAt } from '../../data/document.ts';
import { numberOf } from '../../data/scalar.ts';
import type { EventEnvelope } from '../../model/event.ts';
import { ALERTS_INDEX } from '../index-name.ts';
import { mayBeAlert, scalarsAt, textAt, textsAt } from './read.ts';

/** Not part of a document's source, or ours to write: an event cannot bring its own alert fields. */
const NOT_COPIED = /^(_id|_index|_version|@timestamp|winnow|kibana\.alert|kibana\.space_ids)(\.|$)/;

/** The event's fields, with `event.kind` saying that this is an alert. */
export function copiedFields(document: JsonObject): JsonObject {
  const { event, 'event.kind': _kind, '@timestamp': _time, kibana, ...rest } = document;
  return { ...withoutOurs(rest), ...otherKibana(kibana), ...signal(event) };
}

function withoutOurs(fields: JsonObject): JsonObject {
  const isOurs = (key: string): boolean => NOT_COPIED.test(key);
  const keys = Object.keys(fields);
  return keys.some(isOurs)
    ? Object.fromEntries(Object.entries(fields).filter(([key]) => !isOurs(key)))
    : fields;
}

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
  const dotted = Object.entries(document)
    .filter(([key]) => key.startsWith(`${parent}.`))
    .map(([key, value]) => [key.slice(parent.length + 1), value] as const);
  return { ...Object.fromEntries(dotted), ...(isObject(nested) ? nested : {}) };
}

function prefixed(prefix: string, fields: JsonObject): JsonObject {
  const named: Record<string, JsonValue | undefined> = {};
  for (const key in fields) named[prefix + key] = fields[key];
  return named;
}

/**
 * The events that an alert stands on, and how far it is from plain events: an alert about alerts is deeper, and has what
 * those stood on among its ancestors.
 */
export function lineage(events: readonly EventEnvelope[]): JsonObject {
  const depths = events.map(({ document }) => (mayBeAlert(document) ? depthOf(document) : 0));
  return {
    'kibana.alert.depth': Math.max(...depths) + 1,
    'kibana.alert.ancestors': events.flatMap((event, index) => [
      ...(mayBeAlert(event.document) ? ancestorsOf(event.document) : []),
      ancestor(event, depths[index] ?? 0),
    ]),
  };
}

function ancestor({ key, document }: EventEnvelope, depth: number): JsonObject {
  const rule = textAt(document, 'kibana.alert.rule.uuid');
  return {
    id: textAt(document, '_id') ?? key,
    type: depth === 0 ? 'event' : 'signal',
    index: indexOf(document),
    depth,
    ...(rule === undefined ? {} : { rule }),
  };
}

const indexOf = (document: JsonObject): string =>
  textAt(document, '_index') ?? (textAt(document, 'kibana.alert.uuid') === undefined ? '' : ALERTS_INDEX);

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
