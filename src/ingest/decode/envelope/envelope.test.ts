import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type JsonObject, valuesAt } from '../../../data/document.ts';
import {
  accountOf,
  auditEvent,
  documentsOf,
  lines,
  placeOf,
  readBytes,
  type ReadOptions,
} from '../../../../tests/support/ingest.ts';

const event = (auditID: string, changes: JsonObject = {}): JsonObject => auditEvent({ auditID, ...changes });
const text = (auditID: string): string => JSON.stringify(event(auditID));
const base64 = (value: string | Buffer): string => Buffer.from(value as string).toString('base64');

const cloudWatch = (messages: readonly string[], changes: JsonObject = {}): JsonObject => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/eks/prod-eu1/cluster',
  logStream: 'kube-apiserver-audit-0a1b',
  subscriptionFilters: ['all'],
  logEvents: messages.map((message, index) => ({ id: String(index), timestamp: 1772442343012, message })),
  ...changes,
});

const azure = (log: unknown, changes: JsonObject = {}): JsonObject => ({
  category: 'kube-audit',
  operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
  resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/SHOP',
  time: '2026-03-02T09:05:43.02Z',
  properties: { log: log as string, pod: 'kube-apiserver-1', stream: 'stdout', containerID: 'c1' },
  ...changes,
});

const audit = (shape: string, count: number, records = count) => ({
  records,
  events: count,
  shapes: { [shape]: count },
});

interface Row extends ReadOptions {
  readonly name: string;
  readonly input: string | Buffer;
  /** `audit id, cluster, provider, place` of each Kubernetes event. */
  readonly found?: readonly string[];
  readonly account: Partial<ReturnType<typeof accountOf>>;
}

/** Two records of one length each, so that the second begins behind half of the text. */
const lists = JSON.stringify(['a', 'b'].map((id) => ({ kind: 'EventList', items: [event(id)] })));
const batches = ['a', 'b'].map((id) => JSON.stringify(cloudWatch([text(id)]))).join('');
const array = JSON.stringify(['a', 'b'].map((id) => ({ date: 1772442343.012, ...event(id) })));

const plainEvents = ['a - - 1', 'b - - 2'];

const rows: readonly Row[] = [
  {
    name: 'plain lines',
    input: lines(event('a'), event('b')),
    found: plainEvents,
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'EventList, whose items lack their types',
    input: lines({
      kind: 'EventList',
      apiVersion: 'audit.k8s.io/v1',
      metadata: {},
      items: [event('a', { kind: undefined, apiVersion: undefined }), event('b')],
    }),
    found: ['a - - 1#0', 'b - - 1#1'],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'a list of EventLists',
    input: lists,
    found: ['a - - 1@1#0', `b - - 1@${(lists.length + 1) / 2}#0`],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'Vector and webhook: `items` under the audit version',
    input: lines({ apiVersion: 'audit.k8s.io/v1', items: [event('a')], source_type: 'http_server' }),
    found: ['a - - 1#0'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'CloudWatch subscription',
    input: lines(cloudWatch([text('a'), text('b')])),
    found: ['a prod-eu1 aws 1#0', 'b prod-eu1 aws 1#1'],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'CloudWatch: control message, other stream, truncated and foreign lines',
    input: lines(
      { messageType: 'CONTROL_MESSAGE', logGroup: '', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] },
      cloudWatch(['time="x" level=info', text('z')], { logStream: 'authenticator-1' }),
      cloudWatch([
        `${text('t').slice(0, 300)}[Truncated...]`,
        'I0302 09:05:43.000000       1 main.go:1] hello',
        'gibberish',
        text('a'),
      ]),
    ),
    found: ['a prod-eu1 aws 3#3'],
    account: {
      records: 7,
      events: 1,
      refused: ['INP008 3#0', 'INP005 3#2'],
      skipped: {
        'CloudWatch control message': 1,
        'CloudWatch stream that carries no audit events': 2,
        'log line of a Kubernetes component (klog)': 1,
      },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    name: 'CloudWatch in a Lambda event',
    input: lines({ awslogs: { data: base64(gzipSync(JSON.stringify(cloudWatch([text('a')])))) } }),
    found: ['a prod-eu1 aws 1#0'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Firehose: packed and plain records, several in one',
    input: lines({
      requestId: 'r',
      timestamp: 1772442343012,
      records: [
        { data: base64(gzipSync(JSON.stringify(cloudWatch([text('a')])))) },
        { data: base64(JSON.stringify(cloudWatch([text('b')])) + JSON.stringify(cloudWatch([text('c')]))) },
        { data: '%' },
        {},
      ],
    }),
    found: ['a prod-eu1 aws 1#0', 'b prod-eu1 aws 1#1', 'c prod-eu1 aws 1#2'],
    account: {
      records: 5,
      events: 3,
      refused: ['INP013 1#3', 'INP013 1#4'],
      shapes: { 'kubernetes.audit': 3 },
    },
  },
  {
    name: 'S3: CloudWatch messages without anything between them',
    input: batches,
    found: ['a prod-eu1 aws 1#0', `b prod-eu1 aws 1@${batches.length / 2}#0`],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'CloudWatch export: the time in front',
    input: `2026-03-02T09:05:43.012Z ${text('a')}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'CloudWatch export: what stands in the record looks like a host and a program',
    input: `2026-03-02T09:05:43.012Z ${JSON.stringify({ ...auditEvent({ auditID: 'a', userAgent: 'kubectl/v1.33.2 (linux/amd64)' }), objectRef: { resource: 'pods' } })}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'syslog file',
    input: `Mar  2 09:05:43 node-1 kube-apiserver[812]: ${text('a')}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'syslog over the network, RFC 3164',
    input: `<13>Mar 12 09:05:43 node-1 kube-apiserver: ${text('a')}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'syslog over the network, RFC 5424',
    input: `<165>1 2026-03-02T09:05:43.012Z node-1 kube-apiserver 812 - [a@1 b="c"][d@1] ${text('a')}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'syslog file with precise times',
    input: `2026-03-02T09:05:43.012345+01:00 node-1 kube-apiserver[812]: ${text('a')}\n`,
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'filter-log-events',
    input: lines({
      events: [
        { logStreamName: 'kube-apiserver-audit-1', timestamp: 1, message: text('a') },
        { logStreamName: 'kube-scheduler-1', timestamp: 1, message: 'x' },
      ],
    }),
    found: ['a - aws 1#0'],
    account: {
      records: 2,
      events: 1,
      skipped: { 'CloudWatch stream that carries no audit events': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    name: 'AKS record',
    input: lines(azure(text('a'))),
    found: ['a SHOP azure 1'],
    account: { records: 1, events: 2, shapes: { aks: 1 } },
  },
  {
    name: 'AKS Event Hub message with other categories and broken logs',
    input: lines({
      records: [
        azure(text('a')),
        azure('I0302 text', { category: 'kube-apiserver' }),
        azure('{"kind":'),
        azure(null),
        azure(event('b'), { category: 'kube-audit-admin' }),
      ],
    }),
    found: ['a SHOP azure 1#0', 'b SHOP azure 1#3'],
    account: {
      records: 5,
      events: 4,
      refused: ['INP007 1#1', 'INP013 1#2'],
      skipped: { 'Azure record of another category than kube-audit': 1 },
      shapes: { aks: 2 },
    },
  },
  {
    name: 'Log Analytics rows, whose columns are texts',
    input: lines({
      TimeGenerated: '2026-03-02T09:05:44Z',
      AuditId: 'a',
      RequestUri: '/api',
      Verb: 'get',
      Level: 'Request',
      User: '{"username":"u"}',
      SourceIps: '["192.0.2.1"]',
      RequestObject: 'skipped-too-big-size-object',
      _ResourceId: '/x/managedClusters/shop',
    }),
    found: ['a shop azure 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'AzureDiagnostics rows',
    input: lines(
      { Category: 'kube-audit', log_s: text('a'), _ResourceId: '/x/managedClusters/shop' },
      { Category: 'guard', log_s: 'x' },
    ),
    found: ['a shop azure 1'],
    account: {
      records: 2,
      events: 1,
      skipped: { 'Azure record of another category than kube-audit': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    name: 'Pub/Sub push',
    input: lines(
      { message: { data: base64(text('a')), messageId: '1' }, subscription: 's' },
      { message: { data: '%' } },
    ),
    found: ['a - gcp 1#0'],
    account: { records: 2, events: 1, refused: ['INP013 2'], shapes: { 'kubernetes.audit': 1 } },
  },
  {
    name: 'OpenShift: nothing around the events',
    input: lines(event('a', { annotations: { 'authentication.openshift.io/decision': 'allow' } })),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'container runtime',
    input: lines(
      `2026-03-02T09:05:43.1Z stdout F ${text('a')}`,
      '2026-03-02T09:05:43.1Z stderr F E0302 09:05:43.000000  1 x.go:1] oh',
      '2026-03-02T09:05:43.1Z stdout F hello',
    ),
    found: ['a - - 1'],
    account: {
      records: 3,
      events: 1,
      refused: ['INP005 3'],
      skipped: { 'log line of a Kubernetes component (klog)': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    name: 'container runtime: lines split and interleaved',
    input: lines(
      `2026-03-02T09:05:43.1Z stdout P ${text('a').slice(0, 100)}`,
      `2026-03-02T09:05:43.1Z stderr P ${text('b').slice(0, 50)}`,
      `2026-03-02T09:05:43.1Z stdout P ${text('a').slice(100, 200)}`,
      `2026-03-02T09:05:43.1Z stderr F ${text('b').slice(50)}`,
      `2026-03-02T09:05:43.1Z stdout F ${text('a').slice(200)}`,
      `2026-03-02T09:05:43.1Z stdout P ${text('c').slice(0, 9)}`,
    ),
    found: ['b - - 2', 'a - - 1'],
    account: { records: 3, events: 2, refused: ['INP016 6'], shapes: { 'kubernetes.audit': 2 } },
  },
  {
    name: 'Docker: lines split',
    input: lines(
      { log: text('a').slice(0, 99), stream: 'stdout', time: 't' },
      { log: `${text('b')}\n`, stream: 'stderr', time: 't' },
      { log: `${text('a').slice(99)}\n`, stream: 'stdout', time: 't' },
    ),
    found: ['b - - 2', 'a - - 1'],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'Fluent Bit with a parser',
    input: array,
    found: ['a - - 1@1', `b - - 1@${(array.length + 1) / 2}`],
    account: audit('kubernetes.audit', 2),
  },
  {
    name: 'Fluent Bit without a parser',
    input: lines({ date: 1772442343.012, log: text('a') }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Fluent Bit with the runtime’s tags',
    input: lines(
      { stream: 'stdout', logtag: 'P', log: text('a').slice(0, 20) },
      { stream: 'stdout', logtag: 'F', log: text('a').slice(20) },
    ),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Fluent Bit: a wrapped line in `log`',
    input: lines({ log: `2026-03-02T09:05:43.1Z stdout F ${text('a')}` }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Fluentd',
    input: lines({ log: text('a'), tag: 'audit' }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Vector',
    input: lines({
      message: text('a'),
      file: '/var/log/audit.log',
      host: 'n1',
      source_type: 'file',
      timestamp: '2026-03-02T09:06:00Z',
    }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Filebeat: message',
    input: lines({ '@timestamp': '2026-03-02T09:06:00Z', message: text('a'), agent: { type: 'filebeat' } }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Filebeat: json',
    input: lines({ '@timestamp': '2026-03-02T09:06:00Z', json: event('a') }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Elastic Agent, old: parsed at the edge',
    input: lines({
      '@timestamp': '2026-03-02T09:06:00Z',
      kubernetes: { audit: event('a', { annotations: { 'authorization_k8s_io/decision': 'allow' } }) },
      orchestrator: { cluster: { name: 'edge' } },
    }),
    found: ['a edge - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Elastic Agent, new: the line in event.original',
    input: lines({
      '@timestamp': '2026-03-02T09:06:00Z',
      event: { original: text('a') },
      data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'prod' },
    }),
    found: ['a - - 1'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'Elastic’s CloudWatch input',
    input: lines(
      {
        '@timestamp': '2026-03-02T09:06:00Z',
        message: text('a'),
        aws: { cloudwatch: { log_group: '/aws/eks/prod-eu1/cluster', log_stream: 'kube-apiserver-audit-1' } },
      },
      {
        '@timestamp': '2026-03-02T09:06:00Z',
        message: '{"x":1}',
        aws: { cloudwatch: { log_group: '/aws/eks/prod-eu1/cluster', log_stream: 'authenticator-1' } },
      },
    ),
    found: ['a prod-eu1 aws 1'],
    account: {
      records: 2,
      events: 1,
      skipped: { 'CloudWatch stream that carries no audit events': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    name: 'hits of a search',
    input: lines({
      hits: {
        hits: [
          { _id: 'i', _source: { '@timestamp': '2026-03-02T09:06:00Z', kubernetes: { audit: event('a') } } },
        ],
      },
    }),
    found: ['a - - 1#0'],
    account: audit('kubernetes.audit', 1),
  },
  {
    name: 'bulk format',
    input: lines(
      { create: { _index: 'logs' } },
      { '@timestamp': '2026-03-02T09:06:00Z', message: text('a') },
      { index: {} },
      { '@timestamp': '2026-03-02T09:06:01Z', process: { name: 'x' } },
    ),
    found: ['a - - 2', '- - - 4'],
    account: {
      records: 4,
      events: 2,
      skipped: { 'action line of the bulk format': 2 },
      shapes: { 'kubernetes.audit': 1, ecs: 1 },
    },
  },
  {
    name: 'an ECS document whose message is other JSON',
    input: lines(
      { '@timestamp': '2026-03-02T09:06:00Z', message: '{"level":"info"}' },
      { '@timestamp': '2026-03-02T09:06:00Z', message: '{"level":' },
    ),
    found: ['- - - 1', '- - - 2'],
    account: audit('ecs', 2),
  },
  {
    name: 'an ECS document that a pipeline made is not taken apart',
    input: lines({ '@timestamp': '2026-03-02T09:06:00Z', event: { kind: 'event', original: text('a') } }),
    found: ['- - - 1'],
    account: audit('ecs', 1),
  },
  {
    name: 'legacy lines',
    input: '2026-03-02T09:05:43Z AUDIT: id="1" stage="ResponseComplete" ip="192.0.2.1" method="get"\n',
    found: [],
    account: { records: 1, events: 0, refused: ['INP009 1'] },
  },
  {
    name: 'events of the core API are no audit events',
    input: lines({ kind: 'Event', apiVersion: 'v1', reason: 'Pulled', metadata: {} }),
    found: [],
    account: { records: 1, events: 0, refused: ['INP010 1'] },
  },
  {
    name: 'other JSON',
    input: lines({ a: 1 }, '7', '"x"', '[1]'),
    found: [],
    account: { records: 4, events: 0, refused: ['INP010 1', 'INP005 2', 'INP005 3', 'INP005 4'] },
  },
  {
    name: 'other JSON, forced',
    shape: 'ecs',
    input: lines({ a: 1 }, { message: text('a') }),
    found: ['- - - 1', '- - - 2'],
    account: audit('ecs', 2),
  },
  {
    name: 'audit events, forced',
    shape: 'audit',
    input: lines(cloudWatch([text('a')]), { '@timestamp': '2026-03-02T09:06:00Z', process: {} }),
    found: ['a prod-eu1 aws 1#0'],
    account: { records: 2, events: 1, refused: ['INP011 2'], shapes: { 'kubernetes.audit': 1 } },
  },
  {
    name: 'envelopes without end',
    input: lines(Array.from({ length: 30 }).reduce<unknown>((inner) => ({ records: [inner] }), event('a'))),
    found: [],
    account: { records: 1, events: 0, refused: ['INP012 1#0'] },
  },
  {
    name: 'lists without end',
    input: `${'['.repeat(50)}{"kind":"Event","verb":"get","requestObject":${'['.repeat(5000)}${']'.repeat(5000)}}${']'.repeat(50)}`,
    found: ['- - - 1@50'],
    account: {
      records: 1,
      events: 1,
      repaired: { 'values nested deeper than 200 levels left out': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
];

for (const { name, input, found = [], account, ...options } of rows) {
  test(`envelope: ${name}`, () => {
    const batch = readBytes(input, options);
    const places = batch.events
      .filter(({ document }) => valuesAt(document, 'data_stream.dataset')[0] !== 'azure.platformlogs')
      .map(({ document, origin }) => {
        const [id = '-', cluster = '-', provider = '-'] = [
          'kubernetes.audit.auditID',
          'orchestrator.cluster.name',
          'cloud.provider',
        ].map((path) => valuesAt(document, path)[0]);
        return `${String(id)} ${String(cluster)} ${String(provider)} ${placeOf(origin)}`;
      });
    assert.deepEqual(accountOf(batch), { refused: [], skipped: {}, shapes: {}, repaired: {}, ...account });
    assert.deepEqual(places, found);
  });
}

test('a hit tells the index that it comes from, and which fields are not indexed', () => {
  const hit = {
    _index: 'logs-endpoint.events.process-default',
    _id: 'i',
    _ignored: ['process.command_line'],
    _source: { '@timestamp': '2026-03-02T09:06:00Z' },
  };
  const [document] = documentsOf(hit);
  assert.deepEqual(document, {
    '@timestamp': '2026-03-02T09:06:00Z',
    _ignored: ['process.command_line'],
    _index: 'logs-endpoint.events.process-default',
  });
});
