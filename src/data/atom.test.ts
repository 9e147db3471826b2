import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { addressText, parseAddress } from './address.ts';
import { compareAtoms } from './atom.ts';
import { compareCodePoints } from './code-points.ts';
import type { Atom, ColumnType } from './column.ts';
import type { JsonValue } from './document.ts';
import { Numeral } from './numeral.ts';
import { convertAtom, doubleText } from './convert.ts';
import { formatDate, isoDate, parseDateWith } from './date-format.ts';
import { distanceBetween, pointsOf } from './geo.ts';
import { javaReplacer } from './java-regexp.ts';
import { extractJson, extractValue, jsonSteps } from './json-path.ts';
import { monthsBetween, truncateTo } from './timespan.ts';
import { fitWhole } from './whole.ts';

test('text has the order of its bytes in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      assert.equal(Math.sign(compareCodePoints(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  assert.ok(compareCodePoints('\uffff', '😀') < 0);
});

/** Values of a type, ascending. */
const ascending: readonly (readonly [ColumnType, readonly Atom[]])[] = [
  ['integer', [-1, 0, 1]],
  ['long', [-(2n ** 60n), -1, 2 ** 53 - 1, 2n ** 53n, 2n ** 62n]],
  ['double', [-Infinity, -0.5, 0, 1e300]],
  ['boolean', [false, true]],
  ['keyword', ['', 'A', 'a', 'aa', '\uffff', '😀']],
  ['ip', ['::1', '9.0.0.1', '10.0.0.1', '2001:db8::1']],
  ['version', ['1.2.3-alpha', '1.2.3-alpha.1', '1.2.3-rc1', '1.2.3', '1.2.3+1', '1.2.10', '1.10', 'x']],
];
for (const [type, values] of ascending) {
  test(`values of type ${type} have their order`, () => {
    values.forEach((a, i) => {
      values.forEach((b, j) =>
        assert.equal(Math.sign(compareAtoms(a, b, type)), Math.sign(i - j), `${String(a)} ${String(b)}`),
      );
    });
  });
}

test('addresses are written in their canonical form', () => {
  const texts = [
    '1.2.3.4',
    '::',
    '::1',
    '1::',
    '2001:db8::1:0:0:1',
    '2001:db8:0:1:1:1:1:1',
    'fe80::1',
    '::fffe:0:1',
  ];
  for (const text of texts) assert.equal(addressText(parseAddress(text) ?? assert.fail(text)), text);
  assert.equal(addressText(parseAddress('::FFFF:10.0.0.1') ?? assert.fail()), '10.0.0.1');
  assert.equal(addressText(parseAddress('2001:0DB8:0:0:0:0:0:1') ?? assert.fail()), '2001:db8::1');
});

/** Value, its type, the type it is brought to, the outcome. */
const conversions: readonly (readonly [
  Atom,
  ColumnType,
  Parameters<typeof convertAtom>[2],
  Atom | undefined,
])[] = [
  ['2.6', 'keyword', 'integer', 3],
  ['2147483648', 'keyword', 'integer', undefined],
  ['2147483648', 'keyword', 'long', 2147483648],
  ['9223372036854775807', 'keyword', 'long', 9223372036854775807n],
  ['9223372036854775808', 'keyword', 'long', undefined],
  ['9223372036854775808', 'keyword', 'unsigned_long', 9223372036854775808n],
  [-1, 'integer', 'unsigned_long', undefined],
  ['x', 'keyword', 'double', undefined],
  [' 1e3 ', 'keyword', 'double', 1000],
  [2n ** 62n, 'long', 'double', 2 ** 62],
  [true, 'boolean', 'integer', 1],
  [2.5, 'double', 'long', 3],
  [-2.5, 'double', 'long', -2],
  [-0.4, 'double', 'integer', 0],
  [NaN, 'double', 'long', undefined],
  ['TRUE', 'keyword', 'boolean', true],
  ['yes', 'keyword', 'boolean', false],
  [0, 'integer', 'boolean', false],
  [0n, 'long', 'boolean', false],
  [1, 'double', 'keyword', '1.0'],
  [1e10, 'double', 'keyword', '1.0E10'],
  [17, 'long', 'keyword', '17'],
  [0, 'datetime', 'keyword', '1970-01-01T00:00:00.000Z'],
  ['2026-01-31', 'keyword', 'datetime', Date.UTC(2026, 0, 31)],
  ['17', 'keyword', 'datetime', undefined],
  [17, 'long', 'datetime', 17],
  ['::ffff:1.2.3.4', 'keyword', 'ip', '1.2.3.4'],
  ['1.2.3', 'keyword', 'ip', undefined],
  ['POINT(8.5 47.25)', 'keyword', 'geo_point', { lat: 47.25, lon: 8.5 }],
  ['POINT(8 97)', 'keyword', 'geo_point', undefined],
  [{ lat: 47.25, lon: 8 }, 'geo_point', 'keyword', 'POINT (8.0 47.25)'],
];
for (const [value, from, to, expected] of conversions) {
  test(`${typeof value === 'object' ? JSON.stringify(value) : String(value)} as ${to}`, () =>
    assert.deepEqual(convertAtom(value, from, to), expected));
}

test('doubles are written as Java writes them', () => {
  const texts = [
    '0.0',
    '-0.0',
    '0.001',
    '9.99E-4',
    '1234567.5',
    '1.0E7',
    '1.0E300',
    '1.0E-5',
    '1.7976931348623157E308',
  ];
  for (const text of texts) assert.equal(doubleText(Number(text)), text);
});

test('whole numbers fit their type or are none', () => {
  assert.equal(fitWhole(2 ** 31, 'integer'), undefined);
  assert.equal(fitWhole(2n ** 53n - 1n, 'long'), 2 ** 53 - 1);
  assert.equal(fitWhole(2n ** 64n, 'unsigned_long'), undefined);
  assert.equal(fitWhole(0.5, 'long'), undefined);
});

const moment = Date.UTC(2026, 0, 31, 20, 5, 9, 42);

test('dates are formatted as the letters say', () => {
  const formats: readonly (readonly [string, string | undefined])[] = [
    ['yyyy-MM-dd HH:mm:ss.SSS', '2026-01-31 20:05:09.042'],
    ["EEE, d MMM yy 'at' h a", 'Sat, 31 Jan 26 at 8 PM'],
    ['EEEE MMMM D k K A', 'Saturday January 31 20 8 72309042'],
    ["yyyy''X", "2026'Z"],
    ['xxx XXX Z', '+00:00 Z +0000'],
    ['SSSSSS e', '042000 6'],
    ['q', undefined],
    ["'open", undefined],
  ];
  for (const [pattern, text] of formats) assert.equal(formatDate(pattern, moment), text, pattern);
  assert.equal(isoDate(moment), '2026-01-31T20:05:09.042Z');
});

test('what was formatted with all parts is parsed back', () => {
  const patterns = [
    'yyyy-MM-dd HH:mm:ss.SSS',
    'yyyyMMddHHmmssSSS',
    'EEE d MMM yyyy hh:mm:ss.SSS a',
    'yyyy DDD HH:mm:ss.SSS',
  ];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...patterns), (time, pattern) => {
      assert.equal(parseDateWith(pattern, formatDate(pattern, time) ?? ''), time);
    }),
  );
  assert.equal(
    parseDateWith('dd/MMM/yyyy:HH:mm:ss Z', '10/Oct/2000:13:55:36 -0700'),
    Date.UTC(2000, 9, 10, 20, 55, 36),
  );
  assert.equal(parseDateWith('yyyy-MM-dd', '2026-02-30'), undefined);
  assert.equal(parseDateWith('yyyy-MM-dd', '2026-2-3'), undefined);
});

test('dates are rounded down to spans', () => {
  const to = (months: number, days: number, milliseconds: number): string =>
    isoDate(truncateTo(moment, { months, days, milliseconds }));
  assert.equal(to(0, 0, 300_000), '2026-01-31T20:05:00.000Z');
  assert.equal(to(0, 1, 0), '2026-01-31T00:00:00.000Z');
  assert.equal(to(0, 7, 0), '2026-01-26T00:00:00.000Z');
  assert.equal(to(1, 0, 0), '2026-01-01T00:00:00.000Z');
  assert.equal(to(3, 0, 0), '2026-01-01T00:00:00.000Z');
  assert.equal(to(12, 0, 0), '2026-01-01T00:00:00.000Z');
});

test('months between are whole and cut off toward zero', () => {
  const from = Date.UTC(2026, 0, 31);
  assert.equal(monthsBetween(from, Date.UTC(2026, 1, 28)), 0);
  assert.equal(monthsBetween(from, Date.UTC(2026, 2, 31)), 2);
  assert.equal(monthsBetween(Date.UTC(2026, 1, 28), from), 0);
  assert.equal(monthsBetween(Date.UTC(2027, 0, 31), from), -12);
});

test('places are read in every form of a field', () => {
  const place = { lat: 47.25, lon: 8.5 };
  for (const value of [place, { lat: '47.25', lon: '8.5' }, [8.5, 47.25], '47.25,8.5', 'POINT (8.5 47.25)'])
    assert.deepEqual(pointsOf(value), [place]);
  assert.deepEqual(pointsOf([place, '1,2']), [place, { lat: 1, lon: 2 }]);
  assert.deepEqual(pointsOf('x'), [undefined]);
});

test('a quarter of a meridian is ten thousand kilometres', () => {
  assert.ok(Math.abs(distanceBetween({ lat: 0, lon: 0 }, { lat: 90, lon: 0 }) - 10_007_557) < 1);
});

/** Expression, replacement, text, outcome. */
const replacements: readonly (readonly [string, string, string, string | undefined])[] = [
  ['a+', 'x', 'aabaa', 'xbx'],
  ['(a)(b)?', '[$2$1]', 'aba', '[ba][a]'],
  ['\\w++', 'w', 'ab cd', 'w w'],
  ['^a', 'x', 'a\na', 'x\na'],
  ['(?i)ABC', '', 'xaBcx', 'xx'],
  ['\\s+', ' ', 'a\u000b\t b', 'a b'],
  ['a', '\\$1', 'a', '$1'],
  ['(a)', '$10', 'a', 'a0'],
  ['(a)', '$2', 'a', undefined],
  ['(?=a)', '-', 'aa', '-a-a'],
  ['', '-', 'ab', '-a-b-'],
  ['\\u0041', 'x', 'AB', 'xB'],
  ['[^\\d🔥]', '', '1a🔥b', '1🔥'],
];
for (const [expression, replacement, text, expected] of replacements) {
  test(`/${expression}/ in "${text}" by "${replacement}"`, () =>
    assert.equal((javaReplacer(expression) ?? assert.fail('cannot be read'))(text, replacement), expected));
}

test('an expression that is none has no replacer', () => assert.equal(javaReplacer('('), undefined));

/** Path, outcome, of one JSON text. */
const json =
  '{ "a": {"b": [1.0, "x\\"y", {"c d": null}], "e.f": true}, "g": 10000000000000000001, "g ": [] }';
const extractions: readonly (readonly [string, string | undefined])[] = [
  ['a.b[0]', '1.0'],
  ['$.a.b[1]', 'x"y'],
  ['a.b[2]', '{"c d": null}'],
  ["a.b[2]['c d']", undefined],
  ['a.e.f', undefined],
  ["a['e.f']", 'true'],
  ['g', '10000000000000000001'],
  ["$['g ']", '[]'],
  ['a.b[3]', undefined],
  ['a[0]', undefined],
  ['$', json],
];
for (const [path, expected] of extractions) {
  test(`JSON at ${path}`, () => {
    const steps = jsonSteps(path) ?? assert.fail('malformed');
    assert.equal(extractJson(json, steps), expected);
  });
}

test('a value that was read already gives the same', () => {
  const value: JsonValue = { a: { b: [new Numeral('1.0'), 'x', { c: true }] }, 'd.e': 2, f: null };
  const at = (path: string): string | undefined => extractValue(value, jsonSteps(path) ?? assert.fail(path));
  assert.deepEqual(['a.b[0]', 'a.b[1]', 'a.b[2]', "['d.e']", 'd.e', 'f', 'a.b.x', 'constructor'].map(at), [
    '1.0',
    'x',
    '{"c":true}',
    '2',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('malformed paths and texts hold nothing', () => {
  for (const path of ['a..b', 'a[', 'a[x]', '.a', "a['x"]) assert.equal(jsonSteps(path), undefined, path);
  assert.equal(extractJson('{"a":', ['a']), undefined);
});
