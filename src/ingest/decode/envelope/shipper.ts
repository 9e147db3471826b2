/** What log shippers and container engines wrap around a line, or around the event that they read from it (kubernetes §2.5). */
import { isObject, type JsonObject, type JsonValue } from '../../../data/document.ts';
import type { Delivery, Envelope, Opener } from '../../delivery.ts';
import { type Fields, objectAt, own, put, textAt, wordAt } from '../../fields.ts';
import { isAuditEvent, isAuditFields, isEcsDocument } from '../../normalise/recognise.ts';
import { controlPlane, OTHER_STREAM } from './aws.ts';
import { textWithin } from './payload.ts';

/** Docker's json-file driver, and shippers that hand on the parts of a line with the runtime's tag. */
const containerLog: Envelope = {
  fits: (record) =>
    typeof record.stream === 'string' && lineOf(record) !== undefined && record['@timestamp'] === undefined,
  // It never has the time of a document.
  signs: [],
  open(record, delivery, opener) {
    const line = lineOf(record) ?? '';
    const context = { ...around(record, delivery), time: record.time };
    opener.part(streamOf(record), line.replace(/\r?\n$/, ''), isComplete(record, line), context);
  },
};

const lineOf = (record: JsonObject): string | undefined => textAt(record, 'log') ?? textAt(record, 'message');

/** The runtime's tag says it; Docker ends a line with its line end; without either the line's own end must do. */
function isComplete(record: JsonObject, line: string): boolean {
  if (typeof record.logtag === 'string') return !record.logtag.startsWith('P');
  return line.endsWith('\n') || !line.startsWith('{') || line.endsWith('}');
}

/** Lines of different containers may lie in one file. */
const streamOf = (record: JsonObject): string =>
  [
    textAt(record, 'stream'),
    textAt(record, 'container_id'),
    textAt(objectAt(record, 'kubernetes') ?? {}, 'pod_name'),
    textAt(objectAt(record, 'kubernetes') ?? {}, 'container_name'),
  ].join(' ');

/** Where the Kubernetes integration keeps an event, parsed. */
const PARSED = ['kubernetes', 'audit'] as const;

/** Where shippers put a line or an event. `event.original` is the line as it was; `message` may be made for people. */
const CARRIERS: readonly (readonly string[])[] = [
  ['event', 'original'],
  ['message'],
  ['log'],
  ['json'],
  ['audit'],
  ['kubernetes_audit'],
  ['MESSAGE'],
  ['jsonPayload'],
  ['data'],
  ['event'],
];

/** A document around an event. An ECS document whose text turns out to be no event is kept as it is. */
const carrier: Envelope = {
  fits: (record) => carried(record) !== undefined,
  // In what a pipeline made nothing is looked for but an event in its own place.
  signs: ['kubernetes'],
  open(record, delivery, opener) {
    const [path, value] = carried(record) ?? [[], null];
    if (isOtherStream(record)) return opener.skip(OTHER_STREAM);
    const context = around(record, delivery);
    const ecs = isEcsDocument(record);
    const text = typeof value === 'string' ? undefined : textWithin(delivery, path);
    const inside = { ...context, text };
    hand(value, ecs ? { ...inside, shell: without(record, path), outer: record } : inside, opener);
  },
};

function hand(value: JsonValue, delivery: Delivery, opener: Opener): void {
  if (typeof value === 'string') opener.line(value, delivery);
  else opener.inner(value, delivery);
}

function carried(record: JsonObject): readonly [path: readonly string[], value: JsonValue] | undefined {
  const audit = objectAt(objectAt(record, 'kubernetes') ?? {}, 'audit');
  if (audit !== undefined && isAuditFields(audit)) return [PARSED, audit];
  if (isProcessed(record)) return undefined;
  for (const path of CARRIERS) {
    const [outer = '', inner] = path;
    const value = inner === undefined ? own(record, outer) : own(objectAt(record, outer) ?? {}, inner);
    if (value !== undefined && isCarried(value)) return [path, value];
  }
  return undefined;
}

/** Texts that could be an event, and objects that are one. */
function isCarried(value: JsonValue): boolean {
  if (typeof value === 'string') return /^\s*\{|^\S+ (?:stdout|stderr) [FP] |\bAUDIT: id="/.test(value);
  return (
    isObject(value) && (isAuditEvent(value) || value.kind === 'EventList' || isObject(value.protoPayload))
  );
}

/** A pipeline made this document; the text in it is a copy of what it was made from. */
function isProcessed(record: JsonObject): boolean {
  const event = objectAt(record, 'event') ?? {};
  return ['kind', 'category', 'type', 'action', 'outcome'].some((field) => event[field] !== undefined);
}

function isOtherStream(record: JsonObject): boolean {
  const cloudWatch = objectAt(objectAt(record, 'aws') ?? {}, 'cloudwatch') ?? {};
  return controlPlane(textAt(cloudWatch, 'log_group'), textAt(cloudWatch, 'log_stream')) === undefined;
}

/** What the document says about where the event comes from. */
function around(record: JsonObject, delivery: Delivery): Delivery {
  const cluster = textAt(objectAt(objectAt(record, 'orchestrator') ?? {}, 'cluster') ?? {}, 'name');
  const cloudWatch = objectAt(objectAt(record, 'aws') ?? {}, 'cloudwatch');
  const place = cloudWatch && controlPlane(textAt(cloudWatch, 'log_group'), textAt(cloudWatch, 'log_stream'));
  return {
    ...delivery,
    ...(cloudWatch === undefined ? {} : { provider: 'aws' as const }),
    cluster: cluster ?? place?.cluster ?? delivery.cluster,
    id: wordAt(record, '_id') ?? delivery.id,
    time: record['@timestamp'] ?? record.timestamp ?? record.time ?? delivery.time,
  };
}

/** The document without the event, and without other copies of its text, which could hold secrets. */
function without(record: JsonObject, path: readonly string[]): JsonObject {
  const rest: Fields = {};
  for (const key of Object.keys(record)) {
    if (!COPIES.has(key) && key !== path[0]) put(rest, key, record[key] ?? null);
  }
  const [outer = '', inner] = path;
  for (const [key, removed] of [
    [outer, inner],
    ['event', 'original'],
  ] as const) {
    const object = objectAt(record, key);
    if (object === undefined || removed === undefined) continue;
    const { [removed]: _, ...others } = objectAt(rest, key) ?? object;
    if (Object.keys(others).length > 0) rest[key] = others;
    else delete rest[key];
  }
  return rest;
}

const COPIES: ReadonlySet<string> = new Set(['message', 'log', 'json', 'MESSAGE']);

export const shipperEnvelopes: readonly Envelope[] = [containerLog, carrier];
