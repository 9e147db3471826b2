import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globPattern, literalOf, MANY, ONE, patternText } from './pattern.ts';

test('a glob is read into literals and marks, a backslash being a character like others', () => {
  assert.deepEqual(globPattern('C:\\*\\a?.exe'), ['C:\\', MANY, '\\a', ONE, '.exe']);
  assert.deepEqual(globPattern('**'), [MANY, MANY]);
  assert.deepEqual(globPattern(''), []);
});

test('only patterns without marks are literals', () => {
  assert.equal(literalOf(['a', '*']), 'a*');
  assert.equal(literalOf([]), '');
  assert.equal(literalOf(['a', ONE]), undefined);
});

test('patterns are shown with literal stars escaped', () => {
  assert.equal(patternText(['a*\\', MANY, '?', ONE]), 'a\\*\\\\*\\??');
});
