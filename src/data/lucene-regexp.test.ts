import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { regexpMatcher, translateLuceneRegexp } from './lucene-regexp.ts';

/** Expression, texts that match whole, texts that do not. */
const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['', [''], ['a']],
  ['abc', ['abc'], ['ab', 'xabc', 'abcx', 'ABC']],
  ['a.c', ['abc', 'a\nc', 'a😀c'], ['ac', 'abbc']],
  ['a.*', ['a', 'a\r\nb\u2028'], ['ba']],
  ['a?b+c*', ['b', 'abbcc'], ['a', 'aab']],
  ['(a+)?', ['', 'aa'], ['b']],
  ['a+?', ['', 'a', 'aa'], ['b']],
  ['a{2}', ['aa'], ['a', 'aaa']],
  ['a{2,}', ['aa', 'aaaa'], ['a']],
  ['a{1,3}b', ['ab', 'aaab'], ['b', 'aaaab']],
  ['ab{0}', ['a'], ['ab']],
  ['ab|cd', ['ab', 'cd'], ['abd', 'acd']],
  ['(a|b)(c|())', ['ac', 'b'], ['c']],
  ['[a-c1]', ['a', 'b', 'c', '1'], ['d', '', 'ab', '-']],
  ['[^a-c]', ['d', '\n', '😀'], ['a', '']],
  ['[a-]', ['a', '-'], ['b']],
  ['[]a]', [']', 'a'], ['b']],
  ['[.*"~&]', ['.', '*', '"', '~', '&'], ['a']],
  ['[\\]\\-\\\\]', [']', '-', '\\'], ['a']],
  ['[\\d_]+', ['1_2'], ['a', 'd']],
  ['[^\\w]', ['-', 'é'], ['a', '_', '1']],
  ['[\\W]', ['-', 'é'], ['a', '_', '1']],
  ['\\d+\\D\\s\\S\\w\\W', ['12x y_-'], ['12xyy_-']],
  ['\\s', [' ', '\t', '\n', '\r'], ['\f', '\u00a0', 's']],
  ['^a$', ['^a$'], ['a']],
  ['a}b]', ['a}b]'], ['ab']],
  ['\\"\\-\\_\\/\\.\\*', ['"-_/.*'], ['"-_/x*']],
  ['\\\\b', ['\\b'], ['b', '']],
  ['"a.b*"c', ['a.b*c'], ['axb*c']],
  ['""', [''], ['"']],
  ['"ab"+', ['ab', 'abab'], ['abb']],
  ['a@b', ['ab', 'a\nb'], ['a', 'b']],
  ['a|#', ['a'], ['', '#']],
  ['<1-5>', ['1', '5'], ['0', '6', '01', '']],
  ['<08-12>', ['08', '09', '10', '12'], ['8', '7', '13', '012']],
  ['v<5-120>', ['v5', 'v99', 'v100', 'v120', 'v005'], ['v4', 'v121', 'v', 'v1000']],
  ['<20-3>', ['3', '20', '07'], ['2', '21']],
  ['😀+', ['😀😀'], ['😀\ude00']],
  ['[😀-😂]', ['😁'], ['a', '\ud83d']],
  ['.*[0-9]{1,3}(\\.[0-9]{1,3}){3}.*', ['curl 10.0.0.1:80'], ['curl 10.0.0']],
];

for (const [expression, matching, others] of rows) {
  test(`/${expression}/ matches what it should and nothing else`, () => {
    const matches = regexpMatcher(expression, 'exact');
    for (const text of matching) assert.equal(matches(text), true, JSON.stringify(text));
    for (const text of others) assert.equal(matches(text), false, JSON.stringify(text));
  });
}

test('folding holds for characters, quotes and classes, and only for A to Z', () => {
  const matches = regexpMatcher('C:\\\\[W-X]in"DOWS"[^A]É\\W', 'ascii');
  assert.equal(matches('c:\\windowsbÉ-'), true);
  assert.equal(matches('C:\\XINDOWSBÉ-'), true);
  assert.equal(matches('C:\\WINDOWSBé-'), false);
  assert.equal(matches('C:\\WINDOWSaÉ-'), false);
  assert.equal(matches('C:\\WINDOWSbÉx'), false);
  assert.equal(regexpMatcher('k', 'ascii')('\u212A'), false);
  assert.equal(regexpMatcher('É[Ä-Ü]', 'lower')('éö'), true);
  assert.equal(regexpMatcher('É[Ä-Ü]', 'ascii')('éö'), false);
});

/** Expression, what is wrong, and the part that it is said about. */
const refusals: readonly (readonly [string, RegExp, string])[] = [
  ['a~b', /complement "~"/, '~'],
  ['(a&b)', /intersection "&"/, '&'],
  ['ab(', /alternative is empty/, ''],
  ['ab(cd', /"\(" is never closed/, '(cd'],
  ['ab)c', /"\)" closes nothing/, ')'],
  ['a||b', /alternative is empty/, ''],
  ['(|a)', /alternative is empty/, ''],
  ['a|', /alternative is empty/, ''],
  ['*a', /"\*" has nothing before it/, '*'],
  ['a|+', /"\+" has nothing before it/, '+'],
  ['a{x}', /needs a number/, '{'],
  ['a{,3}', /needs a number/, '{'],
  ['a{2', /closing "}"/, '{2'],
  ['a{3,2}', /upside down/, '{3,2}'],
  ['a{2000}', /more than 1000 repeats/, '{2000}'],
  ['((a{900}){900}){900}', /too large/, '((a{900}){900}){900}'],
  ['[ab', /"\[" is never closed/, '[ab'],
  ['[', /"\[" is never closed/, '['],
  ['x[z-a]', /upside down/, 'z-a'],
  ['"ab', /quote is never closed/, '"'],
  ['<a-b>', /range of numbers/, '<'],
  ['<1-', /range of numbers/, '<'],
  ['a\\', /backslash ends/, '\\'],
  ['😀~', /complement/, '~'],
];

for (const [expression, message, part] of refusals) {
  test(`/${expression}/ is refused at "${part}"`, () => {
    const result = translateLuceneRegexp(expression);
    assert.equal(result.ok, false);
    if (result.ok) return;
    assert.match(result.message, message);
    assert.equal(expression.slice(result.start, result.end), part);
    assert.throws(() => regexpMatcher(expression, 'exact'));
  });
}

test('deep nesting is refused, not overflown', () => {
  const result = translateLuceneRegexp(`${'('.repeat(50_000)}a`);
  assert.equal(result.ok, false);
  if (!result.ok) assert.match(result.message, /deeper than/);
});

const operators = /[.?+*|{}[\]()"\\#@&<>~]/g;

test('an escaped text matches itself and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, other) => {
      const matches = regexpMatcher(text.replace(operators, '\\$&'), 'exact');
      assert.equal(matches(text), true);
      if (other !== text) assert.equal(matches(other), false);
    }),
  );
});

test('a range of numbers matches exactly the numbers inside', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.nat(3000), fc.nat(3500), (one, other, number) => {
      const [least, most] = [Math.min(one, other), Math.max(one, other)];
      const matches = regexpMatcher(`<${one}-${other}>`, 'exact');
      assert.equal(
        matches(String(number)),
        number >= least && number <= most && sameLength(one, other, number),
      );
    }),
    { numRuns: 500 },
  );
});

/** Bounds of equal length ask for exactly that length. */
const sameLength = (one: number, other: number, number: number): boolean =>
  String(one).length !== String(other).length || String(number).length === String(one).length;

test('any text is either translated or refused inside its bounds', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ab0123456789-,.?+*|{}[]^()"\\#@&<>~dws😀') });
  fc.assert(
    fc.property(texts, (text) => {
      const result = translateLuceneRegexp(text);
      if (result.ok) regexpMatcher(text, 'ascii')('ab');
      else assert.ok(0 <= result.start && result.start <= result.end && result.end <= text.length);
    }),
    { numRuns: 3000 },
  );
});

test('nested repeats over a long text stay linear', () => {
  assert.equal(regexpMatcher('(a*)*b', 'exact')('a'.repeat(20_000)), false);
});
