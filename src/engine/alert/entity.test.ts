import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request } from '../../../tests/support/engine.ts';
import type { JsonObject } from '../../data/document.ts';
import { entityOf } from './entity.ts';

const POD: JsonObject = { orchestrator: { namespace: 'shop', resource: { type: 'pod', name: 'cart' } } };

const ANOMALY: JsonObject = { job_id: 'j', result_type: 'record' };

test('who acted and on what', () => {
  const rows: readonly (readonly [JsonObject, string, string])[] = [
    [request({ resource: 'secrets', name: 'token' }), 'dev.alice', 'secrets/shop/token'],
    [request({ subresource: 'exec' }), 'dev.alice', 'pods/shop/cart/exec'],
    [{ kubernetes: { audit: { verb: 'get', requestURI: '/version?x' } } }, '(unauthenticated)', '/version'],
    [{ ...POD, process: { executable: '/usr/bin/curl' } }, 'shop/cart', '/usr/bin/curl'],
    [{ ...POD, user: { name: 'bob' }, process: { name: 'curl' } }, 'bob', 'shop/cart'],
    [{ user: { name: 'bob' }, file: { path: '/etc/passwd' }, host: { name: 'h' } }, 'bob', '/etc/passwd'],
    [{ container: { id: '551e161c47d8ff0eb665' }, file: { path: '/x' } }, '551e161c47d8', '/x'],
    [{ host: { name: 'node-a' }, process: { name: 'ls' } }, 'node-a', 'ls'],
    [
      { user: { email: 'bob@x' }, gcp: { audit: { resource_name: 'core/v1/nodes/a' } } },
      'bob@x',
      'core/v1/nodes/a',
    ],
    [{ message: 'x' }, '(unknown)', ''],
    [{ ...ANOMALY, by_field_name: 'process.name', by_field_value: 'nc' }, 'nc', ''],
    [
      {
        ...ANOMALY,
        by_field_name: 'process.name',
        by_field_value: 'nc',
        partition_field_name: 'host.name',
        partition_field_value: 'node-a',
      },
      'node-a',
      'nc',
    ],
    [
      {
        ...ANOMALY,
        over_field_name: 'source.ip',
        over_field_value: '192.0.2.7',
        influencers: [{ influencer_field_name: 'user.name', influencer_field_values: ['eve'] }],
      },
      'eve',
      '',
    ],
  ];
  for (const [document, actor, target] of rows) assert.deepEqual(entityOf(document), { actor, target });
});
