/** How AKS hands over: diagnostic records, alone or in lists, and the rows of Log Analytics (kubernetes §2.3). */
import type { JsonObject, JsonValue } from '../../../data/document.ts';
import { isObject } from '../../../data/document.ts';
import type { Delivery, Envelope } from '../../delivery.ts';
import { type Fields, listAt, objectAt, put, textAt } from '../../fields.ts';
import { parseJson } from '../json.ts';

/** Event Hub messages and blobs carry a list of records. */
const records: Envelope = {
  fits: (record) => Array.isArray(record.records),
  signs: ['records'],
  open(record, delivery, opener) {
    const counter = delivery.counter ?? { next: 0 };
    for (const item of listAt(record, 'records') ?? []) opener.item(item, { ...delivery, counter });
  },
};

const OTHER_CATEGORY = 'Azure record of another category than kube-audit';

const diagnostic: Envelope = {
  fits: (record) =>
    typeof record.category === 'string' &&
    (isObject(record.properties) || typeof record.operationName === 'string'),
  signs: ['category'],
  open(record, delivery, opener) {
    const category = record.category as string;
    const log = objectAt(record, 'properties')?.log;
    if (!category.startsWith('kube-audit')) return opener.skip(OTHER_CATEGORY);
    const context = {
      ...delivery,
      ...azureContext(textAt(record, 'resourceId')),
      time: record.time,
      azure: record,
    };
    if (isObject(log)) opener.inner(log, { ...context, text: undefined });
    else if (typeof log === 'string') opener.line(log, context);
    else opener.refuse('INP013', delivery, 'the AKS record carries no properties.log', record);
  },
};

const azureContext = (resourceId: string | undefined): Pick<Delivery, 'provider' | 'cluster'> => ({
  provider: 'azure',
  cluster: /\/managedClusters\/([^/]+)/i.exec(resourceId ?? '')?.[1],
});

/** The columns of the tables AKSAudit and AKSAuditAdmin. */
const COLUMNS: Readonly<Record<string, string>> = {
  Level: 'level',
  AuditId: 'auditID',
  Stage: 'stage',
  RequestUri: 'requestURI',
  Verb: 'verb',
  User: 'user',
  ImpersonatedUser: 'impersonatedUser',
  SourceIps: 'sourceIPs',
  UserAgent: 'userAgent',
  ObjectRef: 'objectRef',
  ResponseStatus: 'responseStatus',
  RequestObject: 'requestObject',
  ResponseObject: 'responseObject',
  RequestReceivedTime: 'requestReceivedTimestamp',
  StageReceivedTime: 'stageTimestamp',
  Annotations: 'annotations',
};

const logAnalytics: Envelope = {
  fits: (record) => typeof record.AuditId === 'string' && typeof record.RequestUri === 'string',
  signs: ['AuditId'],
  open(record, delivery, opener) {
    const context = {
      ...delivery,
      ...azureContext(textAt(record, '_ResourceId')),
      time: record.TimeGenerated,
    };
    opener.inner(eventOfRow(record), { ...context, text: undefined });
  },
};

function eventOfRow(row: JsonObject): JsonObject {
  const event: Fields = { kind: 'Event', apiVersion: 'audit.k8s.io/v1' };
  for (const [column, field] of Object.entries(COLUMNS)) {
    const value = row[column];
    if (value !== undefined && value !== null && value !== '') put(event, field, dynamic(value));
  }
  return event;
}

/** Columns of the type `dynamic` are exported as texts. */
function dynamic(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const parsed = parseJson(value);
  return parsed.ok ? parsed.value : value;
}

/** The older table AzureDiagnostics keeps the event in one column. */
const azureDiagnostics: Envelope = {
  fits: (record) => typeof record.log_s === 'string' && typeof record.Category === 'string',
  signs: ['log_s'],
  open(record, delivery, opener) {
    if (!(record.Category as string).startsWith('kube-audit')) {
      return opener.skip(OTHER_CATEGORY);
    }
    const context = azureContext(textAt(record, '_ResourceId') ?? textAt(record, 'ResourceId'));
    opener.line(record.log_s as string, { ...delivery, ...context, time: record.TimeGenerated });
  },
};

export const azureEnvelopes: readonly Envelope[] = [records, diagnostic, logAnalytics, azureDiagnostics];
