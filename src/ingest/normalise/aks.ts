/**
 * Audit events out of Azure's diagnostic records (kubernetes §2.3). Like those of GKE they become two events: the
 * Kubernetes integration's document with the record's fields in `aks_metadata`, and the one of Azure's platform logs.
 */
import type { JsonObject, Scalar } from '../../data/document.ts';
import { type Fields, objectAt, present, some, textAt } from '../fields.ts';
import { ECS_VERSION } from './audit-fields.ts';
import { auditEvent, isLeftOut, REQUEST_RECEIVED } from './audit.ts';
import { AUDIT_SIGNS, isAuditEvent } from './recognise.ts';
import type { NormalisedEvent, SignedShape } from './shape.ts';

export const aksShape: SignedShape = {
  name: 'aks',
  fits: (record, delivery) => delivery.azure !== undefined && isAuditEvent(record),
  signs: AUDIT_SIGNS,
  normalise(record, delivery, options) {
    if (isLeftOut(record, options)) return REQUEST_RECEIVED;
    const azure = delivery.azure ?? {};
    const annotations = objectAt(record, 'annotations');
    const event = auditEvent(record as Fields, delivery, options);
    const audit = objectAt(event.document, 'kubernetes')?.audit as Fields;
    const platform = platformEvent(event, azure, {
      ...audit,
      ...(annotations === undefined ? {} : { annotations }),
    });
    audit.aks_metadata = metadataOf(azure);
    return [event, platform];
  },
  hasIdentity: () => true,
  keyedByContent: false,
};

function metadataOf(azure: JsonObject): Fields {
  const properties = objectAt(azure, 'properties') ?? {};
  return present({
    category: textAt(azure, 'category'),
    operation_name: textAt(azure, 'operationName'),
    resource_id: textAt(azure, 'resourceId'),
    service_build: textAt(azure, 'serviceBuild'),
    container_id: textAt(properties, 'containerID'),
    pod: textAt(properties, 'pod'),
    stream: textAt(properties, 'stream'),
    time: textAt(azure, 'time'),
  });
}

const PLATFORM_DATASET = 'azure.platformlogs';
const PLATFORM_STREAM = Object.freeze({ type: 'logs', dataset: PLATFORM_DATASET, namespace: 'default' });
const PLATFORM_EVENT = Object.freeze({ kind: 'event', module: 'azure', dataset: PLATFORM_DATASET });
const CLOUD = Object.freeze({ provider: 'azure' });

/** What every document of a platform log has, by path. */
export const PLATFORM_CONSTANTS: ReadonlyMap<string, Scalar> = new Map(
  Object.entries({
    data_stream: PLATFORM_STREAM,
    ecs: ECS_VERSION,
    event: PLATFORM_EVENT,
    cloud: CLOUD,
  }).flatMap(([name, object]) => Object.entries(object).map(([key, value]) => [`${name}.${key}`, value])),
);

/** The audit event keeps its own names below `properties.log`. */
function platformEvent(event: NormalisedEvent, azure: JsonObject, log: JsonObject): NormalisedEvent {
  const properties = objectAt(azure, 'properties') ?? {};
  const document = present({
    '@timestamp': event.document['@timestamp'],
    data_stream: PLATFORM_STREAM,
    ecs: ECS_VERSION,
    event: present({
      ...PLATFORM_EVENT,
      action: textAt(azure, 'operationName'),
      outcome: objectAt(event.document, 'event')?.outcome,
    }),
    cloud: CLOUD,
    azure: present({
      resource: resourceOf(textAt(azure, 'resourceId') ?? ''),
      platformlogs: present({
        category: textAt(azure, 'category'),
        operation_name: textAt(azure, 'operationName'),
        properties: present({
          log,
          containerID: textAt(properties, 'containerID'),
          pod: textAt(properties, 'pod'),
          stream: textAt(properties, 'stream'),
        }),
      }),
    }),
    source: event.document.source,
    orchestrator: some({ cluster: objectAt(event.document, 'orchestrator')?.cluster }),
  });
  return { ...event, document, identity: ['azure', ...event.identity] };
}

function resourceOf(id: string): Fields | undefined {
  const part = (name: string) => new RegExp(`/${name}/([^/]+)`, 'i').exec(id)?.[1];
  return some({
    id: id === '' ? undefined : id,
    group: part('resourceGroups'),
    name: part('managedClusters'),
    provider: part('providers'),
  });
}
