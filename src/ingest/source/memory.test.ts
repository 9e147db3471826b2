import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TwoPieces } from './memory.ts';

test('two pieces take turns, and are used again when their file is closed', () => {
  const memory = new TwoPieces(1021);
  const [first, second] = [memory.next(), memory.next()];
  assert.notEqual(first, second);
  assert.deepEqual([first.length, second.length], [1021, 1021]);
  assert.equal(memory.next(), first);
  assert.equal(memory.next(), second);
  memory.close();
  const other = new TwoPieces(1021);
  assert.deepEqual(new Set([other.next(), other.next()]), new Set([first, second]));
  // Nobody else gets them meanwhile.
  const third = new TwoPieces(1021).next();
  assert.ok(third !== first && third !== second);
});

test('pieces of another size are not taken', () => {
  const memory = new TwoPieces(1019);
  memory.next();
  memory.close();
  assert.equal(new TwoPieces(1018).next().length, 1018);
});
