/**
 * Audit events in Azure's diagnostic records: as everywhere, with the record's fields beside them, and once more as the event
 * of Azure's platform logs that each also is. `normalise/aks.ts` makes their documents.
 */
import type { Scalar } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import { aksShape, PLATFORM_CONSTANTS } from '../../normalise/aks.ts';
import { AUDIT_PATH, CLUSTER_PATH, constantsOf, COPIES } from '../../normalise/audit-fields.ts';
import type { IngestOptions } from '../../types.ts';
import type { Companions, HandedValue } from './audit-bytes.ts';
import { auditBytesWith, auditSources, TIME_PATH } from './audit-bytes.ts';
import type { ByteCarrier, ByteShape } from './byte-shape.ts';
import type { Sources } from './layout.ts';
import { strictNode } from './carrier-nodes.ts';

/** All keys that such a record may have. */
const KEYS = [
  'category',
  'operationName',
  'resourceId',
  'serviceBuild',
  'time',
  'properties',
  'ccpNamespace',
  'Cloud',
  'Environment',
  'UnderlayClass',
  'UnderlayName',
  'level',
  'location',
  'tenantId',
];

/** Paths of facts of a diagnostic record. */
const FACTS = [
  'category',
  'operationName',
  'resourceId',
  'serviceBuild',
  'time',
  'properties.containerID',
  'properties.pod',
  'properties.stream',
] as const;
const factAt = (path: (typeof FACTS)[number]): number => FACTS.indexOf(path);

const METADATA = `${AUDIT_PATH}.aks_metadata`;
const PROPERTIES = 'azure.platformlogs.properties';
const LOG = `${PROPERTIES}.log`;

const whole = (to: string, from: (typeof FACTS)[number]): HandedValue => ({ to, from: factAt(from) });
const segment = (to: string, marker: string): HandedValue => ({
  to,
  from: factAt('resourceId'),
  segment: { marker: `/${marker}/`, rest: undefined },
});
const cluster = segment(CLUSTER_PATH, 'managedclusters');

const beside: Companions = {
  constants: new Map([...constantsOf(undefined), ['cloud.provider', 'azure']]),
  handed: [
    cluster,
    whole(`${METADATA}.category`, 'category'),
    whole(`${METADATA}.operation_name`, 'operationName'),
    whole(`${METADATA}.resource_id`, 'resourceId'),
    whole(`${METADATA}.service_build`, 'serviceBuild'),
    whole(`${METADATA}.container_id`, 'properties.containerID'),
    whole(`${METADATA}.pod`, 'properties.pod'),
    whole(`${METADATA}.stream`, 'properties.stream'),
    whole(`${METADATA}.time`, 'time'),
  ],
  replaced: METADATA,
};

const platform: Companions = {
  constants: PLATFORM_CONSTANTS,
  handed: [
    cluster,
    whole('event.action', 'operationName'),
    whole('azure.resource.id', 'resourceId'),
    segment('azure.resource.group', 'resourcegroups'),
    segment('azure.resource.name', 'managedclusters'),
    segment('azure.resource.provider', 'providers'),
    whole('azure.platformlogs.category', 'category'),
    whole('azure.platformlogs.operation_name', 'operationName'),
    whole(`${PROPERTIES}.containerID`, 'properties.containerID'),
    whole(`${PROPERTIES}.pod`, 'properties.pod'),
    whole(`${PROPERTIES}.stream`, 'properties.stream'),
  ],
};

/** A diagnostic record of an API server's audit log. */
export function aksRecord(interest: Interest, options: IngestOptions): ByteCarrier | undefined {
  const event = auditBytesWith(interest, options, beside);
  const second = auditBytesWith(interest, options, { ...platform, sourcesOf: platformSources });
  if (event === undefined || second === undefined) return undefined;
  const root = strictNode(...KEYS);
  const properties = root.child('properties');
  properties.strict = properties.noList = properties.noScalar = true;
  properties.child('log').carries = true;
  FACTS.forEach((path, fact) => (root.descend(path).fact = fact));
  return {
    root,
    facts: FACTS.length,
    fits: [{ fact: factAt('category'), kind: 'starts', text: 'kube-audit' }],
    others: undefined,
    isLine: false,
    shapes: [{ ...event, name: aksShape.name, second: asSecond(second) }],
  };
}

function asSecond(shape: ByteShape): ByteShape {
  const { outline } = shape;
  return {
    ...shape,
    name: aksShape.name,
    which: 1,
    outline: (textOf) => {
      const { identity, request } = outline(textOf);
      return { identity: ['azure', ...identity], request };
    },
  };
}

/** Everything that the document of a platform log can have at the path, but for what is handed to it. */
function platformSources(path: string, constants: ReadonlyMap<string, Scalar>): Sources {
  const said = auditSources(path, constants);
  if (path === TIME_PATH || ['event.outcome', 'source.ip'].includes(path)) return said;
  const below = COPIES.some(({ to }) => to === 'source.ip' && to.startsWith(`${path}.`)) ? said.below : [];
  const holds = [...constants.keys(), CLUSTER_PATH, LOG, 'azure.resource.id'];
  const own = {
    ...said,
    at: [],
    below,
    hasConstantBelow: holds.some((held) => `${held}.`.startsWith(`${path}.`)),
  };
  if (!path.startsWith(`${LOG}.`)) return { ...own, hasUnsurePresence: false };
  const inner = path.slice(LOG.length + 1);
  const audit = auditSources(`${AUDIT_PATH}.${inner}`, constants);
  // Its annotations keep the dots of their keys, and what is empty.
  if (inner === 'annotations' || inner.startsWith('annotations.'))
    return {
      ...audit,
      at: [{ from: 'annotations', altered: true }],
      hasUnsureValues: true,
      hasUnsurePresence: true,
    };
  return audit;
}
