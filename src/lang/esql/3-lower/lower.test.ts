import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGolden } from '../../../../tests/support/golden.ts';
import { source } from '../../../base/source.ts';
import type { ColumnType } from '../../../data/column.ts';
import { builtinFieldTypes } from '../../../data/fields/index.ts';
import type { Pipeline } from '../../../plan/pipeline.ts';
import { printPipeline, printRowExpression } from '../../../plan/print-pipeline.ts';
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
]);

function plan(query: string): Pipeline {
  const compiled = esql.compile(source('query', query), { types: builtinFieldTypes, tables });
  assert.deepEqual(
    compiled.diagnostics.map(({ message }) => message),
    [],
    query,
  );
  assert.ok(compiled.ok && compiled.value.kind === 'pipeline');
  return compiled.value;
}

const QUERIES = [
  'FROM logs-*, europe:logs-*, -logs-noise-* METADATA _id, _source',
  'FROM logs-* | WHERE process.name.caseless == "nc" AND k8s_thing IS NOT NULL | KEEP @timestamp, process.*, *',
  'FROM a | KEEP b*, *.id, b.c, d | KEEP *.id, b.c | DROP x.id',
  'FROM a | EVAL b = c + 1, b = b * 2.5, d = b > 3 | RENAME b AS e, f = d | DROP c',
  'FROM a | STATS n = COUNT(*), m = COUNT(x) WHERE y == 1, s = MV_SLICE(VALUES(z), 0, 9), r = SUM(p) / COUNT(*) BY k, h = DATE_TRUNC(1 hour, @timestamp)',
  'FROM a | STATS COUNT(*), MAX(b) BY c | WHERE `COUNT(*)` > 5 | SORT c DESC, `MAX(b)` NULLS FIRST | LIMIT 10',
  'FROM a | STATS n = COUNT(*), n = MAX(b), c = MIN(b) BY c',
  'FROM a | INLINE STATS n = 1 + COUNT(*) BY host.id | WHERE n > 2 | KEEP host.id, n',
  'FROM a | GROK m "%{IP:ip} %{INT:port:int} (?<x.y>z)", "%{DATA}" | DISSECT m "%{a} %{?b} %{+c/2->}" APPEND_SEPARATOR = ","',
  'FROM a | ENRICH hosts WITH o = owner | LOOKUP JOIN hosts ON host.name | COMPLETION q = CONCAT(o, owner) WITH { "inference_id": "m" }',
  'FROM a | WHERE KQL("process.name: (nc or soc*)") AND message : "two words" AND MATCH(process.name, "svchost", {"fuzziness": "AUTO"})',
  'FROM a | MV_EXPAND b | WHERE c : "c" OR d LIKE "*" OR e NOT LIKE ("a*", "\\\\*?") OR f RLIKE ".*x"',
  'ROW a = [1, 2], b = "x", c = -9223372036854775808, d = 9223372036854775808, e = 1 week, f = null, g = 2 - 1.5',
];

test('queries and their plans', () => {
  assertGolden(
    'esql/plans.txt',
    QUERIES.map((query) => `${query}\n\n${printPipeline(plan(query))}\n`).join('\n\n'),
  );
});

/** Expressions with their types, as the value of one column. */
const TYPED: readonly (readonly [expression: string, type: ColumnType, printed: string])[] = [
  ['1 + 2147483647', 'integer', '(1:integer add/integer 2147483647:integer)'],
  ['1 + 2147483648', 'long', '(1:long add/long 2147483648:long)'],
  ['process.pid / 2', 'long', '({process.pid} divide/long 2:long)'],
  ['process.pid / 2.0', 'double', '(double({process.pid}) divide/double 2:double)'],
  ['process.pid::double / 2', 'double', '(TO_DOUBLE({process.pid}) divide/double 2:double)'],
  ['-process.pid % 3', 'long', '(negate({process.pid}) modulo/long 3:long)'],
  [
    '@timestamp - 90 minutes',
    'datetime',
    '({@timestamp} subtract {months:0,days:0,milliseconds:5400000}:time_duration)',
  ],
  ['2 weeks + @timestamp', 'datetime', '({@timestamp} add {months:0,days:14,milliseconds:0}:date_period)'],
  ['@timestamp > "2026-01-31"', 'boolean', '({@timestamp} gt/datetime 1769817600000:datetime)'],
  ['"::ffff:10.0.0.1" == source.ip', 'boolean', '("10.0.0.1":ip eq/ip {source.ip})'],
  ['source.ip IN ("::1", client.ip)', 'boolean', '({source.ip} in/ip ("::1":ip, {client.ip}))'],
  ['source.port IN (1, 2.5)', 'boolean', '(double({source.port}) in/double (1:double, 2.5:double))'],
  [
    'CASE(true, 1, source.port > 1, 2.5)',
    'double',
    'case(true:boolean ? 1:double, ({source.port} gt/long 1:long) ? 2.5:double)',
  ],
  [
    'CASE(true, "2026-01-01", @timestamp)',
    'datetime',
    'case(true:boolean ? 1767225600000:datetime, {@timestamp})',
  ],
  ['COALESCE(source.port, 1)', 'long', 'COALESCE({source.port}, 1:long)'],
  [
    'DATE_DIFF("minutes", "2026-01-01", NOW())',
    'integer',
    'DATE_DIFF("minutes", 1767225600000:datetime, NOW())',
  ],
  [
    'DATE_TRUNC("1 hour", @timestamp)',
    'datetime',
    'DATE_TRUNC({months:0,days:0,milliseconds:3600000}:time_duration, {@timestamp})',
  ],
  ['to_str(source.ip)', 'keyword', 'TO_STRING({source.ip})'],
  ['LOG(2)', 'double', 'LOG(2:integer)'],
];

test('expressions have the types that ES|QL gives them', () => {
  for (const [expression, type, printed] of TYPED) {
    const { operators } = plan(`FROM a | EVAL result = ${expression}`);
    const [, computed] = operators;
    assert.ok(computed?.kind === 'eval');
    assert.deepEqual(
      computed.columns.map(({ value }) => [value.type, printRowExpression(value)]),
      [[type, printed]],
      expression,
    );
  }
});

test('a field is read from the event also where its name is given another value at once', () => {
  const read = (query: string) => {
    const [source] = plan(query).operators;
    return source?.kind === 'source' ? source.columns.map(({ name }) => name) : [];
  };
  assert.deepEqual(read('FROM x | EVAL a = 1, b = b + 1, c = a'), ['b']);
  assert.deepEqual(read('FROM x | EVAL a = 1 | RENAME a AS b, c AS d, d AS c'), ['c']);
  assert.deepEqual(read('FROM x | STATS a = MAX(b) BY b = c'), ['c', 'b']);
  assert.deepEqual(read('FROM x | GROK a "%{IP:a}" | DISSECT b "%{b}" | MV_EXPAND c | DROP d'), [
    'a',
    'b',
    'c',
  ]);
});

test('fields that no table knows get the type that the query asks of them, everywhere', () => {
  const types = (query: string) =>
    Object.fromEntries(plan(query).unknownFields.map(({ name, type }) => [name, type]));
  assert.deepEqual(
    types('FROM x | WHERE my.a == "b" AND my.c > 5 AND my.d > 0.5 AND my.e AND my.f == source.ip'),
    {
      'my.a': 'keyword',
      'my.c': 'long',
      'my.d': 'double',
      'my.e': 'boolean',
      'my.f': 'ip',
    },
  );
  assert.deepEqual(
    types(
      'FROM x | WHERE my.a IS NOT NULL | STATS m = MAX(my.a) BY b | EVAL n = COALESCE(m, null) | WHERE n > 2',
    ),
    {
      'my.a': 'long',
      b: 'keyword',
    },
  );
  assert.deepEqual(types('FROM x | WHERE my.a > 1 | EVAL b = my.a * 0.5 | STATS s = SUM(c) BY my.a'), {
    'my.a': 'double',
    c: 'double',
  });
  assert.deepEqual(types('FROM x | WHERE CIDR_MATCH(my.a, "10.0.0.0/8") AND my.t > NOW() - 1 hour'), {
    'my.a': 'ip',
    'my.t': 'datetime',
  });
});
