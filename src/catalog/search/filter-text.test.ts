import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFilter, toggleFilter } from './filter-text.ts';

test('a facet is added to a search and taken away again', () => {
  const cases: readonly (readonly [query: string, facet: string, value: string, gives: string])[] = [
    ['', 'data', 'linux', 'data:linux'],
    ['exec pod', 'data', 'linux', 'exec pod data:linux'],
    ['exec data:linux pod', 'data', 'linux', 'exec pod'],
    ['data:linux,windows', 'data', 'windows', 'data:linux'],
    ['DATA:Linux exec', 'data', 'linux', 'exec'],
    ['-data:linux', 'data', 'linux', '-data:linux data:linux'],
    ['author:"A, B"', 'author', 'a, b', ''],
    ['exec', 'author', 'Jane Doe', 'exec author:"Jane Doe"'],
    ['"data:linux here"', 'data', 'linux', '"data:linux here" data:linux'],
  ];
  const got = cases.map(([query, facet, value]) => toggleFilter(query, facet, value));
  assert.deepEqual(
    got,
    cases.map(([, , , gives]) => gives),
  );
});

test('a search has a facet only when it asks for it', () => {
  const asks = ['data:linux', 'a data:windows,linux', 'Data:LINUX', '-data:linux', 'metadata:linux', 'linux'];
  assert.deepEqual(
    asks.map((query) => hasFilter(query, 'data', 'linux')),
    [true, true, true, false, false, false],
  );
});
