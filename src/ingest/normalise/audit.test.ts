import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, documentsOf, lines, plain, readBytes } from '../../../tests/support/ingest.ts';
import { REDACTED } from './redact.ts';

const raw = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Request',
  auditID: '5f0e7a52-0c6b-4f6b-8a53-7d5d0f3f9d11',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/lab/pods?fieldManager=kubectl-create',
  verb: 'create',
  user: {
    username: 'root-proxy',
    uid: 'u-1',
    groups: ['proxies', 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/pod-name': ['proxy-7f'] },
  },
  impersonatedUser: { username: 'maria@corp.example', groups: ['corp:dev'] },
  sourceIPs: ['192.0.2.10', '2001:db8::1'],
  userAgent: 'kubectl/v1.33.2',
  objectRef: { resource: 'pods', namespace: 'lab', name: 'probe', apiGroup: '', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 201 },
  requestObject: {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'probe', creationTimestamp: null },
    spec: {
      containers: [
        { name: 'c', image: 'registry.example/tool:1', env: [{ name: 'A', value: '' }], args: ['', 'x'] },
      ],
      volumes: [
        { name: 'h', hostPath: { path: '/', type: '' } },
        { name: 't', emptyDir: {} },
      ],
    },
    status: {},
  },
  requestReceivedTimestamp: '2026-03-02T09:05:43.000137Z',
  stageTimestamp: '2026-03-02T09:05:43.012904Z',
  annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
};

test('an audit event becomes the document of the Kubernetes integration (kubernetes §3)', () => {
  assert.deepEqual(documentsOf(raw), [
    {
      '@timestamp': '2026-03-02T09:05:43.012904Z',
      data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
      ecs: { version: '8.11.0' },
      event: {
        kind: 'event',
        module: 'kubernetes',
        dataset: 'kubernetes.audit_logs',
        action: 'create',
        outcome: 'success',
      },
      user: { name: 'root-proxy', id: 'u-1', effective: { name: 'maria@corp.example' } },
      user_agent: { original: 'kubectl/v1.33.2' },
      source: { ip: ['192.0.2.10', '2001:db8::1'] },
      client: { ip: ['192.0.2.10', '2001:db8::1'] },
      related: { user: ['u-1', 'root-proxy'], ip: ['192.0.2.10', '2001:db8::1'] },
      orchestrator: {
        type: 'kubernetes',
        api_version: 'audit.k8s.io/v1',
        namespace: 'lab',
        resource: { type: 'pods', name: 'probe' },
      },
      kubernetes: {
        audit: {
          kind: 'Event',
          apiVersion: 'audit.k8s.io/v1',
          level: 'Request',
          auditID: '5f0e7a52-0c6b-4f6b-8a53-7d5d0f3f9d11',
          stage: 'ResponseComplete',
          requestURI: '/api/v1/namespaces/lab/pods?fieldManager=kubectl-create',
          verb: 'create',
          user: {
            username: 'root-proxy',
            uid: 'u-1',
            groups: ['proxies', 'system:authenticated'],
            extra: { 'authentication.kubernetes.io/pod-name': ['proxy-7f'] },
          },
          impersonatedUser: { username: 'maria@corp.example', groups: ['corp:dev'] },
          sourceIPs: ['192.0.2.10', '2001:db8::1'],
          userAgent: 'kubectl/v1.33.2',
          objectRef: { resource: 'pods', namespace: 'lab', name: 'probe', apiVersion: 'v1' },
          responseStatus: { code: 201 },
          requestObject: {
            kind: 'Pod',
            apiVersion: 'v1',
            spec: {
              containers: [
                { name: 'c', image: 'registry.example/tool:1', env: [{ name: 'A' }], args: ['x'] },
              ],
              volumes: [{ name: 'h', hostPath: { path: '/' } }, { name: 't' }],
            },
          },
          requestReceivedTimestamp: '2026-03-02T09:05:43.000137Z',
          stageTimestamp: '2026-03-02T09:05:43.012904Z',
          annotations: { 'authorization_k8s_io/decision': 'allow' },
        },
      },
    },
  ]);
});

test('an event with next to nothing in it is an event', () => {
  assert.deepEqual(documentsOf({ kind: 'Event', apiVersion: 'audit.k8s.io/v1' }, { cluster: 'prod' }), [
    {
      data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
      ecs: { version: '8.11.0' },
      event: { kind: 'event', module: 'kubernetes', dataset: 'kubernetes.audit_logs' },
      orchestrator: { type: 'kubernetes', api_version: 'audit.k8s.io/v1', cluster: { name: 'prod' } },
      kubernetes: { audit: { kind: 'Event', apiVersion: 'audit.k8s.io/v1' } },
    },
  ]);
});

test('fields of types that nobody expects neither throw nor leak into ECS fields', () => {
  const [document] = documentsOf(
    auditEvent({
      user: 'root',
      impersonatedUser: [1],
      sourceIPs: { a: 1 },
      userAgent: 7,
      objectRef: [{ resource: 'pods' }],
      annotations: ['x'],
      responseStatus: null,
      requestReceivedTimestamp: {},
      stageTimestamp: [],
      requestObject: 7,
      responseObject: true,
    }),
  );
  assert.deepEqual(document, {
    data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
    ecs: { version: '8.11.0' },
    event: { kind: 'event', module: 'kubernetes', dataset: 'kubernetes.audit_logs', action: 'get' },
    orchestrator: { type: 'kubernetes', api_version: 'audit.k8s.io/v1' },
    winnow: { request_text: '7', response_text: 'true' },
    kubernetes: {
      audit: {
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        level: 'Metadata',
        auditID: '0d6c1a3e-5a0b-4f0e-9a52-0f1de4b8a001',
        stage: 'ResponseComplete',
        requestURI: '/api/v1/namespaces/shop/configmaps/prices',
        verb: 'get',
        user: 'root',
        impersonatedUser: [1],
        sourceIPs: { a: 1 },
        userAgent: 7,
        objectRef: [{ resource: 'pods' }],
        annotations: ['x'],
      },
    },
  });
});

test('event.original is kept when asked for, without secrets', () => {
  const secret = auditEvent({ requestObject: { kind: 'Secret', stringData: { password: 'hunter2' } } });
  const [kept] = readBytes(lines(secret), { keepOriginal: true }).events;
  const event = plain(kept?.document.event) as { readonly original: string };
  assert.deepEqual(JSON.parse(event.original), {
    ...secret,
    requestObject: { kind: 'Secret', stringData: { password: REDACTED } },
  });
});

test('the document around an event keeps what the event does not say', () => {
  const shell = {
    '@timestamp': '2026-03-02T09:06:00.000Z',
    agent: { type: 'filebeat', id: 'a1' },
    data_stream: { type: 'logs', dataset: 'generic', namespace: 'prod' },
    event: { ingested: '2026-03-02T09:07:00Z', original: 'the line' },
    host: { name: 'node-1' },
    kubernetes: { node: { name: 'node-1' }, audit: auditEvent() },
  };
  const [document] = documentsOf(shell);
  assert.deepEqual(document, {
    '@timestamp': '2026-03-02T09:05:43.012904Z',
    agent: { type: 'filebeat', id: 'a1' },
    data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'prod' },
    ecs: { version: '8.11.0' },
    host: { name: 'node-1' },
    event: {
      ingested: '2026-03-02T09:07:00Z',
      created: '2026-03-02T09:06:00.000Z',
      kind: 'event',
      module: 'kubernetes',
      dataset: 'kubernetes.audit_logs',
      action: 'get',
      outcome: 'success',
    },
    user: { name: 'jane@corp.example' },
    user_agent: { original: 'kubectl/v1.33.2' },
    source: { ip: ['192.0.2.10'] },
    client: { ip: ['192.0.2.10'] },
    related: { user: ['jane@corp.example'], ip: ['192.0.2.10'] },
    orchestrator: {
      type: 'kubernetes',
      api_version: 'audit.k8s.io/v1',
      namespace: 'shop',
      resource: { type: 'configmaps', name: 'prices' },
    },
    kubernetes: {
      node: { name: 'node-1' },
      audit: {
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        level: 'Metadata',
        auditID: '0d6c1a3e-5a0b-4f0e-9a52-0f1de4b8a001',
        stage: 'ResponseComplete',
        requestURI: '/api/v1/namespaces/shop/configmaps/prices',
        verb: 'get',
        user: { username: 'jane@corp.example', groups: ['corp:ops', 'system:authenticated'] },
        sourceIPs: ['192.0.2.10'],
        userAgent: 'kubectl/v1.33.2',
        objectRef: { resource: 'configmaps', namespace: 'shop', name: 'prices', apiVersion: 'v1' },
        responseStatus: { code: 200 },
        requestReceivedTimestamp: '2026-03-02T09:05:43.000137Z',
        stageTimestamp: '2026-03-02T09:05:43.012904Z',
        annotations: { 'authorization_k8s_io/decision': 'allow' },
      },
    },
  });
});

test('a document that went through the pipeline once more is the same document', () => {
  const [once] = documentsOf(raw);
  assert.deepEqual(documentsOf(once), [once]);
});
