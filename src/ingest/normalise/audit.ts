/** Kubernetes audit events to the documents that Elastic's Kubernetes integration makes of them (kubernetes §3). */
import { isIP } from 'node:net';
import { isObject, type JsonObject, type JsonValue } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import { type Fields, merged, objectAt, present, put, some, textAt, textOf, wordAt } from '../fields.ts';
import type { IngestOptions } from '../types.ts';
import { pruned } from './prune.ts';
import { isAuditEvent } from './recognise.ts';
import { LAST_APPLIED, redactBody, redactedText, redactLastApplied } from './redact.ts';
import type { NormalisedEvent, Shape } from './shape.ts';
import { firstTime, isoText, timeOf } from './time.ts';

export const ECS_VERSION = Object.freeze({ version: '8.11.0' });
const DATASET = 'kubernetes.audit_logs';
const DATA_STREAM = Object.freeze({ type: 'logs', dataset: DATASET, namespace: 'default' });

export const REQUEST_RECEIVED = 'RequestReceived stage';

export const auditShape: Shape = {
  name: 'kubernetes.audit',
  fits: (record) => isAuditEvent(record),
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
  const identity = identityOf(record, cluster);
  const request = requestOf(record, cluster);
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

/** The material of the key (kubernetes §1.6): the client chooses the audit id, the server the times. */
const identityOf = (record: JsonObject, cluster: string | undefined): (string | undefined)[] => [
  'audit',
  cluster,
  wordAt(record, 'auditID'),
  wordAt(record, 'stage'),
  wordAt(record, 'requestReceivedTimestamp'),
  wordAt(record, 'stageTimestamp'),
  wordAt(record, 'requestURI'),
];

/** What the stages share. Without the server's time there would be only what the client chose. */
function requestOf(record: JsonObject, cluster: string | undefined): (string | undefined)[] | undefined {
  const [id, received] = [wordAt(record, 'auditID'), wordAt(record, 'requestReceivedTimestamp')];
  return id === undefined || received === undefined
    ? undefined
    : [cluster, id, received, wordAt(record, 'requestURI')];
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
  const userAgent = textAt(audit, 'userAgent');
  const ips = addressesOf(audit.sourceIPs);
  const user = userOf(audit);
  const document: Fields = {
    data_stream: DATA_STREAM,
    ecs: ECS_VERSION,
    event: eventOf(audit),
    orchestrator: orchestratorOf(audit, cluster),
    kubernetes: { audit },
  };
  if (user !== undefined) document.user = user;
  if (userAgent !== undefined) document.user_agent = { original: userAgent };
  if (ips !== undefined) [document.source, document.client] = [{ ip: ips }, { ip: ips }];
  const related = relatedOf(objectAt(audit, 'user'), ips);
  if (related !== undefined) document.related = related;
  if (delivery.provider !== undefined) document.cloud = cloudOf(delivery);
  return document;
}

/** The outcome is the authorisation's, not the response's (kubernetes §8.5). */
function eventOf(audit: JsonObject): Fields {
  const event: Fields = { kind: 'event', module: 'kubernetes', dataset: DATASET };
  const [verb, outcome] = [textAt(audit, 'verb'), outcomeOf(objectAt(audit, 'annotations'))];
  if (verb !== undefined) event.action = verb;
  if (outcome !== undefined) event.outcome = outcome;
  return event;
}

function outcomeOf(annotations: JsonObject | undefined): string | undefined {
  const decision = annotations?.['authorization_k8s_io/decision'];
  if (decision === 'allow') return 'success';
  return decision === 'forbid' ? 'failure' : undefined;
}

/** `user` is who authenticated; whom they act as is `effective` (kubernetes §8.16). */
function userOf(audit: JsonObject): Fields | undefined {
  const user = objectAt(audit, 'user') ?? {};
  const effective = textAt(objectAt(audit, 'impersonatedUser') ?? {}, 'username');
  return some({
    name: wordAt(user, 'username'),
    id: wordAt(user, 'uid'),
    effective: effective === undefined ? undefined : { name: effective },
  });
}

/** All or none: the pipeline's conversion fails as a whole on one bad element (kubernetes §3 step 8). */
function addressesOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return isIP(value) === 0 ? undefined : [value];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list = value as readonly JsonValue[];
  return list.every((item) => typeof item === 'string' && isIP(item) !== 0)
    ? (list as readonly string[])
    : undefined;
}

function relatedOf(user: JsonObject | undefined, ips: readonly string[] | undefined): Fields | undefined {
  const users = [wordAt(user ?? {}, 'uid'), wordAt(user ?? {}, 'username')].filter(
    (name) => name !== undefined,
  );
  return some({
    user: users.length === 0 ? undefined : [...new Set(users)],
    ip: ips === undefined || ips.length === 1 ? ips : [...new Set(ips)],
  });
}

/** `api_version` is the audit API's, as the integration has it (kubernetes §3 step 9). */
function orchestratorOf(audit: JsonObject, cluster: string | undefined): Fields {
  const object = objectAt(audit, 'objectRef') ?? {};
  return present({
    type: 'kubernetes',
    api_version: textAt(audit, 'apiVersion'),
    namespace: textAt(object, 'namespace'),
    resource: some({ type: textAt(object, 'resource'), name: textAt(object, 'name') }),
    cluster: cluster === undefined ? undefined : { name: cluster },
  });
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
