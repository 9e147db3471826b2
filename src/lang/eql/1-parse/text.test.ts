import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { span } from '../../../base/span.ts';
import { pieces, quote, spanInside } from './text.ts';

const decoded = (literal: string): string =>
  Array.from(pieces(literal.slice(1, -1)), (piece) => piece.decoded ?? '?').join('');

test('a quoted text is decoded to itself', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(decoded(quote(text)), text)));
});

test('quoting writes out what cannot be seen', () => {
  assert.equal(quote('a"\\\n\u0000\u202e\u2028é😀'), '"a\\"\\\\\\n\\u{0000}\\u{202e}\\u{2028}é😀"');
});

test('escapes there are and escapes there are not', () => {
  const body = String.raw`\n\r\t\b\f\\\"\'\u{41}\u{0001F600}\x\u0041\u{1}\u{d800}`;
  assert.deepEqual(
    Array.from(pieces(body), ({ decoded = null, written }) => [written, decoded]),
    [
      ['\\n', '\n'],
      ['\\r', '\r'],
      ['\\t', '\t'],
      ['\\b', '\b'],
      ['\\f', '\f'],
      ['\\\\', '\\'],
      ['\\"', '"'],
      ["\\'", "'"],
      ['\\u{41}', 'A'],
      ['\\u{0001F600}', '😀'],
      ['\\x', null],
      ['\\u', null],
      ['0041', '0041'],
      ['\\u{1}', null],
      ['\\u{d800}', null],
    ],
  );
});

test('a place inside a string is a place in the query', () => {
  const query = String.raw`a regex "x\\(\u{41}b" or a regex """y(z"""`;
  const plain = span(query.indexOf('"'), query.indexOf(' or'));
  const raw = span(query.indexOf('"""'), query.length);
  const inside = (literal: typeof plain, start: number, end: number): string => {
    const at = spanInside(query, literal, span(start, end));
    return query.slice(at.start, at.end);
  };
  assert.deepEqual(
    [
      inside(plain, 0, 1),
      inside(plain, 1, 2),
      inside(plain, 2, 3),
      inside(plain, 3, 4),
      inside(plain, 1, 5),
      inside(plain, 5, 5),
    ],
    ['x', '\\\\', '(', '\\u{41}', String.raw`\\(\u{41}b`, ''],
  );
  assert.deepEqual([inside(raw, 1, 2), inside(raw, 0, 3)], ['(', 'y(z']);
});
