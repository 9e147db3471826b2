import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNumbers, compareText, inOrder } from './order.ts';

test('numbers are compared by their exact value', () => {
  assert.equal(compareNumbers(1, 2), -1);
  assert.equal(compareNumbers(2, 1.5), 1);
  assert.equal(compareNumbers(0, -0), 0);
  assert.equal(compareNumbers(9007199254740993n, 9007199254740992), 1);
  assert.equal(compareNumbers(5, 5n), 0);
  assert.equal(compareNumbers(-9223372036854775808n, Infinity), -1);
});

test('texts are compared by code unit', () => {
  assert.equal(compareText('1000', '999'), -1);
  assert.equal(compareText('a', 'B'), 1);
  assert.equal(compareText('', ''), 0);
  assert.equal(compareText('\uffff', '😀'), 1);
});

test('an order is satisfied by the comparisons that its name says', () => {
  const outcomes = (order: 'lt' | 'lte' | 'gt' | 'gte') =>
    [-1, 0, 1].map((outcome) => inOrder(outcome, order));
  assert.deepEqual(outcomes('lt'), [true, false, false]);
  assert.deepEqual(outcomes('lte'), [true, true, false]);
  assert.deepEqual(outcomes('gt'), [false, false, true]);
  assert.deepEqual(outcomes('gte'), [false, true, true]);
});
