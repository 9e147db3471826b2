/** Turns one made-up request into the audit events that an API server would log for it (kubernetes §1). */
import type { JsonObject, JsonValue } from '../data/document.ts';
import type { Actor } from './cluster.ts';
import type { Random } from './random.ts';

export interface Request {
  /** Milliseconds since the day began, fractions allowed. */
  readonly at: number;
  readonly actor: Actor;
  readonly verb: string;
  readonly object?: ObjectReference;
  /** Of requests that name no resource (`/version`), or with a query string. */
  readonly path?: string;
  readonly query?: string;
  /** HTTP status; by default what success looks like for the verb. */
  readonly code?: number;
  readonly body?: JsonValue;
  readonly response?: JsonObject;
  readonly actingAs?: { readonly username: string; readonly groups: readonly string[] };
  /** All hops, where there is more than the caller's own address. */
  readonly ips?: readonly string[];
  readonly agent?: string;
  /** Milliseconds until the answer is complete. */
  readonly takes?: number;
}

export interface ObjectReference {
  readonly group?: string;
  readonly version?: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

export interface TimedEvent {
  /** Milliseconds since the epoch, for sorting. */
  readonly time: number;
  readonly event: JsonObject;
}

const LONG_RUNNING = new Set(['exec', 'attach', 'portforward', 'log', 'proxy']);
const WRITES = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** The events of one request, in the order of their stages; `dayStart` in milliseconds since the epoch. */
export function auditEvents(request: Request, dayStart: number, random: Random): TimedEvent[] {
  const received = dayStart + request.at;
  const takes = request.takes ?? 2 + random.next() * 40;
  const head = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: levelOf(request),
    auditID: random.uuid(),
  };
  const base = { ...head, ...described(request), requestReceivedTimestamp: micro(received) };
  const stage = (name: string, at: number, code: number): TimedEvent => ({
    time: at,
    event: complete({ ...base, stage: name }, request, code, at),
  });
  const started = isLongRunning(request)
    ? [stage('ResponseStarted', received + 4, upgradeCode(request))]
    : [];
  return [
    ...started,
    stage(
      'ResponseComplete',
      received + Math.max(takes, 5),
      started.length > 0 ? upgradeCode(request) : codeOf(request),
    ),
  ];
}

function described(request: Request): JsonObject {
  const { actor, object } = request;
  return {
    requestURI: uriOf(request),
    verb: request.verb,
    user: {
      username: actor.username,
      ...(actor.uid === undefined ? {} : { uid: actor.uid }),
      groups: actor.groups,
      ...(actor.extra === undefined ? {} : { extra: actor.extra }),
    },
    ...(request.actingAs === undefined || codeOf(request) === 403
      ? {}
      : { impersonatedUser: request.actingAs }),
    sourceIPs: request.ips ?? [actor.ip],
    userAgent: request.agent ?? actor.agent,
    ...(object === undefined ? {} : { objectRef: referenceOf(object) }),
  };
}

function complete(event: JsonObject, request: Request, code: number, at: number): JsonObject {
  const level = event['level'];
  const isFinal = event['stage'] === 'ResponseComplete';
  return {
    ...event,
    responseStatus: statusOf(request, code),
    ...(level !== 'Metadata' && request.body !== undefined ? { requestObject: request.body } : {}),
    ...(level === 'RequestResponse' && isFinal && request.response !== undefined
      ? { responseObject: request.response }
      : {}),
    stageTimestamp: micro(at),
    annotations: annotationsOf(request, code),
  };
}

function annotationsOf(request: Request, code: number): JsonObject {
  if (code === 401 || code === 429) return {};
  if (code === 403) return { 'authorization.k8s.io/decision': 'forbid', 'authorization.k8s.io/reason': '' };
  const binding = request.actor.username.startsWith('system:')
    ? 'RBAC: allowed by ClusterRoleBinding'
    : 'RBAC: allowed by RoleBinding';
  return { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': binding };
}

function statusOf(request: Request, code: number): JsonObject {
  if (code < 400) return { metadata: {}, code };
  const what =
    request.object === undefined ? 'path' : `${request.object.resource} "${request.object.name ?? ''}"`;
  const reason =
    code === 403 ? 'Forbidden' : code === 404 ? 'NotFound' : code === 401 ? 'Unauthorized' : 'Conflict';
  return { metadata: {}, status: 'Failure', message: `${what} is ${reason.toLowerCase()}`, reason, code };
}

const codeOf = (request: Request): number => request.code ?? (request.verb === 'create' ? 201 : 200);
const upgradeCode = (request: Request): number =>
  request.code ?? (request.object?.subresource === 'log' ? 200 : 101);

const isLongRunning = ({ object, verb }: Request): boolean =>
  verb === 'watch' || (object?.subresource !== undefined && LONG_RUNNING.has(object.subresource));

/** The level that the policy of kubernetes §1.7 gives. */
function levelOf({ object, verb, actor }: Request): string {
  if (object === undefined) return 'Metadata';
  if (object.resource === 'pods' && ['exec', 'attach', 'portforward'].includes(object.subresource ?? ''))
    return 'Request';
  if (actor.username === 'system:anonymous') return 'Request';
  if (object.group === 'rbac.authorization.k8s.io' && WRITES.has(verb)) return 'RequestResponse';
  if (['secrets', 'configmaps', 'serviceaccounts'].includes(object.resource)) return 'Metadata';
  return ['create', 'update', 'patch'].includes(verb) && object.subresource !== 'status'
    ? 'Request'
    : 'Metadata';
}

function referenceOf({
  group,
  version,
  resource,
  namespace,
  name,
  subresource,
}: ObjectReference): JsonObject {
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(group === undefined ? {} : { apiGroup: group }),
    apiVersion: version ?? 'v1',
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function uriOf({ object, path, query, verb }: Request): string {
  const suffix = query === undefined ? '' : `?${query}`;
  if (object === undefined) return `${path ?? '/'}${suffix}`;
  const { group, version = 'v1', resource, namespace, name, subresource } = object;
  const root = group === undefined ? `/api/${version}` : `/apis/${group}/${version}`;
  const collection = verb === 'create' && subresource === undefined;
  const parts = [
    namespace === undefined ? '' : `namespaces/${namespace}`,
    resource,
    collection ? '' : (name ?? ''),
    subresource ?? '',
  ];
  return `${[root, ...parts.filter((p) => p !== '')].join('/')}${suffix}`;
}

/** RFC 3339 with six decimals, as the API server writes it. */
function micro(time: number): string {
  const millis = new Date(Math.floor(time)).toISOString().slice(0, -1);
  const rest = Math.floor((time - Math.floor(time)) * 1000);
  return `${millis}${String(rest).padStart(3, '0')}Z`;
}
