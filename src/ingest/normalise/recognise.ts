/** What an audit event looks like, on its own and with parts missing. */
import { isObject, type JsonObject, type JsonValue } from '../../data/document.ts';

const SIGNS = ['auditID', 'stage', 'requestURI', 'verb', 'level', 'objectRef'] as const;

/** Of these, every audit event has one. */
export const AUDIT_SIGNS = ['kind', 'verb'] as const;

/** An audit event as the API server writes it; samples and old versions lack some of its fields (kubernetes §1.1). */
export function isAuditEvent(record: JsonObject): boolean {
  const { kind, apiVersion } = record;
  if (kind === undefined) return isAuditFields(record);
  if (kind !== 'Event') return false;
  return apiVersion === undefined
    ? SIGNS.some((sign) => record[sign] !== undefined)
    : isAuditVersion(apiVersion);
}

/** Core objects of the kind `Event` have the version `v1`. */
export const isAuditVersion = (version: JsonValue | undefined): boolean =>
  typeof version === 'string' && version.startsWith('audit.k8s.io/');

/** Without `kind`, the fields must speak for themselves. */
export const isAuditFields = (record: JsonObject): boolean =>
  typeof record.verb === 'string' &&
  (typeof record.auditID === 'string' || typeof record.requestURI === 'string' || isObject(record.objectRef));

/** Documents in the form that rules expect: they have a time, an `event` set of fields, or an indicator of a threat. */
export function isEcsDocument(record: JsonObject): boolean {
  if (record['@timestamp'] !== undefined || isObject(record.data_stream)) return true;
  const { event, threat } = record;
  if (isObject(threat) && isObject(threat.indicator)) return true;
  if (isObject(event) && EVENT_FIELDS.some((field) => event[field] !== undefined)) return true;
  return Object.keys(record).some((key) => ECS_KEYS.some((start) => key.startsWith(start)));
}

const ECS_KEYS = ['event.', 'data_stream.', 'threat.indicator.'] as const;

const EVENT_FIELDS = [
  'kind',
  'category',
  'type',
  'action',
  'dataset',
  'module',
  'outcome',
  'code',
  'id',
] as const;
