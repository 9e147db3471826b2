import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from './fold.ts';
import { Numeral } from './numeral.ts';
import { booleanOf, foldAscii, isAscii, numberOf, textOf } from './scalar.ts';

test('the text of a value is its source text', () => {
  assert.deepEqual(['a', 1, 1.5, true, new Numeral('1.0')].map(textOf), ['a', '1', '1.5', 'true', '1.0']);
});

test('numbers are read from numbers and from decimal text, exactly to 64 bits', () => {
  assert.deepEqual(
    [443, '443', ' 443 ', '443.0', '-1.5e3', '.5', '+7', '5.', new Numeral('1.0')].map(numberOf),
    [443, 443, 443, 443, -1500, 0.5, 7, 5, 1],
  );
  assert.equal(numberOf('9007199254740993'), 9007199254740993n);
  assert.equal(numberOf('+9007199254740993'), 9007199254740993n);
  assert.equal(numberOf(new Numeral('-9223372036854775808')), -9223372036854775808n);
  for (const value of ['', ' ', 'a', '0x10', '1 2', 'NaN', 'Infinity', '.', 'e5', true, false])
    assert.equal(numberOf(value), undefined, String(value));
});

test('booleans are read as Elasticsearch reads them', () => {
  assert.deepEqual([true, false, 'true', 'false', ''].map(booleanOf), [true, false, true, false, false]);
  for (const value of ['TRUE', 'yes', 1, 0, new Numeral('1.0')]) assert.equal(booleanOf(value), undefined);
});

test('ASCII folding leaves all other letters, and lower case does not', () => {
  assert.equal(foldAscii('CMD.exe Ä \u212A'), 'cmd.exe Ä \u212A');
  assert.equal(fold('CMD Ä', 'lower'), 'cmd ä');
  assert.equal(fold('CMD', 'exact'), 'CMD');
  assert.equal(fold('CMD Ä', 'ascii'), 'cmd Ä');
});

test('ASCII folding changes exactly the letters A to Z, each in its place', () => {
  const texts = fc.string({
    unit: fc.oneof(fc.constantFrom(...'AZaz@[`{Äßİ\u212A😀'), fc.string({ maxLength: 1 })),
  });
  fc.assert(
    fc.property(texts, (text) => {
      const expected = text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
      assert.equal(foldAscii(text), expected);
    }),
  );
});

test('ASCII ends at 127', () => {
  assert.deepEqual(['', 'a\0\x7f', 'a\x80', 'é'].map(isAscii), [true, true, false, false]);
});

test('numerals keep their text through JSON', () => {
  const value = { a: new Numeral('1.0'), b: new Numeral('9007199254740993') };
  assert.equal(JSON.stringify(value), '{"a":1.0,"b":9007199254740993}');
  assert.equal(String(value.b), '9007199254740993');
  assert.equal(value.a.valueOf(), 1);
});
