import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mutated } from '../../../tests/support/mutated.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { eql } from './index.ts';

/** Compiles; every diagnostic must have a place inside of the text, and a query without a plan an error. */
function assertSound(text: string): void {
  const compiled = eql.compile(source('query', text), { types: builtinFieldTypes });
  for (const { span } of compiled.diagnostics) {
    assert.ok(
      span === undefined || (0 <= span.start && span.start <= span.end && span.end <= text.length),
      text,
    );
  }
  assert.equal(
    compiled.diagnostics.some(({ severity }) => severity === 'error'),
    !compiled.ok,
    text,
  );
  eql.highlight(text);
}

const WORDS: readonly string[] = [
  'process any where and or not in in~ like like~ regex regex~ true null sequence sample by with maxspan runs until',
  'join of head tail AND child a b.c `d` ?e @timestamp process.pid source.ip length startsWith~ cidrMatch concat',
  '"x" "*" " """ """y""" \'z\' “q” \\ 1 .5 5m 1e999 10.0.0.1 "10.0.0.0/8" "a(b" "[^" "" == != = < >= : + - * / %',
  '( ) [ ![ ] , | . ~ ! // /* */ é \ud800 \n \r\n \t \0',
].flatMap((line) => line.split(' '));

test('words in any order never throw', () => {
  const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 });
  fc.assert(
    fc.property(words, fc.constantFrom(' ', ''), (list, space) => assertSound(list.join(space))),
    { numRuns: 500 },
  );
});

test('any text never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), assertSound), { numRuns: 300 });
});

const QUERIES = [
  'process where host.os.type == "linux" and process.args : ("-c", "/tmp/*") and not user.id in ("0", "1")',
  'sequence by host.id, ?user.id with maxspan=5m\n [process where process.pid > 1] by a with runs=3\n ![any where true] by b\nuntil [file where `x` regex~ """a.*(b|c)"""] by c | head 3 | tail 1',
  'sample by a [any where length(b) + 1 == -2] [any where cidrMatch(source.ip, "10.0.0.0/8", "::1") == false]',
  '/* why */ any where ?a.`b-c` != null and "\\u{20ac}\\t" == d or (e < 1.5e3) == true // end',
];

test('queries with pieces changed never throw', () => {
  for (const query of QUERIES)
    assert.ok(eql.compile(source('query', query), { types: builtinFieldTypes }).ok, query);
  fc.assert(fc.property(mutated(QUERIES, WORDS), assertSound), { numRuns: 1000 });
});

test('every beginning of a query is read', () => {
  for (const query of QUERIES) for (let end = 0; end <= query.length; end++) assertSound(query.slice(0, end));
});

/** What would take hours if some step were quadratic in it; a hang fails by the time-out. */
const REPEATED = [
  '(',
  ')',
  'not ',
  '-',
  '[',
  '[any where a]',
  '"',
  '"""',
  '"\\',
  "'\\",
  '`',
  '`a\n',
  '“',
  '?"',
  '/*',
  '//\n',
  '*/',
  ';',
  'é',
  '| x ',
  'a.',
  '.0',
  ', ',
  ' < a',
  'a = 1 and ',
  'a : b or ',
  'a in (',
  '\\u{',
  '1',
  '1.',
  'f(',
  '"a*",',
  '\r',
  '!',
  '~',
  'child of [',
];

test('long runs of the same thing take time in proportion', { timeout: 600_000 }, () => {
  for (const piece of REPEATED) {
    for (const head of ['', 'any where a == ', 'sequence by a ']) {
      assertSound(head + piece.repeat(15_000));
    }
  }
});
