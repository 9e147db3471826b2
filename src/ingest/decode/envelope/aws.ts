/** How EKS hands over: CloudWatch subscriptions, what Lambda and Firehose make of them, and exports (kubernetes §2.1). */
import type { JsonObject, JsonValue } from '../../../data/document.ts';
import { isObject } from '../../../data/document.ts';
import type { Delivery, Envelope, Opener } from '../../delivery.ts';
import { listAt, objectAt, textAt } from '../../fields.ts';
import { payloadBytes } from './payload.ts';

const CONTROL_PLANE_GROUP = /^\/aws\/eks\/([^/]+)\/cluster$/;
export const AUDIT_STREAM = 'kube-apiserver-audit';

/** What the log group and the stream say; undefined for streams of a control plane that carry no audit events. */
export function controlPlane(
  group: string | undefined,
  stream: string | undefined,
): { readonly cluster?: string } | undefined {
  const cluster = CONTROL_PLANE_GROUP.exec(group ?? '')?.[1];
  if (cluster === undefined) return {};
  return stream === undefined || stream.startsWith(AUDIT_STREAM) ? { cluster } : undefined;
}

export const OTHER_STREAM = 'CloudWatch stream that carries no audit events';

/** A CloudWatch Logs subscription's message. */
const subscription: Envelope = {
  fits: (record) => typeof record.messageType === 'string' && Array.isArray(record.logEvents),
  signs: ['logEvents'],
  open(record, delivery, opener) {
    if (record.messageType !== 'DATA_MESSAGE') return opener.skip('CloudWatch control message');
    const stream = textAt(record, 'logStream');
    const place = controlPlane(textAt(record, 'logGroup'), stream);
    const context = { ...delivery, provider: 'aws' as const, account: textAt(record, 'owner'), ...place };
    openLogEvents(listAt(record, 'logEvents') ?? [], place === undefined, context, opener);
  },
};

/** What `aws logs filter-log-events` and `get-log-events` print. */
const logEvents: Envelope = {
  fits: (record) => {
    const first = listAt(record, 'events')?.[0];
    return isObject(first) && typeof first.message === 'string' && typeof first.timestamp === 'number';
  },
  signs: ['events'],
  open(record, delivery, opener) {
    const counter = delivery.counter ?? { next: 0 };
    for (const event of listAt(record, 'events') ?? []) {
      const stream = isObject(event) ? textAt(event, 'logStreamName') : undefined;
      const other = stream?.startsWith('kube-') === true && !stream.startsWith(AUDIT_STREAM);
      openLogEvents([event], other, { ...delivery, provider: 'aws', counter }, opener);
    }
  },
};

function openLogEvents(
  events: readonly JsonValue[],
  other: boolean,
  context: Delivery,
  opener: Opener,
): void {
  const delivery = { ...context, counter: context.counter ?? { next: 0 } };
  for (const event of events) {
    const message = isObject(event) ? textAt(event, 'message') : undefined;
    if (other) opener.skip(OTHER_STREAM);
    else if (message === undefined || !isObject(event)) {
      opener.refuse('INP013', delivery, 'a CloudWatch log event has no message', event);
    } else {
      opener.line(message, { ...delivery, time: event.timestamp });
    }
  }
}

/** What a Lambda function is called with. */
const lambda: Envelope = {
  fits: (record) => typeof objectAt(record, 'awslogs')?.data === 'string',
  signs: ['awslogs'],
  open: (record, delivery, opener) =>
    openPayload(objectAt(record, 'awslogs')?.data as string, record, delivery, opener),
};

/** What Firehose posts to an HTTP endpoint, and Kinesis to a Lambda function. */
const firehose: Envelope = {
  fits: (record) => {
    const first = (listAt(record, 'records') ?? listAt(record, 'Records'))?.[0];
    return isObject(first) && dataOf(first) !== undefined;
  },
  signs: ['records', 'Records'],
  open(record, delivery, opener) {
    const counter = delivery.counter ?? { next: 0 };
    for (const item of listAt(record, 'records') ?? listAt(record, 'Records') ?? []) {
      const data = isObject(item) ? dataOf(item) : undefined;
      const context = { ...delivery, counter };
      if (data === undefined) opener.refuse('INP013', context, 'a Firehose record has no data', item);
      else openPayload(data, item, context, opener);
    }
  },
};

const dataOf = (item: JsonObject): string | undefined =>
  textAt(item, 'data') ?? textAt(objectAt(item, 'kinesis') ?? {}, 'data');

function openPayload(data: string, record: JsonValue, delivery: Delivery, opener: Opener): void {
  const bytes = payloadBytes(data);
  if (bytes === undefined)
    opener.refuse('INP013', delivery, 'the payload is neither base64 nor gzip in base64', record);
  else opener.bytes(bytes, { ...delivery, provider: 'aws' });
}

export const awsEnvelopes: readonly Envelope[] = [subscription, lambda, firehose, logEvents];
