/**
 * What carries records as texts, as its bytes show it: lines of Docker, messages of CloudWatch, records of
 * Azure, what shippers make of a line.
 * Only what holds nothing else that decides is known here; everything else is decoded.
 */
import type { Interest } from '../../../model/interest.ts';
import { auditShape } from '../../normalise/audit.ts';
import { CLUSTER_PATH, constantsOf } from '../../normalise/audit-fields.ts';
import type { IngestOptions } from '../../types.ts';
import { AUDIT_STREAM } from '../envelope/aws.ts';
import { aksRecord } from './aks-bytes.ts';
import { auditBytesWith } from './audit-bytes.ts';
import type { ByteCarrier, ByteShape } from './byte-shape.ts';
import { strictNode } from './carrier-nodes.ts';

/** `plain` are the shapes of records that nothing carries. */
export function carriersOf(
  plain: readonly ByteShape[],
  interest: Interest,
  options: IngestOptions,
): readonly ByteCarrier[] {
  if (!['auto', 'audit'].includes(options.shape)) return [];
  const inAws = auditBytesWith(interest, options, {
    constants: new Map([...constantsOf(undefined), ['cloud.provider', 'aws']]),
    handed: [
      { to: CLUSTER_PATH, from: LOG_GROUP, segment: { marker: GROUP_BEGINS, rest: GROUP_ENDS } },
      { to: 'cloud.account.id', from: OWNER },
    ],
  });
  return [
    dockerLine(plain),
    ...CARRYING_KEYS.map((key) => carrying(key, plain)),
    ...(inAws === undefined ? [] : [subscription([inAws])]),
    aksRecord(interest, options),
    eventList(plain),
  ]
    .filter((carrier) => carrier !== undefined)
    .filter(({ shapes }) => shapes.length > 0);
}

/** Of Docker, and of shippers that name the container it comes from. */
function dockerLine(shapes: readonly ByteShape[]): ByteCarrier {
  const root = strictNode('log', 'stream', 'time', 'attrs', 'kubernetes');
  root.child('log').carries = true;
  root.child('stream').fact = 0;
  return { root, facts: 1, fits: [{ fact: 0, kind: 'text' }], others: undefined, isLine: true, shapes };
}

const CARRYING_KEYS = ['message', 'log'] as const;

/** An event with what says where and when it was read, which becomes nothing of it. */
function carrying(key: string, shapes: readonly ByteShape[]): ByteCarrier {
  const root = strictNode(key, 'timestamp', 'time', 'date', 'ingestionTime', 'eventId', 'logStreamName');
  root.child(key).carries = true;
  return { root, facts: 0, fits: [], others: undefined, isLine: false, shapes };
}

const [LIST_KIND, ITEMS] = [0, 1] as const;

/** What an API server posts to a webhook. */
function eventList(shapes: readonly ByteShape[]): ByteCarrier {
  const root = strictNode('kind', 'apiVersion', 'metadata', 'items');
  root.child('kind').fact = LIST_KIND;
  const items = root.child('items');
  items.fact = ITEMS;
  items.noScalar = items.carries = items.carriesObjects = items.inexact.nested = true;
  return {
    root,
    facts: 2,
    fits: [
      { fact: LIST_KIND, kind: 'equal', text: 'EventList' },
      { fact: ITEMS, kind: 'list' },
    ],
    others: 'any',
    isLine: false,
    shapes: shapes.filter(({ name }) => name === auditShape.name).slice(0, 1),
  };
}

const [MESSAGE_TYPE, OWNER, LOG_GROUP, LOG_STREAM, LOG_EVENTS] = [0, 1, 2, 3, 4] as const;
/** `/aws/eks/CLUSTER/cluster` */
const [GROUP_BEGINS, GROUP_ENDS] = ['/aws/eks/', '/cluster'] as const;

/** A message of a subscription to CloudWatch, of a control plane's audit events. */
function subscription(shapes: readonly ByteShape[]): ByteCarrier {
  const keys = ['messageType', 'owner', 'logGroup', 'logStream', 'logEvents'];
  const root = strictNode(...keys, 'subscriptionFilters');
  keys.forEach((key, fact) => (root.child(key).fact = fact));
  const filters = root.child('subscriptionFilters');
  filters.noObject = true;
  const events = root.child('logEvents');
  events.strict = events.noScalar = events.carries = events.inexact.nested = true;
  for (const key of ['id', 'timestamp', 'ingestionTime']) events.child(key).noObject = true;
  events.child('message').carries = true;
  return {
    root,
    facts: keys.length,
    fits: [
      { fact: MESSAGE_TYPE, kind: 'equal', text: 'DATA_MESSAGE' },
      { fact: OWNER, kind: 'word' },
      { fact: LOG_GROUP, kind: 'starts', text: GROUP_BEGINS },
      { fact: LOG_STREAM, kind: 'starts', text: AUDIT_STREAM },
      { fact: LOG_EVENTS, kind: 'list' },
    ],
    others: 1,
    isLine: false,
    shapes,
  };
}
