import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { tokenize } from './tokens.ts';

for (const [text, tokens] of [
  ['nginx:latest', ['nginx:latest']],
  ['nginx:1.25', ['nginx', '1.25']],
  ['system:authenticated', ['system:authenticated']],
  ['a_b', ['a_b']],
  ['x-y', ['x', 'y']],
  ['/etc/passwd', ['etc', 'passwd']],
  ['docker.io/library', ['docker.io', 'library']],
  ['10.0.0.1:80', ['10.0.0.1', '80']],
  ['Elastic-Agent', ['elastic', 'agent']],
  ["Can't stop", ["can't", 'stop']],
  ['1,000.50 a.1 1:2', ['1,000.50', 'a', '1', '1', '2']],
  ['_ __ _a_', ['_a_']],
  ['', []],
  ['/', []],
  ['*', []],
  ['Zugriff für Größe', ['zugriff', 'für', 'größe']],
  ['naïve-test a_b', ['naïve', 'test', 'a_b']],
  ['日本語テスト', ['日', '本', '語', 'テスト']],
  ['ひらがな', ['ひ', 'ら', 'が', 'な']],
  ['😀 hi', ['hi']],
] as const) {
  test(`standard cuts "${text}" into ${JSON.stringify(tokens)}`, () =>
    assert.deepEqual(tokenize(text, 'standard'), tokens));
}

for (const [text, tokens] of [
  ['Invoke-Expression $env:TEMP\\a_1.ps1', ['invoke-expression', 'env', 'temp', 'a_1', 'ps1']],
  ['[System.Net.WebClient]::new()', ['system', 'net', 'webclient', 'new']],
  ['cafés', ['caf', 's']],
  ['\u212Aelvin', ['elvin']],
  ['--', ['--']],
  ['', []],
] as const) {
  test(`word cuts "${text}" into ${JSON.stringify(tokens)}`, () =>
    assert.deepEqual(tokenize(text, 'word'), tokens));
}

test('a token longer than 255 goes on as the next one', () => {
  const lengths = (text: string) => tokenize(text, 'standard').map((token) => token.length);
  assert.deepEqual(lengths('a'.repeat(255)), [255]);
  assert.deepEqual(lengths(`${'a'.repeat(600)} b`), [255, 255, 90, 1]);
  assert.deepEqual(lengths('ä'.repeat(256)), [255, 1]);
});

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const segments = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment))
    .map((segment) => segment.toLowerCase());

const ascii = fc.string({ unit: fc.constantFrom(...`aB1_.,:;'"-/ \n\t@`) });

test('the shortcut for ASCII agrees with the Unicode segmenter', () => {
  fc.assert(
    fc.property(ascii, (text) => assert.deepEqual(tokenize(text, 'standard'), segments(text))),
    { numRuns: 5000 },
  );
});

test('cutting at spaces first changes nothing', () => {
  const mixed = fc.string({ unit: fc.constantFrom(...`aB1_.:'" é\u0301ß\u200d\u00adЖ٣😀`) });
  fc.assert(
    fc.property(mixed, (text) => assert.deepEqual(tokenize(text, 'standard'), segments(text))),
    { numRuns: 5000 },
  );
});
