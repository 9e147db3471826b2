/** The traps of kubernetes §8 that lie on the way in, by their numbers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonObject, type Scalar, valuesAt } from '../data/document.ts';
import { accountOf, auditEvent, lines, readBytes, type ReadOptions } from '../../tests/support/ingest.ts';

interface Trap extends ReadOptions {
  readonly number: number | string;
  readonly name: string;
  readonly input: string;
  /** What lies at these paths of the first event. */
  readonly values?: Readonly<Record<string, readonly Scalar[]>>;
  readonly account?: Partial<ReturnType<typeof accountOf>>;
}

const one = { records: 1, events: 1, shapes: { 'kubernetes.audit': 1 } };
const started: JsonObject = { stage: 'ResponseStarted', stageTimestamp: '2026-03-02T09:05:43.005000Z' };
const received: JsonObject = {
  stage: 'RequestReceived',
  stageTimestamp: '2026-03-02T09:05:43.000137Z',
  responseStatus: undefined,
  annotations: undefined,
};
const id = '0d6c1a3e-5a0b-4f0e-9a52-0f1de4b8a001';
const exec = {
  ...auditEvent(),
  requestURI:
    '/api/v1/namespaces/shop/pods/cart/exec?command=sh&command=-c&command=cat+%2Fetc%2Fpasswd&stdout=true',
};

const traps: readonly Trap[] = [
  {
    number: 1,
    name: 'both stages of a request are kept',
    input: lines(auditEvent(started), auditEvent()),
    values: { 'kubernetes.audit.stage': ['ResponseStarted'] },
    account: { records: 2, events: 2, shapes: { 'kubernetes.audit': 2 } },
  },
  {
    number: 2,
    name: 'RequestReceived goes',
    input: lines(auditEvent(received), auditEvent()),
    account: {
      records: 2,
      events: 1,
      skipped: { 'RequestReceived stage': 1 },
      shapes: { 'kubernetes.audit': 1 },
    },
  },
  {
    number: 2,
    name: 'RequestReceived stays when asked for',
    keepRequestReceived: true,
    input: lines(auditEvent(received), auditEvent()),
    values: { 'kubernetes.audit.stage': ['RequestReceived'], 'event.outcome': [] },
    account: { records: 2, events: 2, shapes: { 'kubernetes.audit': 2 } },
  },
  {
    number: 3,
    name: 'a failed login has an empty user and no decision',
    input: lines(
      auditEvent({
        ...started,
        user: {},
        annotations: undefined,
        responseStatus: { code: 401, message: 'Authentication failed, attempted: bearer' },
      }),
    ),
    values: { 'user.name': [], 'event.outcome': [], 'kubernetes.audit.responseStatus.code': [401] },
    account: one,
  },
  {
    number: 4,
    name: 'a denied impersonation has neither impersonated user nor decision',
    input: lines(auditEvent({ annotations: undefined, responseStatus: { code: 403 } })),
    values: { 'user.effective.name': [], 'event.outcome': [] },
    account: one,
  },
  {
    number: 5,
    name: 'the outcome is the authorisation’s',
    input: lines(auditEvent({ responseStatus: { code: 404 } })),
    values: { 'event.outcome': ['success'] },
    account: one,
  },
  {
    number: 5,
    name: 'a forbidden request failed',
    input: lines(auditEvent({ annotations: { 'authorization.k8s.io/decision': 'forbid' } })),
    values: { 'event.outcome': ['failure'] },
    account: one,
  },
  {
    number: 6,
    name: 'annotations lose their dots, extra keys do not',
    input: lines(
      auditEvent({
        annotations: { 'pod-security.kubernetes.io/enforce-policy': 'baseline:v1.33' },
        user: { username: 'u', extra: { 'authentication.kubernetes.io/pod-name': ['cart'] } },
      }),
    ),
    values: {
      'kubernetes.audit.annotations.pod-security_kubernetes_io/enforce-policy': ['baseline:v1.33'],
      'kubernetes.audit.user.extra.authentication.kubernetes.io/pod-name': ['cart'],
    },
    account: one,
  },
  {
    number: 7,
    name: 'rules flatten',
    input: lines(
      auditEvent({
        responseObject: {
          rules: [
            { verbs: ['get'], resources: ['pods'] },
            { verbs: ['*'], resources: ['secrets'] },
          ],
        },
      }),
    ),
    values: {
      'kubernetes.audit.responseObject.rules.verbs': ['get', '*'],
      'kubernetes.audit.responseObject.rules.resources': ['pods', 'secrets'],
    },
    account: one,
  },
  {
    number: '8, 9',
    name: 'all source addresses stay, in their order',
    input: lines(auditEvent({ sourceIPs: ['127.0.0.1', '198.51.100.23'] })),
    values: {
      'source.ip': ['127.0.0.1', '198.51.100.23'],
      'kubernetes.audit.sourceIPs': ['127.0.0.1', '198.51.100.23'],
    },
    account: one,
  },
  {
    number: '8, 9',
    name: 'one address that is none spoils the address fields only',
    input: lines(auditEvent({ sourceIPs: ['unknown', '198.51.100.23'] })),
    values: {
      'source.ip': [],
      'client.ip': [],
      'related.ip': [],
      'kubernetes.audit.sourceIPs': ['unknown', '198.51.100.23'],
    },
    account: one,
  },
  {
    number: 10,
    name: 'Go’s escapes in JSON are gone, those of the URI stay',
    input: lines(JSON.stringify(exec).replaceAll('&', '\\u0026')),
    values: { 'kubernetes.audit.requestURI': [exec.requestURI] },
    account: one,
  },
  {
    number: 12,
    name: 'the level is what the event says',
    input: lines(auditEvent({ level: 'RequestResponse' })),
    values: { 'kubernetes.audit.level': ['RequestResponse'] },
    account: one,
  },
  {
    number: 14,
    name: 'pod templates keep their place',
    input: lines(
      auditEvent({
        requestObject: {
          spec: {
            template: {
              spec: { hostPID: true, initContainers: [{ securityContext: { privileged: true } }] },
            },
          },
        },
      }),
    ),
    values: {
      'kubernetes.audit.requestObject.spec.template.spec.hostPID': [true],
      'kubernetes.audit.requestObject.spec.template.spec.initContainers.securityContext.privileged': [true],
    },
    account: one,
  },
  {
    number: 15,
    name: 'a JSON patch is set aside, and can be found',
    input: lines(
      auditEvent({
        verb: 'patch',
        requestObject: [
          { op: 'add', path: '/spec/hostPID', value: true },
          { op: 'add', path: '/x', value: 'y' },
        ],
      }),
    ),
    values: {
      'kubernetes.audit.requestObject.path': [],
      'winnow.request_patch.path': ['/spec/hostPID', '/x'],
      'winnow.request_patch.value': [true, 'y'],
    },
    account: one,
  },
  {
    number: 15,
    name: 'a body that is a text is set aside, and can be found',
    input: lines(
      auditEvent({
        requestObject: 'skipped-too-big-size-object',
        responseObject: 'skipped-too-big-size-object',
      }),
    ),
    values: {
      'kubernetes.audit.requestObject': [],
      'winnow.request_text': ['skipped-too-big-size-object'],
      'winnow.response_text': ['skipped-too-big-size-object'],
    },
    account: one,
  },
  {
    number: 15,
    name: 'an event without its body says so',
    input: lines(auditEvent({ level: 'Request', annotations: { 'audit.k8s.io/truncated': 'true' } })),
    values: {
      'kubernetes.audit.annotations.audit_k8s_io/truncated': ['true'],
      'kubernetes.audit.level': ['Request'],
    },
    account: one,
  },
  {
    number: 15,
    name: 'lines that CloudWatch truncated are refused with their audit id',
    input: `${JSON.stringify(auditEvent()).slice(0, 400)}[Truncated...]\n${lines(auditEvent())}`,
    account: { records: 2, events: 1, refused: ['INP008 1'], shapes: { 'kubernetes.audit': 1 } },
  },
  {
    number: 15,
    name: 'lines that a container runtime split are whole again',
    input: lines(
      `2026-03-02T09:05:43Z stdout P ${JSON.stringify(auditEvent()).slice(0, 200)}`,
      `2026-03-02T09:05:43Z stdout F ${JSON.stringify(auditEvent()).slice(200)}`,
    ),
    values: { 'kubernetes.audit.auditID': [id] },
    account: one,
  },
  {
    number: 16,
    name: 'user.name is who authenticated; whom they act as is beside it',
    input: lines(auditEvent({ impersonatedUser: { username: 'maria' } })),
    values: {
      'user.name': ['jane@corp.example'],
      'user.effective.name': ['maria'],
      'related.user': ['jane@corp.example'],
    },
    account: one,
  },
  {
    number: 17,
    name: 'groups are a list, and may be missing',
    input: lines(auditEvent({ user: { username: 'u' } })),
    values: { 'kubernetes.audit.user.groups': [] },
    account: one,
  },
  {
    number: 18,
    name: 'user agents are taken as they are',
    input: lines(auditEvent({ userAgent: 'x kubernetes/$Format' })),
    values: { 'user_agent.original': ['x kubernetes/$Format'], 'user_agent.name': [] },
    account: one,
  },
  {
    number: 20,
    name: 'kube-audit-admin is read like kube-audit',
    input: lines({ category: 'kube-audit-admin', properties: { log: JSON.stringify(auditEvent()) } }),
    values: { 'kubernetes.audit.aks_metadata.category': ['kube-audit-admin'] },
    account: { records: 1, events: 2, shapes: { aks: 1 } },
  },
  {
    number: 21,
    name: 'event.original is absent',
    input: lines(auditEvent()),
    values: { 'event.original': [] },
    account: one,
  },
  {
    number: 22,
    name: 'empty values are no values',
    input: lines(
      auditEvent({
        requestObject: {
          spec: {
            volumes: [{ hostPath: { type: '', path: '/' } }, { emptyDir: {} }],
            a: [],
            b: [null, '', {}],
            c: 0,
            d: false,
          },
        },
      }),
    ),
    values: {
      'kubernetes.audit.annotations.authorization_k8s_io/reason': [],
      'kubernetes.audit.requestObject.spec.volumes.hostPath.type': [],
      'kubernetes.audit.requestObject.spec.volumes.hostPath.path': ['/'],
      'kubernetes.audit.requestObject.spec.c': [0],
      'kubernetes.audit.requestObject.spec.d': [false],
    },
    account: one,
  },
  {
    number: 22,
    name: 'metadata of bodies goes',
    input: lines(auditEvent({ requestObject: { metadata: { labels: { a: 'b' } }, spec: { a: 1 } } })),
    values: { 'kubernetes.audit.requestObject.metadata.labels.a': [] },
    account: one,
  },
  {
    number: 23,
    name: 'one audit id for two requests hides neither',
    input: lines(auditEvent(), auditEvent({ requestURI: '/api/v1/secrets' })),
    account: { records: 2, events: 2, shapes: { 'kubernetes.audit': 2 } },
  },
  {
    number: 23,
    name: 'the time is the stage’s',
    input: lines(auditEvent()),
    values: { '@timestamp': ['2026-03-02T09:05:43.012904Z'] },
    account: one,
  },
  {
    number: 24,
    name: 'secrets are redacted',
    input: lines(auditEvent({ requestObject: { kind: 'Secret', data: { a: 'c2VjcmV0' } } })),
    values: { 'kubernetes.audit.requestObject.data.a': ['[redacted]'] },
    account: one,
  },
  {
    number: 25,
    name: 'argv[0], user ids and container ids of the runtime',
    input: lines({
      process_exec: {
        process: {
          exec_id: 'e',
          uid: 0,
          binary: '/bin/ls',
          arguments: '-l',
          flags: 'execve',
          pod: { container: { id: 'containerd://abc' } },
        },
      },
      node_name: 'n',
      time: '2026-03-02T09:05:43Z',
    }),
    values: {
      'process.args': ['ls', '-l'],
      'user.id': ['0'],
      'container.id': ['abc'],
      'process.interactive': [],
    },
    account: { records: 1, events: 1, shapes: { tetragon: 1 } },
  },
  {
    number: 25,
    name: 'the inventory at the start of the sensor is no exec',
    input: lines({ process_exec: { process: { binary: '/bin/ls', flags: 'procFS auid' } }, node_name: 'n' }),
    account: { records: 1, events: 0, skipped: { 'Tetragon procFS inventory': 1 } },
  },
];

for (const { number, name, input, values = {}, account, ...options } of traps) {
  test(`trap ${number}: ${name}`, () => {
    const batch = readBytes(input, options);
    const document = batch.events[0]?.document ?? {};
    const found = Object.fromEntries(Object.keys(values).map((path) => [path, valuesAt(document, path)]));
    assert.deepEqual(found, values);
    assert.deepEqual(accountOf(batch), { refused: [], skipped: {}, shapes: {}, repaired: {}, ...account });
  });
}

test('trap 15: the refusal names the audit id', () => {
  const { refusals } = readBytes(`${JSON.stringify(auditEvent()).slice(0, 400)}[Truncated...]\n`);
  assert.deepEqual(
    refusals.map(({ message }) => message),
    [`CloudWatch truncated the event with the audit id ${id}`],
  );
});
