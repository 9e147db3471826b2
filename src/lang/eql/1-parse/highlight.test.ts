import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { highlight } from './highlight.ts';

const shown = (text: string): string =>
  highlight(text)
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
    .join('\n');

test('each piece has its kind', () => {
  const text = 'process where ?a.`b` : ("x*", "y") and length~(c) >= 1.5 or d == "*" // why\n| head 3';
  assert.equal(
    shown(text),
    [
      'keyword process',
      'keyword where',
      'operator ?',
      'field a',
      'punctuation .',
      'field `b`',
      'operator :',
      'punctuation (',
      'string "x',
      'wildcard *',
      'string "',
      'punctuation ,',
      'string "y"',
      'punctuation )',
      'keyword and',
      'function length~',
      'punctuation (',
      'field c',
      'punctuation )',
      'operator >=',
      'number 1.5',
      'keyword or',
      'field d',
      'operator ==',
      'string "*"',
      'comment // why',
      'operator |',
      'keyword head',
      'number 3',
    ].join('\n'),
  );
});

test('an unfinished text has the pieces that can be told', () => {
  assert.equal(
    shown('any where a like ("b*'),
    'keyword any\nkeyword where\nfield a\nkeyword like\npunctuation (\nstring "b\nwildcard *',
  );
});

test('pieces follow each other, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab"\'`*?/(:[]|~\\ \n1.“é') }), (text) => {
      let last = 0;
      for (const { start, end } of highlight(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        last = end;
      }
    }),
  );
});
