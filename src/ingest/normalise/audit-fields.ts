/**
 * Where ECS has the fields of audit events (kubernetes §3): the one table of it. Normalising reads it from the audit
 * event to the document; who looks for ECS fields in the bytes of an event reads it the other way round.
 */
import { isIP } from 'node:net';
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { type Fields, objectAt, own, textOf, wordAt } from '../fields.ts';

export const ECS_VERSION = Object.freeze({ version: '8.11.0' });
const DATASET = 'kubernetes.audit_logs';
export const DATA_STREAM = Object.freeze({ type: 'logs', dataset: DATASET, namespace: 'default' });
export const EVENT = Object.freeze({ kind: 'event', module: 'kubernetes', dataset: DATASET });
export const ORCHESTRATOR = Object.freeze({ type: 'kubernetes' });

/** Where the audit event itself lies, without its empty values and with underscores for the dots of annotations. */
export const AUDIT_PATH = 'kubernetes.audit';
export const CLUSTER_PATH = 'orchestrator.cluster.name';

/** What every document of an audit event has, by path; the cluster's name where it is given. */
export function constantsOf(cluster: string | undefined): Map<string, Scalar> {
  const objects = { data_stream: DATA_STREAM, ecs: ECS_VERSION, event: EVENT, orchestrator: ORCHESTRATOR };
  const fields = Object.entries(objects).flatMap(([name, object]) =>
    Object.entries(object).map(([key, value]) => [`${name}.${key}`, value] as const),
  );
  return new Map(cluster === undefined ? fields : [...fields, [CLUSTER_PATH, cluster]]);
}

export interface Copy {
  /** The ECS field. */
  readonly to: string;
  /** Paths in the audit event; every value of the field is a value of one of them. */
  readonly from: readonly string[];
  /** What the values become; they stay as they are unless given. */
  readonly values?: ReadonlyMap<Scalar, Scalar>;
  /** A text, or a list of texts; otherwise a single text. Other values are copied in ways that only `read` knows. */
  readonly lists?: boolean;
  /** The field has no values when some text is not accepted. */
  readonly accepts?: (text: string) => boolean;
  /** Equal values are copied once. */
  readonly distinct?: boolean;
  /** The field's value; undefined when it has none. */
  readonly read: (audit: JsonObject) => JsonValue | undefined;
}

const DECISION = 'authorization_k8s_io/decision';
/** The outcome is the authorisation's, not the response's (kubernetes §8.5). */
const OUTCOMES: ReadonlyMap<Scalar, Scalar> = new Map([
  ['allow', 'success'],
  ['forbid', 'failure'],
]);

type Read = (record: JsonObject, key: string) => JsonValue | undefined;

const text: Read = (record, key) => textOf(own(record, key));

function copy(to: string, from: string, read: Read): Copy {
  const [outer = '', inner] = from.split('.');
  return {
    to,
    from: [from],
    read: (audit) => (inner === undefined ? read(audit, outer) : read(objectAt(audit, outer) ?? {}, inner)),
  };
}

/** In the order in which documents have them. `user` is who authenticated; whom they act as is `effective` (§8.16). */
export const COPIES: readonly Copy[] = [
  copy('event.action', 'verb', text),
  {
    ...copy('event.outcome', `annotations.${DECISION}`, text),
    values: OUTCOMES,
    read: (audit) => OUTCOMES.get(textOf(own(objectAt(audit, 'annotations') ?? {}, DECISION)) ?? ''),
  },
  // The audit API's, as the integration has it (kubernetes §3 step 9).
  copy('orchestrator.api_version', 'apiVersion', text),
  copy('orchestrator.namespace', 'objectRef.namespace', text),
  copy('orchestrator.resource.type', 'objectRef.resource', text),
  copy('orchestrator.resource.name', 'objectRef.name', text),
  copy('user.name', 'user.username', wordAt),
  copy('user.id', 'user.uid', wordAt),
  copy('user.effective.name', 'impersonatedUser.username', text),
  copy('user_agent.original', 'userAgent', text),
  { to: 'source.ip', from: ['sourceIPs'], lists: true, accepts: isAddress, read: addressesOf },
  { to: 'client.ip', from: ['sourceIPs'], lists: true, accepts: isAddress, read: addressesOf },
  { to: 'related.user', from: ['user.uid', 'user.username'], distinct: true, read: usersOf },
  {
    to: 'related.ip',
    from: ['sourceIPs'],
    lists: true,
    accepts: isAddress,
    distinct: true,
    read: (audit) => distinct(addressesOf(audit)),
  },
];

function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** All or none: the pipeline's conversion fails as a whole on one bad element (kubernetes §3 step 8). */
function addressesOf(audit: JsonObject): readonly string[] | undefined {
  const value = own(audit, 'sourceIPs');
  if (typeof value === 'string') return isAddress(value) ? [value] : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list = value as readonly JsonValue[];
  return list.every((item) => typeof item === 'string' && isAddress(item))
    ? (list as readonly string[])
    : undefined;
}

function usersOf(audit: JsonObject): readonly string[] | undefined {
  const user = objectAt(audit, 'user') ?? {};
  const names = [wordAt(user, 'uid'), wordAt(user, 'username')].filter((name) => name !== undefined);
  return names.length === 0 ? undefined : [...new Set(names)];
}

const distinct = (list: readonly string[] | undefined): readonly string[] | undefined =>
  list === undefined || list.length === 1 ? list : [...new Set(list)];

/** Puts every copy into a document, objects made where they are missing. */
export function copyFields(audit: JsonObject, document: Fields): void {
  for (const { keys, read } of placed) {
    const value = read(audit);
    if (value !== undefined) putAt(document, keys, value);
  }
}

const placed = COPIES.map(({ to, read }) => ({ keys: to.split('.'), read }));

function putAt(document: Fields, keys: readonly string[], value: JsonValue): void {
  let at = document;
  for (let i = 0; i < keys.length - 1; i++) at = (at[keys[i] as string] ??= {}) as Fields;
  at[keys.at(-1) ?? ''] = value;
}
