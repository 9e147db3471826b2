import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGolden } from '../../../../tests/support/golden.ts';
import { picture } from '../../../base/diagnostic.ts';
import { source } from '../../../base/source.ts';
import { builtinFieldTypes } from '../../../data/fields/index.ts';
import { esql } from '../index.ts';

/** The pictures of everything that is said about each query, below the query. */
const pictures = (queries: readonly string[]): string =>
  queries
    .map((query) => {
      const { diagnostics } = esql.compile(source('query', query), { types: builtinFieldTypes });
      assert.notDeepEqual(diagnostics, [], query);
      return diagnostics.map((found) => `${picture(found)}\n`).join('');
    })
    .join('\n');

const MISTAKES = [
  '',
  'WHERE a == 1',
  'FROM',
  'FROM logs-* |',
  'FROM a WHERE b == 1',
  'FROM a | WHERE b == 1 KEEP b',
  'FROM a | WHERE b === 1',
  'FROM a | WHERE b IN ()',
  'FROM logs-* | | LIMIT 5',
  'FROM logs-* | FROM a',
  'FROM (FROM a)',
  'FROM a::data',
  'FROM <a-{now/d}>',
  'FROM a | WHER b == 1',
  'FROM a | SELECT b',
  'FROM a | SAMPLE 0.1',
  'FROM a | FORK (WHERE b) (WHERE c)',
  'SET unmapped_fields = "LOAD"; FROM a',
  'FROM a | INLINESTATS b = MAX(c)',
  "FROM a | WHERE b == 'c'",
  'FROM a | WHERE b = "c"',
  'FROM a | WHERE b =~ "c" && d',
  'FROM a | WHERE b || c',
  'FROM a | WHERE 1 < b < 3',
  'FROM a | WHERE b == "C:\\Windows"',
  'FROM a | WHERE b == "c',
  'FROM a | WHERE b == """c',
  'FROM a /* b',
  'FROM a;',
  'FROM a | WHERE b == 5 minuts',
  'FROM a | WHERE b > 1.5 hours',
  'FROM a | WHERE b.* == 1',
  'FROM a | WHERE b == ?c',
  'FROM a | WHERE (b == 1',
  'FROM a | WHERE b == 1)',
  'FROM a | WHERE COUNT(b',
  'FROM a | WHERE b IN "c"',
  'FROM a | WHERE b IN ()',
  'FROM a | WHERE b IS 1',
  'FROM a | WHERE b contains "c"',
  'FROM a | WHERE b == 10.0.0.1',
  'FROM a | WHERE b LIKE c',
  'FROM a | WHERE (b == ) AND c == 1)',
  'FROM a | KEEP "b"',
  'FROM a | KEEP b c',
  'FROM a | LIMIT x',
  'FROM a | LIMIT 5 BY c',
  'FROM a | SORT b DOWN',
  'FROM a | RENAME b TO c',
  'FROM a | DISSECT b "%{c}" SEPARATOR = ","',
  'FROM a | LOOKUP JOIN t ON a == b',
  'FROM a | STATS COUNT(*) BY',
  'FROM a | EVAL and = 1',
  'FROM a | EVAL b = , c = ) | WHER d | WHERE e == AND f == ',
  'FROM a | WHERE b == “c”',
  'FROM a | KEEP é§',
];

test('mistakes of writing are shown where they are, with what to do', () => {
  assertGolden('esql/mistakes-of-writing.txt', pictures(MISTAKES));
});

test('many errors are not all shown', () => {
  const compiled = esql.compile(source('query', `FROM a ${'| WHERE b = '.repeat(40)}`), {
    types: builtinFieldTypes,
  });
  assert.equal(compiled.diagnostics.length, 26);
  assert.equal(
    compiled.diagnostics.at(-1)?.message,
    'there are more than 25 problems; the others are not shown',
  );
});
