import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { auditEvent, documentsOf, lines, part, readBytes } from '../../../tests/support/ingest.ts';
import { REDACTED } from './redact.ts';

const S = 'c2VjcmV0';
const R = REDACTED;
const applied = 'kubectl.kubernetes.io/last-applied-configuration';

interface Row {
  readonly name: string;
  readonly body: JsonValue;
  /** The body that is left in the document, and what of it was set aside. */
  readonly left?: JsonValue;
  readonly aside?: JsonValue;
}

const rows: readonly Row[] = [
  {
    name: 'a secret',
    body: { kind: 'Secret', data: { a: S, b: S }, stringData: { c: S }, type: 'Opaque' },
    left: { kind: 'Secret', data: { a: R, b: R }, stringData: { c: R }, type: 'Opaque' },
  },
  {
    name: 'a config map',
    body: { kind: 'ConfigMap', data: { 'app.conf': S }, binaryData: { x: S } },
    left: { kind: 'ConfigMap', data: { 'app.conf': R }, binaryData: { x: R } },
  },
  { name: 'data of another type', body: { kind: 'X', data: S }, left: { kind: 'X', data: R } },
  {
    name: 'a list of secrets',
    body: {
      kind: 'SecretList',
      items: [{ data: { a: S }, metadata: { name: 'n', annotations: { [applied]: S } } }],
    },
    left: {
      kind: 'SecretList',
      items: [{ data: { a: R }, metadata: { name: 'n', annotations: { [applied]: R } } }],
    },
  },
  {
    name: 'a table',
    body: { kind: 'Table', rows: [{ cells: ['n'], object: { kind: 'Secret', data: { a: S } } }] },
    left: { kind: 'Table', rows: [{ cells: ['n'], object: { kind: 'Secret', data: { a: R } } }] },
  },
  {
    name: 'a token request',
    body: {
      kind: 'TokenRequest',
      spec: { audiences: ['a'] },
      status: { token: S, expirationTimestamp: 't' },
    },
    left: {
      kind: 'TokenRequest',
      spec: { audiences: ['a'] },
      status: { token: R, expirationTimestamp: 't' },
    },
  },
  {
    name: 'a token review',
    body: { kind: 'TokenReview', spec: { token: S } },
    left: { kind: 'TokenReview', spec: { token: R } },
  },
  {
    name: 'an annotation inside a template',
    body: {
      kind: 'Deployment',
      spec: { template: { metadata: { annotations: { [applied]: S, other: 'x' } } } },
    },
    left: {
      kind: 'Deployment',
      spec: { template: { metadata: { annotations: { [applied]: R, other: 'x' } } } },
    },
  },
  {
    name: 'a JSON patch',
    body: [
      { op: 'replace', path: '/data/password', value: S },
      { op: 'add', path: '/data', value: { a: S } },
      { op: 'add', path: `/metadata/annotations/${applied.replace('/', '~1')}`, value: S },
      { op: 'replace', path: '', value: { kind: 'Secret', data: { a: S } } },
      { op: 'add', path: '/metadata', value: { annotations: { [applied]: S } } },
      { op: 'add', path: '/spec/replicas', value: 3 },
    ],
    aside: {
      request_patch: [
        { op: 'replace', path: '/data/password', value: R },
        { op: 'add', path: '/data', value: { a: R } },
        { op: 'add', path: `/metadata/annotations/${applied.replace('/', '~1')}`, value: R },
        { op: 'replace', path: '', value: { kind: 'Secret', data: { a: R } } },
        { op: 'add', path: '/metadata', value: { annotations: { [applied]: R } } },
        { op: 'add', path: '/spec/replicas', value: 3 },
      ].map((operation) =>
        operation.path === '' ? { op: operation.op, value: operation.value } : operation,
      ),
    },
  },
  { name: 'a text', body: `{"kind":"Secret","data":{"a":"${S}"}}`, aside: { request_text: R } },
  {
    name: 'a text without secrets',
    body: 'skipped-too-big-size-object',
    aside: { request_text: 'skipped-too-big-size-object' },
  },
];

const auditOf = (document: JsonObject | undefined): JsonObject | undefined =>
  part(document, 'kubernetes.audit');

for (const { name, body, left, aside } of rows) {
  test(`redaction: ${name}, in a request`, () => {
    const [document] = documentsOf(auditEvent({ requestObject: body }));
    assert.deepEqual([auditOf(document)?.requestObject, document?.winnow], [left, aside]);
  });
}

const responses = rows.filter(({ aside }) => aside === undefined);
for (const { name, body, left } of responses) {
  test(`redaction: ${name}, in a response, in an EventList and in Google’s entries`, () => {
    const event = auditEvent({ responseObject: body });
    assert.deepEqual(auditOf(documentsOf({ kind: 'EventList', items: [event] })[0])?.responseObject, left);
    const entry = {
      insertId: 'i',
      protoPayload: { serviceName: 'k8s.io', methodName: 'io.k8s.core.v1.secrets.create', response: body },
    };
    const [synthetic, cloud] = documentsOf(entry);
    assert.deepEqual(auditOf(synthetic)?.responseObject, left);
    assert.deepEqual(part(cloud, 'gcp.audit').response, left);
  });
}

const secretIn = (document: JsonObject): boolean => JSON.stringify(document).includes(S);

test('redaction reaches documents that already are ECS, however their fields are written', () => {
  const time = '2026-03-02T09:05:43Z';
  const documents: readonly JsonObject[] = [
    { '@timestamp': time, 'kubernetes.audit.requestObject.data.password': S },
    { '@timestamp': time, kubernetes: { 'audit.requestObject': { stringData: { a: S } } } },
    { '@timestamp': time, kubernetes: { audit: { 'responseObject.status.token': S, level: 'Request' } } },
    {
      '@timestamp': time,
      event: { kind: 'event', original: `{"requestObject":{"data":{"a":"${S}"}}}` },
      kubernetes: { audit: { requestObject: { data: { a: S } } } },
    },
    {
      '@timestamp': time,
      event: { kind: 'event' },
      message: `{"data":"${S}"}`,
      gcp: { audit: { request: { data: { a: S } } } },
    },
    {
      '@timestamp': time,
      event: { kind: 'event' },
      azure: {
        platformlogs: {
          properties: { log: { requestObject: { metadata: { annotations: { [applied]: S } } } } },
        },
      },
    },
    {
      '@timestamp': time,
      event: { kind: 'event' },
      kubernetes: { audit: { requestObject: `{"data":{"a":"${S}"}}` } },
    },
  ];
  for (const document of documents) {
    const { events, refusals } = readBytes(lines(document));
    assert.deepEqual([events.length, refusals.length], [1, 0], JSON.stringify(document));
    assert.equal(secretIn(events[0]!.document), false, JSON.stringify(events[0]!.document));
  }
});

test('other documents keep their data', () => {
  const document = {
    '@timestamp': '2026-03-02T09:05:43Z',
    event: { kind: 'event' },
    registry: { data: { strings: [S] } },
    message: `"data":"${S}"`,
  };
  assert.deepEqual(documentsOf(document), [document]);
});

test('excerpts of refused records end before what may be secret', () => {
  const { refusals } = readBytes(
    lines(`{"kind":"Secret","data":{"a":"${S}`, `{"x":"{\\"token\\": \\"${S}`, `Authorization: Bearer ${S}`),
  );
  assert.deepEqual(
    refusals.map(({ excerpt }) => excerpt),
    ['{"kind":"Secret",…', '{"x":"{…', 'Authorization: …'],
  );
});
