/**
 * Google Cloud audit log entries (kubernetes §2.2). An entry of a cluster's API becomes two events, one for each family
 * of rules: an audit event as the API server would have written it, and the document of Elastic's GCP integration. All
 * other entries become the second only.
 */
import { isIP } from 'node:net';
import { isObject, type JsonObject } from '../../data/document.ts';
import type { Delivery } from '../delivery.ts';
import {
  booleanAt,
  type Fields,
  listAt,
  numberAt,
  objectAt,
  present,
  some,
  textAt,
  wordAt,
} from '../fields.ts';
import type { IngestOptions } from '../types.ts';
import { ECS_VERSION } from './audit-fields.ts';
import { auditEvent } from './audit.ts';
import { pruned } from './prune.ts';
import { redactBody, redactLastApplied } from './redact.ts';
import type { NormalisedEvent, SignedShape } from './shape.ts';
import { isoText, timeOf } from './time.ts';

export const gkeShape: SignedShape = {
  name: 'gke',
  fits: (record) => isObject(record.protoPayload),
  signs: ['protoPayload'],
  normalise(record, delivery, options) {
    const entry = entryOf(record);
    const cloud = cloudEvent(entry, delivery, options);
    return entry.clusterApi ? [syntheticEvent(entry, delivery, options), cloud] : [cloud];
  },
  hasIdentity: (record) => textAt(record, 'insertId') !== undefined,
  keyedByContent: true,
};

/** The parts of an entry that both documents read. */
interface Entry {
  readonly record: JsonObject;
  readonly payload: JsonObject;
  readonly operation: JsonObject;
  readonly method: string;
  readonly resourceName: string;
  readonly object: ObjectPath | undefined;
  readonly cluster: string | undefined;
  readonly clusterApi: boolean;
}

function entryOf(record: JsonObject): Entry {
  const payload = objectAt(record, 'protoPayload') ?? {};
  const method = textAt(payload, 'methodName') ?? '';
  const resourceName = textAt(payload, 'resourceName') ?? '';
  const clusterApi = payload.serviceName === 'k8s.io' || method.startsWith('io.k8s.');
  for (const body of [payload.request, payload.response]) {
    redactBody(body);
    redactLastApplied(body);
  }
  return {
    record,
    payload,
    operation: objectAt(record, 'operation') ?? {},
    method,
    resourceName,
    object: clusterApi ? objectPath(resourceName) : undefined,
    cluster: textAt(objectAt(objectAt(record, 'resource') ?? {}, 'labels') ?? {}, 'cluster_name'),
    clusterApi,
  };
}

interface ObjectPath {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** `core/v1/namespaces/shop/pods/cart/exec`; undefined for paths of no resource, such as `readyz`. */
export function objectPath(resourceName: string): ObjectPath | undefined {
  const [group, version, ...rest] = resourceName.split('/').filter((segment) => segment !== '');
  if (group === undefined || version === undefined || rest[0] === undefined) return undefined;
  const [first, namespace, resource, name, subresource] = rest;
  if (first === 'namespaces' && resource !== undefined && resource !== 'status' && resource !== 'finalize') {
    return { group, version, namespace, resource, name, subresource };
  }
  return {
    group,
    version,
    resource: first,
    name: rest[1],
    subresource: rest[2],
    namespace: first === 'namespaces' ? rest[1] : undefined,
  };
}

/** The entry as the API server would have logged it. The request's parameters are not in the entry. */
function syntheticEvent(entry: Entry, delivery: Delivery, options: IngestOptions): NormalisedEvent {
  const { record, payload, operation, object } = entry;
  const request = objectAt(payload, 'requestMetadata') ?? {};
  const authentication = objectAt(payload, 'authenticationInfo') ?? {};
  const impersonated = textAt(authentication, 'authoritySelector');
  const caller = textAt(request, 'callerIp');
  const event: Fields = present({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level:
      payload.response !== undefined
        ? 'RequestResponse'
        : payload.request === undefined
          ? 'Metadata'
          : 'Request',
    auditID: textAt(operation, 'id') ?? textAt(record, 'insertId'),
    stage: operation.first === true && operation.last !== true ? 'ResponseStarted' : 'ResponseComplete',
    requestURI: requestUri(entry.resourceName, object),
    verb: entry.method.slice(entry.method.lastIndexOf('.') + 1),
    user: some({ username: textAt(authentication, 'principalEmail') }),
    impersonatedUser: impersonated === undefined ? undefined : { username: impersonated },
    sourceIPs: caller === undefined ? undefined : [caller],
    userAgent: textAt(request, 'callerSuppliedUserAgent'),
    objectRef: object && referenceOf(object),
    responseStatus: responseStatus(entry),
    requestObject: body(payload, 'request'),
    responseObject: body(payload, 'response'),
    requestReceivedTimestamp: record.timestamp,
    stageTimestamp: record.timestamp,
    annotations: annotationsOf(entry),
  });
  const cluster = entry.cluster ?? delivery.cluster;
  const made = auditEvent(
    event,
    { ...delivery, cluster, provider: 'gcp', project: projectOf(record), text: undefined },
    options,
  );
  return { ...made, identity: [...made.identity, textAt(record, 'insertId')], request: requestOf(entry) };
}

/** Entries of one session share the operation; the operation's id alone could be the client's audit id. */
const requestOf = ({ record, operation, method, resourceName, cluster }: Entry): (string | undefined)[] => [
  'gke',
  cluster,
  textAt(operation, 'id') ?? textAt(record, 'insertId'),
  method,
  resourceName,
];

function requestUri(resourceName: string, object: ObjectPath | undefined): string {
  if (object === undefined) return `/${resourceName}`;
  return object.group === 'core' ? `/api/${resourceName.slice('core/'.length)}` : `/apis/${resourceName}`;
}

const referenceOf = ({ group, version, ...names }: ObjectPath): Fields =>
  present({ ...names, apiGroup: group === 'core' ? undefined : group, apiVersion: version });

/** Copied at the top, since the other document keeps its own `metadata`; below, both share what is the same. */
function body(payload: JsonObject, key: string): JsonObject | undefined {
  const object = objectAt(payload, key);
  if (object === undefined) return undefined;
  const { '@type': _, ...rest } = object;
  return rest;
}

/** The codes of google.rpc as those of HTTP; entries of what went well usually have none. */
const HTTP_CODES: Readonly<Record<number, number>> = {
  1: 499,
  2: 500,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  15: 500,
  16: 401,
};

function responseStatus(entry: Entry): Fields {
  const status = objectAt(entry.payload, 'status') ?? {};
  const code = numberAt(status, 'code') ?? 0;
  const success = entry.method.endsWith('.create') ? 201 : 200;
  const http = code === 0 ? (isDenied(entry) ? 403 : success) : (HTTP_CODES[code] ?? code);
  return present({ code: http, message: textAt(status, 'message') });
}

const DECISION = 'authorization.k8s.io/decision';

function isDenied({ record, payload }: Entry): boolean {
  const decision = objectAt(record, 'labels')?.[DECISION];
  if (decision !== undefined) return decision === 'forbid';
  return (listAt(payload, 'authorizationInfo') ?? []).some(
    (info) => isObject(info) && info.granted === false,
  );
}

function annotationsOf(entry: Entry): Fields | undefined {
  const labels = objectAt(entry.record, 'labels');
  const granted = (listAt(entry.payload, 'authorizationInfo') ?? []).some(
    (info) => isObject(info) && 'granted' in info,
  );
  if (labels?.[DECISION] !== undefined || !granted) return labels === undefined ? undefined : { ...labels };
  return { ...labels, [DECISION]: isDenied(entry) ? 'forbid' : 'allow' };
}

const GCP_DATASET = 'gcp.audit';
const GCP_STREAM = Object.freeze({ type: 'logs', dataset: GCP_DATASET, namespace: 'default' });

/** The document of the GCP integration. */
function cloudEvent(entry: Entry, delivery: Delivery, options: IngestOptions): NormalisedEvent {
  const { record, payload } = entry;
  const time = timeOf(record.timestamp) ?? timeOf(record.receiveTimestamp) ?? timeOf(delivery.time);
  const request = objectAt(payload, 'requestMetadata') ?? {};
  const email = textAt(objectAt(payload, 'authenticationInfo') ?? {}, 'principalEmail');
  const caller = textAt(request, 'callerIp');
  const address = caller !== undefined && isIP(caller) !== 0 ? { ip: caller } : undefined;
  const project = projectOf(record);
  const document = present({
    '@timestamp': time === undefined ? undefined : isoText(record.timestamp, time),
    data_stream: GCP_STREAM,
    ecs: ECS_VERSION,
    event: cloudEventFields(entry),
    cloud: present({ provider: 'gcp', project: project === undefined ? undefined : { id: project } }),
    client: email === undefined ? undefined : { user: { email } },
    user: email === undefined ? undefined : { email },
    source: address,
    user_agent: some({ original: textAt(request, 'callerSuppliedUserAgent') }),
    service: some({ name: textAt(payload, 'serviceName') }),
    log: some({ logger: textAt(record, 'logName'), level: textAt(record, 'severity') }),
    orchestrator: cloudOrchestrator(entry, options.cluster),
    related: some({
      ip: address === undefined ? undefined : [address.ip],
      user: email === undefined ? undefined : [email],
    }),
    gcp: some({ audit: gcpAudit(entry) }),
  });
  const identity = [
    'gcp',
    project,
    textAt(record, 'insertId'),
    textAt(record, 'timestamp'),
    entry.method,
    entry.resourceName,
  ];
  return { document, time, identity, request: entry.clusterApi ? requestOf(entry) : undefined };
}

/** Entries that are both the first and the last of their operation are no session. */
function cloudEventFields(entry: Entry): Fields {
  const { record, operation } = entry;
  const [first, last] = [operation.first === true, operation.last === true];
  const session = first !== last;
  const outcome = cloudOutcome(entry);
  const access = outcome === 'success' ? ['allowed'] : outcome === 'failure' ? ['denied'] : [];
  return present({
    kind: 'event',
    module: 'gcp',
    dataset: GCP_DATASET,
    id: textAt(record, 'insertId'),
    action: entry.method === '' ? undefined : entry.method,
    outcome,
    provider: entry.record.logName === undefined ? undefined : textAt(record, 'logName')?.split('%2F').at(-1),
    category: [...(session ? ['session'] : []), 'network', 'configuration'],
    type: [...(session ? [first ? 'start' : 'end'] : []), 'access', ...access],
  });
}

function cloudOutcome({ payload }: Entry): 'success' | 'failure' | 'unknown' {
  const code = numberAt(objectAt(payload, 'status') ?? {}, 'code');
  if (code !== undefined) return code === 0 ? 'success' : 'failure';
  const [info, ...others] = listAt(payload, 'authorizationInfo') ?? [];
  if (!isObject(info) || others.length > 0) return 'unknown';
  const granted = booleanAt(info, 'granted');
  return granted === undefined ? 'unknown' : granted ? 'success' : 'failure';
}

function cloudOrchestrator(
  { object, cluster, clusterApi }: Entry,
  fallback: string | undefined,
): Fields | undefined {
  const name = cluster ?? (clusterApi ? fallback : undefined);
  if (object === undefined && name === undefined) return undefined;
  return present({
    type: 'kubernetes',
    api_version: object && (object.group === 'core' ? object.version : `${object.group}/${object.version}`),
    namespace: object?.namespace,
    resource: object && some({ type: object.resource, name: object.name }),
    cluster: name === undefined ? undefined : { name },
  });
}

/** Keys of labels and of bodies stay as they are; Google's own names become snake case. */
function gcpAudit({ record, payload, resourceName }: Entry): Fields | undefined {
  const authentication = objectAt(payload, 'authenticationInfo') ?? {};
  const status = objectAt(payload, 'status') ?? {};
  const request = objectAt(payload, 'requestMetadata') ?? {};
  return pruned({
    type: wordAt(payload, '@type'),
    method_name: wordAt(payload, 'methodName'),
    service_name: wordAt(payload, 'serviceName'),
    resource_name: resourceName,
    num_response_items: payload.numResponseItems,
    authentication_info: {
      principal_email: authentication.principalEmail,
      principal_subject: authentication.principalSubject,
      authority_selector: authentication.authoritySelector,
    },
    authorization_info: (listAt(payload, 'authorizationInfo') ?? []).filter(isObject).map(authorizationInfo),
    request_metadata: {
      caller_ip: request.callerIp,
      caller_supplied_user_agent: request.callerSuppliedUserAgent,
    },
    status: { code: status.code, message: status.message },
    labels: record.labels,
    request: payload.request,
    response: payload.response,
  });
}

const authorizationInfo = (info: JsonObject): Fields => ({
  permission: info.permission,
  granted: info.granted,
  resource: info.resource,
  resource_attributes: info.resourceAttributes,
});

const projectOf = (record: JsonObject): string | undefined =>
  textAt(objectAt(objectAt(record, 'resource') ?? {}, 'labels') ?? {}, 'project_id') ??
  /^projects\/([^/]+)\//.exec(textAt(record, 'logName') ?? '')?.[1];
