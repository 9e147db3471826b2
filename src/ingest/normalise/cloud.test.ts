import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../data/document.ts';
import { auditEvent, documentsOf, lines, part, readBytes } from '../../../tests/support/ingest.ts';
import { objectPath } from './gke.ts';

const entry = (payload: JsonObject = {}, changes: JsonObject = {}): JsonObject => ({
  insertId: 'ins-1',
  logName: 'projects/acme/logs/cloudaudit.googleapis.com%2Factivity',
  severity: 'NOTICE',
  timestamp: '2026-03-02T09:05:43.100200Z',
  receiveTimestamp: '2026-03-02T09:05:44.000000Z',
  labels: {
    'authorization.k8s.io/decision': 'allow',
    'authorization.k8s.io/reason': '',
    'command.gke.io/command': 'sh',
  },
  operation: { id: 'op-1', producer: 'k8s.io', first: true },
  resource: { type: 'k8s_cluster', labels: { cluster_name: 'shop', location: 'eu', project_id: 'acme' } },
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    serviceName: 'k8s.io',
    methodName: 'io.k8s.core.v1.pods.exec.create',
    resourceName: 'core/v1/namespaces/shop/pods/cart/exec',
    authenticationInfo: { principalEmail: 'dev@acme.example', authoritySelector: 'boss@acme.example' },
    authorizationInfo: [
      {
        granted: true,
        permission: 'io.k8s.core.v1.pods.exec.create',
        resource: 'core/v1/namespaces/shop/pods/cart/exec',
      },
    ],
    requestMetadata: { callerIp: '198.51.100.7', callerSuppliedUserAgent: 'kubectl/v1.33.2' },
    request: { '@type': 'core.k8s.io/v1.PodExecOptions', metadata: { name: 'cart' }, stdin: true },
    ...payload,
  },
  ...changes,
});

test('an entry of a cluster becomes two events (kubernetes §2.2)', () => {
  const { events, shapes } = readBytes(lines(entry()));
  assert.deepEqual(Object.fromEntries(shapes), { gke: 1 });
  assert.equal(events[0]?.requestKey, events[1]?.requestKey);
  assert.notEqual(events[0]?.key, events[1]?.key);
  assert.deepEqual(documentsOf(entry()), [
    {
      '@timestamp': '2026-03-02T09:05:43.100200Z',
      data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
      ecs: { version: '8.11.0' },
      event: {
        kind: 'event',
        module: 'kubernetes',
        dataset: 'kubernetes.audit_logs',
        action: 'create',
        outcome: 'success',
      },
      user: { name: 'dev@acme.example', effective: { name: 'boss@acme.example' } },
      user_agent: { original: 'kubectl/v1.33.2' },
      source: { ip: ['198.51.100.7'] },
      client: { ip: ['198.51.100.7'] },
      related: { user: ['dev@acme.example'], ip: ['198.51.100.7'] },
      cloud: { provider: 'gcp', project: { id: 'acme' } },
      orchestrator: {
        type: 'kubernetes',
        api_version: 'audit.k8s.io/v1',
        namespace: 'shop',
        resource: { type: 'pods', name: 'cart' },
        cluster: { name: 'shop' },
      },
      kubernetes: {
        audit: {
          kind: 'Event',
          apiVersion: 'audit.k8s.io/v1',
          level: 'Request',
          auditID: 'op-1',
          stage: 'ResponseStarted',
          requestURI: '/api/v1/namespaces/shop/pods/cart/exec',
          verb: 'create',
          user: { username: 'dev@acme.example' },
          impersonatedUser: { username: 'boss@acme.example' },
          sourceIPs: ['198.51.100.7'],
          userAgent: 'kubectl/v1.33.2',
          objectRef: {
            resource: 'pods',
            namespace: 'shop',
            name: 'cart',
            subresource: 'exec',
            apiVersion: 'v1',
          },
          responseStatus: { code: 201 },
          requestObject: { stdin: true },
          requestReceivedTimestamp: '2026-03-02T09:05:43.100200Z',
          stageTimestamp: '2026-03-02T09:05:43.100200Z',
          annotations: { 'authorization_k8s_io/decision': 'allow', 'command_gke_io/command': 'sh' },
        },
      },
    },
    {
      '@timestamp': '2026-03-02T09:05:43.100200Z',
      data_stream: { type: 'logs', dataset: 'gcp.audit', namespace: 'default' },
      ecs: { version: '8.11.0' },
      event: {
        kind: 'event',
        module: 'gcp',
        dataset: 'gcp.audit',
        id: 'ins-1',
        action: 'io.k8s.core.v1.pods.exec.create',
        outcome: 'success',
        provider: 'activity',
        category: ['session', 'network', 'configuration'],
        type: ['start', 'access', 'allowed'],
      },
      cloud: { provider: 'gcp', project: { id: 'acme' } },
      client: { user: { email: 'dev@acme.example' } },
      user: { email: 'dev@acme.example' },
      source: { ip: '198.51.100.7' },
      user_agent: { original: 'kubectl/v1.33.2' },
      service: { name: 'k8s.io' },
      log: { logger: 'projects/acme/logs/cloudaudit.googleapis.com%2Factivity', level: 'NOTICE' },
      orchestrator: {
        type: 'kubernetes',
        api_version: 'v1',
        namespace: 'shop',
        resource: { type: 'pods', name: 'cart' },
        cluster: { name: 'shop' },
      },
      related: { ip: ['198.51.100.7'], user: ['dev@acme.example'] },
      gcp: {
        audit: {
          type: 'type.googleapis.com/google.cloud.audit.AuditLog',
          method_name: 'io.k8s.core.v1.pods.exec.create',
          service_name: 'k8s.io',
          resource_name: 'core/v1/namespaces/shop/pods/cart/exec',
          authentication_info: {
            principal_email: 'dev@acme.example',
            authority_selector: 'boss@acme.example',
          },
          authorization_info: [
            {
              permission: 'io.k8s.core.v1.pods.exec.create',
              granted: true,
              resource: 'core/v1/namespaces/shop/pods/cart/exec',
            },
          ],
          request_metadata: { caller_ip: '198.51.100.7', caller_supplied_user_agent: 'kubectl/v1.33.2' },
          labels: { 'authorization.k8s.io/decision': 'allow', 'command.gke.io/command': 'sh' },
          request: { '@type': 'core.k8s.io/v1.PodExecOptions', metadata: { name: 'cart' }, stdin: true },
        },
      },
    },
  ]);
});

test('both ends of a session share the request key', () => {
  const end = entry(
    {},
    { insertId: 'ins-2', timestamp: '2026-03-02T09:15:43Z', operation: { id: 'op-1', last: true } },
  );
  const [start, , finish, cloud] = readBytes(lines(entry(), end)).events;
  assert.equal(start?.requestKey, finish?.requestKey);
  const { category, type } = part(cloud?.document, 'event');
  assert.deepEqual(
    [category, type],
    [
      ['session', 'network', 'configuration'],
      ['end', 'access', 'allowed'],
    ],
  );
});

test('entries of the cloud’s own API are no audit events of a cluster', () => {
  const payload = {
    serviceName: 'container.googleapis.com',
    methodName: 'google.container.v1.ClusterManager.CreateCluster',
    resourceName: 'projects/acme/zones/eu/clusters/shop',
  };
  const [document, ...more] = documentsOf(entry(payload));
  assert.deepEqual(more, []);
  assert.deepEqual(document?.orchestrator, { type: 'kubernetes', cluster: { name: 'shop' } });
});

const decisions: readonly (readonly [string, JsonObject, JsonObject, unknown[]])[] = [
  [
    'denied by label',
    {},
    { labels: { 'authorization.k8s.io/decision': 'forbid' } },
    ['failure', 403, 'success'],
  ],
  [
    'denied by info',
    { authorizationInfo: [{ granted: false }] },
    { labels: {} },
    ['failure', 403, 'failure'],
  ],
  ['denied by status', { status: { code: 7, message: 'no' } }, {}, ['success', 403, 'failure']],
  ['not found', { status: { code: 5 } }, {}, ['success', 404, 'failure']],
  [
    'of two permissions',
    { authorizationInfo: [{ granted: true }, { granted: false }] },
    { labels: {} },
    ['failure', 403, 'unknown'],
  ],
  ['read', { methodName: 'io.k8s.core.v1.pods.list' }, {}, ['success', 200, 'success']],
];

for (const [name, payload, changes, expected] of decisions) {
  test(`outcome of an entry: ${name}`, () => {
    const [audit, cloud] = documentsOf(entry(payload, changes));
    const code = part(audit, 'kubernetes.audit').responseStatus as JsonObject;
    assert.deepEqual([part(audit, 'event').outcome, code.code, part(cloud, 'event').outcome], expected);
  });
}

test('callers that are no addresses stay in the fields that are none', () => {
  const [audit, cloud] = documentsOf(entry({ requestMetadata: { callerIp: 'gce-internal-ip' } }));
  assert.deepEqual([audit?.source, cloud?.source], [undefined, undefined]);
  assert.deepEqual(part(audit, 'kubernetes.audit').sourceIPs, ['gce-internal-ip']);
});

test('resource names are taken apart', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['readyz', undefined],
    [
      'core/v1/namespaces/shop',
      {
        group: 'core',
        version: 'v1',
        resource: 'namespaces',
        name: 'shop',
        namespace: 'shop',
        subresource: undefined,
      },
    ],
    [
      'core/v1/namespaces/shop/finalize',
      {
        group: 'core',
        version: 'v1',
        resource: 'namespaces',
        name: 'shop',
        namespace: 'shop',
        subresource: 'finalize',
      },
    ],
    [
      'core/v1/nodes/n1/proxy',
      {
        group: 'core',
        version: 'v1',
        resource: 'nodes',
        name: 'n1',
        namespace: undefined,
        subresource: 'proxy',
      },
    ],
    [
      'rbac.authorization.k8s.io/v1/clusterroles',
      {
        group: 'rbac.authorization.k8s.io',
        version: 'v1',
        resource: 'clusterroles',
        name: undefined,
        namespace: undefined,
        subresource: undefined,
      },
    ],
    [
      'apps/v1/namespaces/shop/deployments/cart/scale',
      {
        group: 'apps',
        version: 'v1',
        namespace: 'shop',
        resource: 'deployments',
        name: 'cart',
        subresource: 'scale',
      },
    ],
  ];
  for (const [name, expected] of rows) assert.deepEqual(objectPath(name), expected, name);
});

test('an AKS record becomes two events (kubernetes §2.3)', () => {
  const log = auditEvent({ requestObject: { kind: 'Secret', data: { a: 'x' } } });
  const record = {
    category: 'kube-audit-admin',
    operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
    resourceId:
      '/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/SHOP',
    serviceBuild: 'na',
    time: '2026-03-02T09:05:43.02Z',
    properties: { log: JSON.stringify(log), pod: 'kube-apiserver-1', stream: 'stdout', containerID: 'c1' },
  };
  const [kubernetes, platform] = documentsOf(record);
  assert.deepEqual(part(kubernetes, 'kubernetes.audit').aks_metadata, {
    category: 'kube-audit-admin',
    operation_name: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
    resource_id: record.resourceId,
    service_build: 'na',
    container_id: 'c1',
    pod: 'kube-apiserver-1',
    stream: 'stdout',
    time: '2026-03-02T09:05:43.02Z',
  });
  assert.deepEqual(platform, {
    '@timestamp': '2026-03-02T09:05:43.012904Z',
    data_stream: { type: 'logs', dataset: 'azure.platformlogs', namespace: 'default' },
    ecs: { version: '8.11.0' },
    event: {
      kind: 'event',
      module: 'azure',
      dataset: 'azure.platformlogs',
      action: record.operationName,
      outcome: 'success',
    },
    cloud: { provider: 'azure' },
    azure: {
      resource: { id: record.resourceId, group: 'RG', name: 'SHOP', provider: 'MICROSOFT.CONTAINERSERVICE' },
      platformlogs: {
        category: 'kube-audit-admin',
        operation_name: record.operationName,
        properties: {
          log: {
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
            requestObject: { kind: 'Secret', data: { a: '[redacted]' } },
            requestReceivedTimestamp: '2026-03-02T09:05:43.000137Z',
            stageTimestamp: '2026-03-02T09:05:43.012904Z',
            annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
          },
          containerID: 'c1',
          pod: 'kube-apiserver-1',
          stream: 'stdout',
        },
      },
    },
    source: { ip: ['192.0.2.10'] },
    orchestrator: { cluster: { name: 'SHOP' } },
  });
});
