import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { source } from '../../base/source.ts';
import { parseToml, parseWithPlaces } from './toml.ts';
import { tomlValues } from './toml-values.ts';

const withPlaces = (text: string) => {
  const result = parseWithPlaces(source('a.toml', text));
  return result.ok ? result.value.value : undefined;
};

const pieces = [
  'a',
  'b.c',
  '"d e"',
  "'f'",
  '__proto__',
  ' = ',
  '=',
  '\n',
  '\r\n',
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  ',',
  '#',
  '"',
  "'",
  '"""',
  "'''",
  '\\',
  '\\u00e9',
  '\\x41',
  '\\e',
  '\t',
  'é',
  '\0',
  '\r',
  '1',
  '-0',
  '01',
  '1_0',
  '0x1f',
  '9007199254740993',
  '1e400',
  'inf',
  'nan',
  '1979-05-27',
  '07:32:00',
  'true',
  'null',

  'a = 1\n',
  '[a]\n',
  '[[a]]\n',
  'a.b = {c = [1, 2,]}\n',
  'b = """\nx"""\n',
  'd = 2026-01-01T00:00:00Z\n',
];

test('the quick reader agrees with the one that knows places, or leaves the text to it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const quick = tomlValues(text);
      if (quick !== undefined) assert.deepEqual(quick, withPlaces(text), text);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

test('what only the other reader settles is left to it', () => {
  for (const text of ['a = 1979-05-27', 'a = [9007199254740993]', 'a = {b = inf}', 'a = nan', 'a = ']) {
    assert.equal(tomlValues(text), undefined, text);
  }
  assert.deepEqual(tomlValues('a = [1, {b = "c"}]\n[d.e]\nf = -0.5'), {
    a: [1, { b: 'c' }],
    d: { e: { f: -0.5 } },
  });
});

test('places are known although the values were read without them', () => {
  const text = 'a = 1\n[rule]\nquery = "x:\\u0031 or"\n';
  const result = parseToml(source('a.toml', text));
  assert.ok(result.ok);
  const { positions } = result.value;
  assert.deepEqual(positions.key(['rule', 'query']), { start: 13, end: 18 });
  const inner = positions.text(['rule', 'query'], 'x:1 or');
  assert.deepEqual(inner?.place(4), { line: 3, column: 19 });
});
