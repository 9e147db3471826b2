import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request } from '../../../../tests/support/engine.ts';
import type { JsonObject } from '../../../data/document.ts';
import { reasonOf } from './index.ts';

/** The standard request with other fields under `kubernetes.audit`. */
function audit(fields: JsonObject, others: JsonObject = {}): JsonObject {
  const standard = request();
  const { audit: known } = standard['kubernetes'] as { readonly audit: JsonObject };
  return { ...standard, ...others, kubernetes: { audit: { ...known, ...fields } } };
}

const ALICE = 'dev.alice (kubectl/v1.33.2 from 198.51.100.23)';
const FORBIDDEN = {
  annotations: { 'authorization_k8s_io/decision': 'forbid' },
  responseStatus: { code: 403, reason: 'Forbidden' },
};
const object = (resource: string, more: JsonObject = {}): JsonObject => ({
  objectRef: { resource, namespace: 'shop', name: 'cart', ...more },
});
const NAMELESS = { name: undefined };

test('requests', () => {
  const rows: readonly (readonly [JsonObject, string])[] = [
    [audit({}), `${ALICE} read pod shop/cart: allowed (200)`],
    [
      audit({ verb: 'get', ...object('secrets', { namespace: 'kube-system', name: 'token' }), ...FORBIDDEN }),
      `${ALICE} read secret kube-system/token: forbidden (403 Forbidden)`,
    ],
    [
      audit({ verb: 'list', ...object('secrets', NAMELESS) }),
      `${ALICE} listed secrets in shop: allowed (200)`,
    ],
    [
      audit({ verb: 'list', objectRef: { resource: 'secrets' } }),
      `${ALICE} listed secrets of the whole cluster: allowed (200)`,
    ],
    [audit({ verb: 'create', ...object('pods', NAMELESS) }), `${ALICE} created a pod in shop: allowed (200)`],
    ...['events', 'ingresses', 'users', 'unicorns', 'uploads'].map(
      (resource, index): readonly [JsonObject, string] => [
        audit({ verb: 'create', ...object(resource, NAMELESS) }),
        `${ALICE} created ${['an event', 'an ingress', 'a user', 'a unicorn', 'an upload'][index]} in shop: allowed (200)`,
      ],
    ),
    [
      audit({ verb: 'patch', objectRef: { resource: 'clusterroles', name: 'view' } }),
      `${ALICE} changed clusterrole view: allowed (200)`,
    ],
    [
      audit({ verb: 'update', ...object('pods', { subresource: 'status' }) }),
      `${ALICE} replaced status of pod shop/cart: allowed (200)`,
    ],
    [
      audit({
        ...object('pods', { subresource: 'exec' }),
        requestURI:
          '/api/v1/namespaces/shop/pods/cart/exec?command=sh&command=-c&command=cat+%2Fetc%2Fshadow&container=app&stdin=true',
        responseStatus: { code: 101 },
      }),
      `${ALICE} ran "sh -c 'cat /etc/shadow'" in pod shop/cart (container app): allowed (101)`,
    ],
    [
      audit({ ...object('pods', { subresource: 'exec' }), requestURI: '/x?command=%ZZ+a' }),
      `${ALICE} ran "'%ZZ a'" in pod shop/cart: allowed (200)`,
    ],
    [
      audit({ ...object('pods', { subresource: 'attach' }) }),
      `${ALICE} attached to pod shop/cart: allowed (200)`,
    ],
    [
      audit({ ...object('pods', { subresource: 'portforward' }) }),
      `${ALICE} forwarded a port to pod shop/cart: allowed (200)`,
    ],
    [
      audit({ verb: 'create', ...object('serviceaccounts', { subresource: 'token' }) }),
      `${ALICE} requested a token for serviceaccount shop/cart: allowed (200)`,
    ],
    [
      audit({ verb: 'get', objectRef: undefined, requestURI: '/metrics?x=1' }),
      `${ALICE} sent get /metrics: allowed (200)`,
    ],
    [
      audit({
        impersonatedUser: { username: 'system:admin' },
        responseStatus: { code: 409, reason: 'Conflict' },
      }),
      'dev.alice as system:admin (kubectl/v1.33.2 from 198.51.100.23) read pod shop/cart: allowed but failed (409 Conflict)',
    ],
    [
      audit({ sourceIPs: ['127.0.0.1', '203.0.113.7'] }),
      'dev.alice (kubectl/v1.33.2 from 203.0.113.7 claiming to forward for 127.0.0.1) read pod shop/cart: allowed (200)',
    ],
    [
      audit({ user: {}, annotations: undefined, responseStatus: { code: 401 } }, { user: undefined }),
      'an unauthenticated client (kubectl/v1.33.2 from 198.51.100.23) read pod shop/cart: not authenticated (401)',
    ],
    [
      audit({ responseStatus: undefined, annotations: undefined }),
      `${ALICE} read pod shop/cart: not yet answered`,
    ],
  ];
  for (const [document, reason] of rows) assert.equal(reasonOf(document), reason);
});

const POD: JsonObject = {
  user: { id: '0' },
  container: { name: 'cart', id: '551e161c47d8ff0eb665438a7bcd5b4e' },
  orchestrator: { namespace: 'shop', resource: { type: 'pod', name: 'cart-7c9d' } },
};

test('processes, files and connections', () => {
  const rows: readonly (readonly [JsonObject, string])[] = [
    [
      {
        ...POD,
        event: { category: ['process'], type: ['start'], action: 'exec' },
        process: {
          name: 'curl',
          args: ['curl', '-k', 'https://kubernetes.default'],
          parent: { name: 'bash' },
        },
      },
      'root ran "curl -k https://kubernetes.default" under bash in container cart of pod shop/cart-7c9d',
    ],
    [
      {
        event: { category: ['process'], type: ['end'] },
        process: { name: 'sleep' },
        user: { name: 'bob' },
        host: { name: 'node-a' },
      },
      'bob ended "sleep" on node-a',
    ],
    [
      {
        ...POD,
        event: { category: ['file'], type: ['creation'], action: 'creation' },
        process: { name: 'sh' },
        file: { path: '/etc/cron.d/x' },
      },
      'sh (root) created /etc/cron.d/x in container cart of pod shop/cart-7c9d',
    ],
    [
      {
        event: { category: ['network'], action: 'connection_attempted' },
        process: { name: 'nc' },
        destination: { ip: '203.0.113.9', port: 4444 },
        container: { id: '551e161c47d8ff0eb665438a7bcd5b4e' },
      },
      'nc talked to 203.0.113.9 port 4444 in container 551e161c47d8',
    ],
  ];
  for (const [document, reason] of rows) assert.equal(reasonOf(document), reason);
});

test('names of the language itself are words like any others', () => {
  assert.equal(
    reasonOf(audit({ verb: 'constructor', ...object('pods', { subresource: 'toString' }) })),
    `${ALICE} did constructor on toString of pod shop/cart: allowed (200)`,
  );
  assert.equal(
    reasonOf({ event: { category: 'process', action: 'valueOf' }, process: { name: 'ls' } }),
    'an unknown user ran "ls"',
  );
});

test('an audit event is told wherever an integration keeps it', () => {
  const { audit: event } = audit(FORBIDDEN)['kubernetes'] as { readonly audit: JsonObject };
  const annotations = { 'authorization.k8s.io/decision': 'forbid' };
  assert.equal(
    reasonOf({ azure: { platformlogs: { properties: { log: { ...event, annotations } } } } }),
    'dev.alice (from 198.51.100.23) read pod shop/cart: forbidden (403 Forbidden)',
  );
});

test('any other event names what it has', () => {
  assert.equal(
    reasonOf({
      event: { action: 'ConsoleLogin', dataset: 'aws.cloudtrail', outcome: 'failure' },
      user: { name: 'alice' },
      source: { ip: '203.0.113.9' },
    }),
    'alice: aws.cloudtrail event ConsoleLogin from 203.0.113.9 (failure)',
  );
  assert.equal(
    reasonOf({
      event: { action: 'io.k8s.core.v1.pods.create', category: ['network'], outcome: 'success' },
      client: { user: { email: 'bob@example.com' } },
      gcp: { audit: { resource_name: 'core/v1/namespaces/shop/pods/cart' } },
    }),
    'bob@example.com: network event io.k8s.core.v1.pods.create on core/v1/namespaces/shop/pods/cart (success)',
  );
  assert.equal(reasonOf({ message: 'x' }), 'event');
});

test('a reason is one line of at most 240 characters whatever the event holds', () => {
  const long = 'x'.repeat(5000);
  const hostile = audit({
    userAgent: `a\u001b[2J${long}`,
    ...object('pods', { name: `${long}\n`, namespace: long, subresource: 'exec' }),
    requestURI: `/x?command=${long}&container=${long}`,
    sourceIPs: [long, long],
    responseStatus: { code: 101, reason: long },
  });
  const reason = reasonOf(hostile);
  assert.equal(Array.from(reason).length, 240);
  assert.doesNotMatch(reason, /\p{C}/u);
  assert.match(reason, /^dev\.alice \(a\\u\{1b\}\[2J/);
});

test('anomalies', () => {
  const anomaly = { job_id: 'rare_process', result_type: 'record', record_score: 92.345 };
  const rows: readonly (readonly [JsonObject, string])[] = [
    [anomaly, 'anomaly of score 92.3 in job rare_process: something unusual'],
    [
      {
        ...anomaly,
        function: 'rare',
        by_field_name: 'process.name',
        by_field_value: 'nc',
        partition_field_name: 'host.name',
        partition_field_value: 'node b1',
        actual: [1],
        typical: [0.000123456],
        influencers: [
          { influencer_field_name: 'process.name', influencer_field_values: ['nc'] },
          { influencer_field_name: 'user.name', influencer_field_values: ['eve', 'bob'] },
        ],
      },
      'anomaly of score 92.3 in job rare_process: rare by process.name nc in host.name "node b1": 1 where 0.000123 is ' +
        'typical; influenced by user.name eve, user.name bob',
    ],
    [
      {
        ...anomaly,
        function: 'high_mean',
        field_name: 'destination.bytes',
        over_field_name: 'user.name',
        over_field_value: 'eve\n',
        actual: [123456.7],
      },
      'anomaly of score 92.3 in job rare_process: high_mean of destination.bytes over user.name eve\\n: 123457',
    ],
  ];
  for (const [document, reason] of rows) assert.equal(reasonOf(document), reason);
});
