import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGolden } from '../../../../tests/support/golden.ts';
import { picture } from '../../../base/diagnostic.ts';
import { esqlMessages } from '../../../base/messages/esql.ts';
import type { MessageDefinition } from '../../../base/messages/index.ts';
import { source } from '../../../base/source.ts';
import { builtinFieldTypes } from '../../../data/fields/index.ts';
import type { Tables } from '../../kit/language.ts';
import { esql } from '../index.ts';

const tables: Tables = new Map([
  [
    'hosts',
    {
      columns: [
        { name: 'host.name', type: 'keyword' },
        { name: 'owner', type: 'keyword' },
      ],
    },
  ],
  ['ports', { columns: [{ name: 'source.port', type: 'keyword' }] }],
]);

/** The pictures of everything that is said about each query, below the query. */
const pictures = (queries: readonly string[]): string =>
  queries
    .map((query) => {
      const { diagnostics } = esql.compile(source('query', query), { types: builtinFieldTypes, tables });
      assert.notDeepEqual(diagnostics, [], query);
      return diagnostics.map((found) => `${picture(found)}\n`).join('');
    })
    .join('\n');

const MISTAKES = [
  'FROM a | EVAL b = TOLOWR(c)',
  'FROM a | EVAL b = LOWER(c)',
  'FROM a | EVAL b = SIN(1.5)',
  'FROM a | EVAL b = TO_LOWER()',
  'FROM a | EVAL b = TO_LOWER(*)',
  'FROM a | EVAL b = TO_LOWER(c, d)',
  'FROM a | EVAL b = LENGTH(process.pid)',
  'FROM a | EVAL b = SPLIT(process.name, 5)',
  'FROM a | EVAL b = ROUND(process.name, 2)',
  'FROM a | EVAL b = COALESCE(process.pid, "x")',
  'FROM a | EVAL b = CASE(process.pid)',
  'FROM a | EVAL b = CASE(process.pid, 1)',
  'FROM a | EVAL b = CASE(process.pid > 1, 1, "x")',
  'FROM a | WHERE process.pid == "5"',
  'FROM a | WHERE kubernetes.audit.annotations.authorization_k8s_io/decision == "forbid"',
  'FROM a | WHERE process.pid / process.exit_code == "2"',
  'ROW a = 1e400',
  'FROM a | WHERE source.ip == source.port',
  'FROM a | WHERE source.ip == "10.0.0.0/8"',
  'FROM a | WHERE @timestamp > "yesterday"',
  'FROM a | EVAL b = @timestamp - @timestamp',
  'FROM a | EVAL b = process.name + 1',
  'FROM a | EVAL b = NOW() - 5',
  'FROM a | EVAL b = "x" + "y"',
  'FROM a | WHERE process.pid',
  'FROM a | WHERE process.pid LIKE "1*"',
  'FROM a | WHERE process.entry_leader.same_as_process > true',
  'FROM a | WHERE -process.name == 1',
  'FROM a | WHERE b == null',
  'FROM a | WHERE b != NULL',
  'FROM a | KEEP b | WHERE c == 1',
  'FROM a | WHERE user.name == "x" | KEEP b | WHERE user.name == "y"',
  'FROM a | STATS n = COUNT(*) BY b | WHERE m > 1',
  'FROM a | STATS count = COUNT(*) BY b | WHERE cuont > 1',
  'FROM a | STATS n = COUNT(*) | KEEP x.*',
  'FROM a | WHERE _id == "x"',
  'FROM a METADATA _id, _score',
  'FROM a | WHERE proces.name == "x"',
  'FROM a | WHERE process == 1',
  'FROM a | WHERE COUNT(*) > 5',
  'FROM a | STATS n = MAX(COUNT(*))',
  'FROM a | STATS n = COUNT(*) + source.port BY b',
  'FROM a | STATS BY BUCKET(process.pid, 10) | EVAL c = BUCKET(process.pid, 10)',
  'FROM a | STATS',
  'FROM a | EVAL b = [1, "b"]',
  'FROM a | STATS n = TOP(b, c, "asc")',
  'FROM a | STATS n = TOP(b, 1, "up")',
  'FROM a | EVAL b = DATE_DIFF("minuts", @timestamp, NOW())',
  'FROM a | WHERE CIDR_MATCH(source.ip, "10.0.0.0/40")',
  'FROM a | EVAL b = process.name::strng',
  'FROM a | EVAL b = process.name::date_nanos',
  'FROM a | WHERE b LIKE """C:\\Windows*"""',
  'FROM a | WHERE b LIKE "a\\\\x*"',
  'FROM a | GROK b "%{IP:x:number} %{A-B}"',
  'FROM a | GROK process.pid "x"',
  'FROM a | DISSECT b "%{*a} %{&b}"',
  'FROM a | DISSECT b "x"',
  'FROM a | GROK b "%{URIPROT:x} %{IP:y}"',
  'FROM a | GROK b "(?<x>[a"',
  'FROM a | EVAL b = REPLACE(c, "[a", "b")',
  'FROM a | WHERE b RLIKE "[a" OR b RLIKE """a\\@b@c""" OR b RLIKE ".*(||x)" OR b RLIKE ("a+", "*b")',
  'FROM a | EVAL b = KQL("c: d")',
  'FROM a | EVAL b = 1 | WHERE KQL("c: d")',
  'FROM a | STATS n = COUNT(*) BY b | WHERE b : "x"',
  'FROM a | EVAL b = "x" | WHERE b : "y"',
  'FROM a | WHERE KQL("""c: "x" d""")',
  'FROM a | WHERE KQL(b)',
  'FROM a | WHERE MATCH(b, "c", {"fuzzyness": 1})',
  'FROM a | WHERE KQL("a: b", {"boost": 2})',
  'FROM a | ENRICH p',
  'FROM a | LOOKUP JOIN host ON host.name',
  'FROM a | LOOKUP JOIN hosts ON host',
  'FROM a | LOOKUP JOIN ports ON source.port',
  'FROM a | ENRICH hosts ON @timestamp',
  'FROM a | EVAL b = DATE_FORMAT("yyyy-QQ", @timestamp)',
  `FROM a | EVAL b = DATE_PARSE("yyyy'T", message)`,
  'FROM a | EVAL b = JSON_EXTRACT(message, "a..b")',
  'FROM a | EVAL b = SPLIT(message, "::")',
  'FROM a | STATS COUNT(*) BY BUCKET(process.pid, 1 hour)',
  'FROM a | STATS COUNT(*) BY BUCKET(@timestamp, 20)',
  'FROM a | STATS b = PERCENTILE(process.pid, 101)',
  'FROM a | EVAL b = SUBSTRING(message, 1, -1)',
  'FROM a | COMPLETION b',
  'FROM a | COMPLETION 5 WITH { "inference_id": "m" }',
  'FROM a | LIMIT 1.5',
  'FROM a | SORT host.geo.location',
  'FROM a | WHERE x > 5 AND x == "abc"',
  'FROM a | KEEP gcp.audit.request',
  'FROM a | WHERE gcp.audit.request == "x"',
];

test('mistakes of meaning are shown where they are, with what to do', () => {
  assertGolden('esql/mistakes-of-meaning.txt', pictures(MISTAKES));
});

test('the example of every message gives this message and no other', () => {
  for (const [code, { example, severity }] of Object.entries<MessageDefinition>(esqlMessages)) {
    if (example === undefined) continue;
    const compiled = esql.compile(source('query', example), { types: builtinFieldTypes });
    assert.deepEqual(
      compiled.diagnostics.map((found) => found.code),
      [code],
    );
    assert.equal(compiled.ok, severity !== 'error', code);
  }
});
