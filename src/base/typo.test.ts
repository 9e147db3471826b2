import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from './typo.ts';

const known = ['startsWith', 'endsWith', 'stringContains', 'length', 'process.name', 'process.parent.name'];

test('one slip in a short word is found', () => {
  assert.equal(nearest('lenght', known), 'length');
  assert.equal(nearest('lengt', known), 'length');
  assert.equal(nearest('LENGTH', known), 'length');
});

test('two slips are found in a long word only', () => {
  assert.equal(nearest('startWiht', known), 'startsWith');
  assert.equal(nearest('lngt', known), undefined);
});

test('nothing near gives nothing', () => {
  assert.equal(nearest('host.os.type', known), undefined);
  assert.equal(didYouMean('proces.name', known), 'did you mean "process.name"?');
});
