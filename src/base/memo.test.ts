import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembering } from './memo.ts';

test('an answer is made once, until there are too many', () => {
  const asked: string[] = [];
  const length = remembering(2, (text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  assert.deepEqual([length('a'), length('a'), length(''), length('')], [1, 1, undefined, undefined]);
  assert.deepEqual(asked, ['a', '']);
  assert.equal(length('bb'), 2);
  assert.equal(length('a'), 1);
  assert.deepEqual(asked, ['a', '', 'bb', 'a']);
});

test('what throws is not remembered', () => {
  let times = 0;
  const fails = remembering(2, () => {
    throw new Error(`${++times}`);
  });
  assert.throws(() => fails('a'), /1/);
  assert.throws(() => fails('a'), /2/);
});
