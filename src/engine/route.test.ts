import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../data/document.ts';
import { backingIndexOf, indexNameOf } from './index-name.ts';
import { Router, fitsIndex } from './route.ts';

test('an event tells its index by `_index`, its data stream or its Beat, in this order', () => {
  const rows: readonly (readonly [JsonObject, string | undefined])[] = [
    [{ _index: 'own', data_stream: { dataset: 'a' }, agent: { type: 'filebeat' } }, 'own'],
    [{ _index: '.ds-logs-kubernetes.audit_logs-prod-2026.03.02-000001' }, 'logs-kubernetes.audit_logs-prod'],
    [{ _index: 'partial-.ds-logs-a-b-2026.03.02-000123' }, 'logs-a-b'],
    [{ _index: 'west:logs-a-b' }, 'logs-a-b'],
    [{ _index: '.internal.alerts-security.alerts-default-000007' }, '.alerts-security.alerts-default'],
    [{ kibana: { alert: { uuid: 'x' } }, data_stream: { dataset: 'a' } }, '.alerts-security.alerts-default'],
    [
      { data_stream: { type: 'logs', dataset: 'cloud_defend.process', namespace: 'x' } },
      'logs-cloud_defend.process-x',
    ],
    [{ 'data_stream.dataset': 'endpoint.events.file' }, 'logs-endpoint.events.file-default'],
    [{ agent: { type: 'auditbeat', version: '8.1.0' } }, 'auditbeat-8.1.0'],
    [{ agent: { type: 'endpoint' } }, undefined],
    [{ event: { dataset: 'kubernetes.audit_logs' } }, undefined],
  ];
  for (const [document, index] of rows) assert.equal(indexNameOf(document), index, JSON.stringify(document));
});

test('the index behind a data stream and behind the alerts is a hidden one', () => {
  const rows: readonly (readonly [JsonObject, string | undefined])[] = [
    [{ _index: '.ds-logs-a-b-2026.03.02-000001' }, '.ds-logs-a-b-2026.03.02-000001'],
    [{ kibana: { alert: { uuid: 'x' } } }, '.internal.alerts-security.alerts-default'],
    [{ data_stream: { type: 'metrics', dataset: 'system.cpu' } }, '.ds-metrics-system.cpu-default'],
    [{ agent: { type: 'auditbeat', version: '8.1.0' } }, 'auditbeat-8.1.0'],
    [{ event: { dataset: 'kubernetes.audit_logs' } }, undefined],
  ];
  for (const [document, index] of rows)
    assert.equal(backingIndexOf(document), index, JSON.stringify(document));
});

test('patterns apply in order', () => {
  const rows: readonly (readonly [string[], string, boolean])[] = [
    [['logs-kubernetes.audit_logs-*'], 'logs-kubernetes.audit_logs-default', true],
    [['logs-kubernetes.audit_logs-*'], 'logs-kubernetes.audit_logs', false],
    [['logs-*', '-logs-aws*'], 'logs-aws.cloudtrail-default', false],
    [['logs-*', '-logs-aws*'], 'logs-gcp.audit-default', true],
    [['-logs-aws*', 'logs-*'], 'logs-aws.cloudtrail-default', true],
    [['logs-aws*,filebeat-*'], 'filebeat-8', true],
    [['*:logs-*'], 'logs-a-b', true],
    [['.alerts-security.*'], 'logs-a-b', false],
    [['*a*b*'], 'xaybz', true],
    [['*a*b*'], 'xbyaz', false],
    [['ab*ba'], 'aba', false],
    [['exact'], 'exact', true],
    [[], 'anything', false],
  ];
  for (const [patterns, index, fits] of rows)
    assert.equal(fitsIndex(patterns, index), fits, `${String(patterns)} ${index}`);
});

test('an event of no known index goes to every rule but those over alerts, and each rule knows whether it got any', () => {
  const router = new Router([['logs-a-*'], ['logs-b-*'], undefined, ['.alerts-security.*']]);
  assert.deepEqual([...router.route({ data_stream: { dataset: 'a' } }).sees], [1, 0, 1, 0]);
  assert.deepEqual(
    [0, 1, 2, 3].map((position) => router.hasData(position)),
    [true, false, true, false],
  );
  assert.deepEqual([...router.route({ message: 'x' }).sees], [1, 1, 1, 0]);
  assert.equal(router.hasData(3), false);
  assert.deepEqual([...router.route({ 'kibana.alert.uuid': 'x' }).sees], [0, 0, 1, 1]);
  assert.equal(router.hasData(3), true);
});

test('events of one index share a route', () => {
  const router = new Router([['logs-*']]);
  const document = { data_stream: { dataset: 'a' } };
  assert.equal(router.route(document), router.route({ ...document }));
});
