/** Kubernetes audit events to the documents that Elastic's Kubernetes integration makes of them (kubernetes §3). */
import { isObject, type JsonObject, type JsonValue } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import { type Fields, merged, objectAt, present, put, textAt, textOf, wordAt } from '../fields.ts';
import type { IngestOptions } from '../types.ts';
import { copyFields, DATA_STREAM, ECS_VERSION, EVENT, ORCHESTRATOR } from './audit-fields.ts';
import { pruned } from './prune.ts';
import { AUDIT_SIGNS, isAuditEvent } from './recognise.ts';
import { LAST_APPLIED, redactBody, redactedText, redactLastApplied } from './redact.ts';
import type { NormalisedEvent, SignedShape } from './shape.ts';
import { firstTime, isoText, timeOf } from './time.ts';

export const REQUEST_RECEIVED = 'RequestReceived stage';

export const auditShape: SignedShape = {
  name: 'kubernetes.audit',
  fits: (record) => isAuditEvent(record),
  signs: AUDIT_SIGNS,
  normalise: (record, delivery, options) =>
    isLeftOut(record, options) ? REQUEST_RECEIVED : [auditEvent(record as Fields, delivery, options)],
  hasIdentity: () => true,
  keyedByContent: false,
};

/** The first stage repeats every request (kubernetes §8.2). */
export const isLeftOut = (record: JsonObject, options: IngestOptions): boolean =>
  record.stage === 'RequestReceived' && !options.keepRequestReceived;

/** Changes the record in place. */
export function auditEvent(record: Fields, delivery: Delivery, options: IngestOptions): NormalisedEvent {
  const cluster = delivery.cluster ?? options.cluster;
  const wordOf: WordOf = (field) => wordAt(record, field);
  const identity = identityParts(wordOf, cluster);
  const request = requestParts(wordOf, cluster);
  redact(record, delivery.text);
  const original = options.keepOriginal === true ? JSON.stringify(record) : undefined;
  const aside = setAside(record);
  underscoreAnnotations(record);
  const audit = pruned(record) ?? {};
  const [stamp, time] = stampOf(audit, delivery);
  const plain = documentOf(audit, cluster, delivery);
  if (time !== undefined) plain['@timestamp'] = isoText(stamp, time);
  if (original !== undefined) (plain.event as Fields).original = original;
  if (aside !== undefined) plain.winnow = aside;
  return {
    document: delivery.shell === undefined ? plain : inShell(delivery.shell, plain),
    time,
    identity,
    request,
  };
}

/** A field of the audit event as a word. */
type WordOf = (
  field: 'auditID' | 'stage' | 'requestReceivedTimestamp' | 'stageTimestamp' | 'requestURI',
) => string | undefined;

/** The material of the key (kubernetes §1.6): the client chooses the audit id, the server the times. */
export const identityParts = (wordOf: WordOf, cluster: string | undefined): (string | undefined)[] => [
  'audit',
  cluster,
  wordOf('auditID'),
  wordOf('stage'),
  wordOf('requestReceivedTimestamp'),
  wordOf('stageTimestamp'),
  wordOf('requestURI'),
];

/** What the stages share. Without the server's time there would be only what the client chose. */
export function requestParts(
  wordOf: WordOf,
  cluster: string | undefined,
): (string | undefined)[] | undefined {
  const [id, received] = [wordOf('auditID'), wordOf('requestReceivedTimestamp')];
  return id === undefined || received === undefined
    ? undefined
    : [cluster, id, received, wordOf('requestURI')];
}

function redact(record: JsonObject, text: string | undefined): void {
  for (const body of [record.requestObject, record.responseObject]) {
    redactBody(body);
    if (text === undefined || text.includes(LAST_APPLIED)) redactLastApplied(body);
  }
}

/** When the stage was reached; old versions and damaged events know less (kubernetes §8.23). */
function stampOf(
  audit: JsonObject,
  delivery: Delivery,
): readonly [stamp: JsonValue | undefined, time: number | undefined] {
  const usual = timeOf(audit.stageTimestamp);
  if (usual !== undefined) return [audit.stageTimestamp, usual];
  const created = objectAt(audit, 'metadata')?.creationTimestamp;
  for (const stamp of [audit.requestReceivedTimestamp, audit.timestamp, created, delivery.time]) {
    const time = firstTime(stamp);
    if (time !== undefined) return [stamp, time];
  }
  return [undefined, undefined];
}

/** JSON patches and bodies that are texts would give fields of objects another type (kubernetes §8.15). */
function setAside(record: Fields): Fields | undefined {
  const aside: Fields = {};
  for (const [body, name] of BODIES) {
    const value = record[body];
    if (isObject(value)) {
      if (value.metadata !== undefined) (value as Fields).metadata = undefined;
    } else if (value !== undefined && value !== null) {
      if (Array.isArray(value)) aside[`${name}_patch`] = value as readonly JsonValue[];
      else aside[`${name}_text`] = redactedText(String(value));
      record[body] = undefined;
    }
  }
  return pruned(aside);
}

const BODIES = [
  ['requestObject', 'request'],
  ['responseObject', 'response'],
] as const;

/** Dots in keys of annotations become underscores; `/` and `-` stay (kubernetes §3 step 6). */
function underscoreAnnotations(record: Fields): void {
  const annotations = record.annotations;
  if (!isObject(annotations)) return;
  const renamed: Fields = {};
  for (const key in annotations) put(renamed, underscored(key), annotations[key] ?? null);
  record.annotations = renamed;
}

/** Every event has the same few keys; the bound keeps made-up ones from filling the memory. */
const KNOWN_KEYS = 1000;
const underscoredKeys = new Map<string, string>();

function underscored(key: string): string {
  const known = underscoredKeys.get(key);
  if (known !== undefined) return known;
  const made = key.replaceAll('.', '_');
  if (underscoredKeys.size < KNOWN_KEYS) underscoredKeys.set(key, made);
  return made;
}

function documentOf(audit: Fields, cluster: string | undefined, delivery: Delivery): Fields {
  const document: Fields = {
    data_stream: DATA_STREAM,
    ecs: ECS_VERSION,
    event: { ...EVENT },
    orchestrator: { ...ORCHESTRATOR },
    kubernetes: { audit },
  };
  copyFields(audit, document);
  if (cluster !== undefined) (document.orchestrator as Fields).cluster = { name: cluster };
  if (delivery.provider !== undefined) document.cloud = cloudOf(delivery);
  return document;
}

const cloudOf = ({ provider, account, project }: Delivery): Fields =>
  present({
    provider,
    account: account === undefined ? undefined : { id: account },
    project: project === undefined ? undefined : { id: project },
  });

/**
 * The document that the event came in keeps what the event does not say. Its `@timestamp` is when it was read, which
 * is what `event.created` means.
 */
function inShell(shell: JsonObject, plain: Fields): JsonObject {
  const read = textOf(shell['@timestamp']);
  const namespace = textAt(objectAt(shell, 'data_stream') ?? {}, 'namespace');
  const document = merged(shell, plain) as Fields;
  if (namespace !== undefined) document.data_stream = { ...DATA_STREAM, namespace };
  if (plain['@timestamp'] === undefined) document['@timestamp'] = shell['@timestamp'];
  const event = document.event as Fields;
  if (read !== undefined && read !== document['@timestamp'] && event.created === undefined)
    event.created = read;
  return document;
}
