import assert from 'node:assert/strict';
import { test } from 'node:test';
import { licenseOfRule } from './license.ts';

test('one licence has one name, however rules spell it', () => {
  const named = [
    'Elastic License v2',
    'Elastic Licence v2',
    'Elastic License 2.0',
    'Elastic License',
    'DRL-1.1',
  ];
  assert.deepEqual(named.map(licenseOfRule), [
    'Elastic-2.0',
    'Elastic-2.0',
    'Elastic-2.0',
    'Elastic License',
    'DRL-1.1',
  ]);
});
