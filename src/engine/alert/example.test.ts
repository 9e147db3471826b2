/** An alert about many events says the same whether it was given their examples or themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../../tests/support/engine.ts';
import type { JsonObject } from '../../data/document.ts';
import { makeSample } from '../../sample/index.ts';
import { Alerts } from './alerts.ts';
import { exampleOf } from './example.ts';

const alerts = new Alerts(ports);
const one = rule(isText('a', 'b'));
const finding = { kind: 'queryGroup', columns: { n: 2 }, group: '[]', from: 0, to: 1 } as const;

const sample = makeSample();
/** As the Kubernetes integration writes them: the raw event stands whole under `kubernetes.audit`. */
const audited = sample.audit.map((audit): JsonObject => ({ kubernetes: { audit } }));
const others: readonly JsonObject[] = [
  request(),
  {
    kubernetes: {
      audit: {
        ...(request()['kubernetes'] as { audit: JsonObject }).audit,
        requestObject: { spec: { a: ['x'] } },
      },
    },
    message: 'long',
  },
  { 'kubernetes.audit.verb': 'get', 'kubernetes.audit.objectRef.resource': 'pods', requestObject: 1 },
  { azure: { platformlogs: { properties: { log: { verb: 'list', responseObject: { items: [] } } } } } },
  {
    event: { original: '{}', action: 'x', category: ['network'] },
    destination: { domain: 'd', port: 1 },
    winlog: 1,
  },
  { dns: { question: { name: 'n' } }, event: { category: ['network'], action: 'lookup_requested' } },
  { file: { path: '/a', Ext: { original: { path: '/b' } } }, process: { name: 'p', env_vars: ['A=1'] } },
  { gcp: { audit: { resource_name: 'r' } }, client: { user: { email: 'e' } }, host: { hostname: 'h' } },
  { _id: '1', _index: 'i', kibana: { alert: { uuid: 'u', depth: 2, ancestors: [{ id: 'a', rule: 'r' }] } } },
];

test('alerts of examples are those of the events', () => {
  for (const document of [...audited.filter((_, i) => i % 20 === 0), ...sample.containers, ...others]) {
    const whole = event({ '@timestamp': '2026-01-01T00:00:00Z', ...document });
    const short = exampleOf(whole);
    assert.deepEqual(
      alerts.of({ rule: one, events: [short, short], finding }),
      alerts.of({ rule: one, events: [whole, whole], finding }),
    );
  }
});

test('bodies are left out, and the event itself stays as it is', () => {
  const document = {
    '@timestamp': '2026-01-01T00:00:00Z',
    kubernetes: {
      audit: { verb: 'create', requestObject: { a: 1 }, responseObject: { b: 2 } },
      labels: { c: '3' },
    },
    event: { original: 'text', action: 'x' },
    message: 'text',
  };
  const whole = event(document);
  const text = JSON.stringify(whole.document);
  assert.deepEqual(JSON.parse(JSON.stringify(exampleOf(whole).document)), {
    '@timestamp': '2026-01-01T00:00:00Z',
    kubernetes: { audit: { verb: 'create' } },
    event: { action: 'x' },
  });
  assert.equal(JSON.stringify(whole.document), text);
});
