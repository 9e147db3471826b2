import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { globMatcher, matchesPattern } from './glob.ts';
import type { Pattern } from './pattern.ts';
import { globPattern, literalOf, MANY, ONE } from './pattern.ts';

/** Pattern, texts that match, texts that do not. */
const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['', [''], ['a']],
  ['abc', ['abc'], ['', 'ab', 'abcd', 'ABC', 'xabc']],
  ['*', ['', 'a', 'a\nb', '😀'], []],
  ['**', ['', 'a'], []],
  ['abc*', ['abc', 'abcd', 'abc\nd'], ['ab', 'xabc']],
  ['*abc', ['abc', 'xabc', 'abcabc'], ['abcd', 'bc']],
  ['*abc*', ['abc', 'xabcx', '\nabc\n'], ['ab c', '']],
  ['ab*ba', ['abba', 'ab-ba'], ['aba', 'ab', 'abbax']],
  ['a*b*c', ['abc', 'a-b-c', 'abbbc', 'abcc'], ['acb', 'ab', 'bc']],
  ['*a*a*', ['aa', 'xaxax'], ['a', 'xax', '']],
  ['aa*aa*aa', ['aaaaaa', 'aa-aa-aa'], ['aaaaa', 'aaaa']],
  ['?', ['a', '\n', '😀', '\ud83d'], ['', 'ab', '😀😀']],
  ['?*', ['a', 'ab', '😀'], ['']],
  ['*?', ['a', 'ab', '😀'], ['']],
  ['??', ['ab', '😀😀', 'a😀'], ['a', '😀', 'abc']],
  ['a?c', ['abc', 'a😀c', 'a\nc'], ['ac', 'abbc']],
  [
    '?:\\Windows\\*',
    ['C:\\Windows\\', 'D:\\Windows\\x.exe'],
    ['C:\\windows\\', ':\\Windows\\', 'CD:\\Windows\\'],
  ],
  ['*b?d*', ['abcd', 'bcd', 'bbcd', 'bd-bxd'], ['bd', 'bccd']],
  ['*?b', ['ab', '😀b', 'bb'], ['b', 'ba']],
  ['a*?', ['ab', 'a😀', 'aab'], ['a', 'b']],
];

for (const [pattern, matching, others] of rows) {
  test(`"${pattern.replaceAll('\n', '\\n')}" matches what it should and nothing else`, () => {
    const fast = globMatcher(globPattern(pattern));
    for (const text of matching) {
      assert.equal(fast(text), true, text);
      assert.equal(matchesPattern(globPattern(pattern), text), true, text);
    }
    for (const text of others) {
      assert.equal(fast(text), false, text);
      assert.equal(matchesPattern(globPattern(pattern), text), false, text);
    }
  });
}

test('a literal star is no mark', () => {
  assert.equal(globMatcher(['a*'])('a*'), true);
  assert.equal(globMatcher(['a*'])('ab'), false);
  assert.equal(matchesPattern(['a*', MANY], 'a*b'), true);
  assert.equal(matchesPattern(['a*', MANY], 'ab'), false);
});

/** Few letters, so that marks find several places; whole and half surrogate pairs among them. */
const letters = fc.constantFrom('a', 'b', 'ab', '\n', '😀', '\ud83d', '\ude00');
const texts = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(''));
const patterns: fc.Arbitrary<Pattern> = fc.array(fc.oneof(letters, fc.constant(MANY), fc.constant(ONE)), {
  maxLength: 7,
});

test('the fast matcher agrees with the obvious one', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) =>
      assert.equal(globMatcher(pattern)(text), matchesPattern(pattern, text)),
    ),
    { numRuns: 5000 },
  );
});

test('a pattern made from a text by replacing parts with marks matches the text', () => {
  const pieces = fc.array(fc.tuple(fc.string(), fc.constantFrom('keep', 'many', 'one')), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (chosen) => {
      const pattern = chosen.flatMap(([text, how]): Pattern =>
        how === 'keep' ? [text] : how === 'many' ? [MANY] : [...text].map(() => ONE),
      );
      assert.equal(globMatcher(pattern)(chosen.map(([text]) => text).join('')), true);
    }),
  );
});

test('without marks only the literal matches', () => {
  fc.assert(
    fc.property(texts, texts, (literal, text) => {
      assert.equal(globMatcher([literal])(text), literal === text);
      assert.equal(literalOf([literal]), literal);
    }),
  );
});

test('many marks over a long text stay cheap', () => {
  const pattern = globPattern(`${'*a?a'.repeat(20)}b`);
  const text = 'a'.repeat(2000);
  assert.equal(globMatcher(pattern)(text), false);
  assert.equal(matchesPattern(pattern, text), false);
});
