import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mutated } from '../../../tests/support/mutated.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import type { Tables } from '../kit/language.ts';
import { esql } from './index.ts';

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

/** Compiles; every diagnostic must have a place inside of the text, and a query without a plan an error. */
function assertSound(text: string): void {
  const compiled = esql.compile(source('query', text), { types: builtinFieldTypes, tables });
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
  esql.highlight(text);
}

const WORDS: readonly string[] = [
  'FROM logs-* METADATA _id ROW WHERE EVAL STATS INLINE BY KEEP DROP RENAME AS SORT ASC DESC NULLS FIRST LAST LIMIT',
  'MV_EXPAND GROK DISSECT APPEND_SEPARATOR ENRICH ON WITH LOOKUP JOIN hosts COMPLETION FORK SET TS and or not in like',
  'rlike is null true false a b.c `d` @timestamp process.pid source.ip COUNT VALUES CASE COALESCE KQL MATCH TO_LOWER',
  'DATE_TRUNC NOW 5 minutes 1d "x" "a:b" "a*" "%{IP:x}" " """ """y""" \'z\' “q” \\ 1 .5 5m 1e999 10.0.0.1 "10.0.0.1"',
  '== != = < >= : :: + - * / % ( ) [ ] { } , | . ? ! // /* */ é \ud800 \n \r\n \t \0',
].flatMap((line) => line.split(' '));

test('words in any order never throw', () => {
  const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 });
  fc.assert(
    fc.property(
      words,
      fc.constantFrom(' ', ''),
      fc.constantFrom('', 'FROM a | WHERE ', 'FROM a | STATS '),
      (list, space, head) => assertSound(head + list.join(space)),
    ),
    { numRuns: 1000 },
  );
});

test('any text never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), assertSound), { numRuns: 300 });
});

const QUERIES = [
  'FROM logs-*, -logs-x METADATA _id, _index | WHERE KQL("""host.name: (a or b*)""") AND source.port >= 5 AND not a IN ("x", "y") | KEEP *, _id',
  'FROM logs-* | EVAL a = CASE(b == "x", 1, c > 2.5, 2, 3), d = @timestamp - 5 minutes | STATS n = COUNT(*) WHERE a > 1, v = MV_SLICE(VALUES(e), 0, 9) BY f = DATE_TRUNC(1 hour, @timestamp), g | WHERE n >= 3 | SORT n DESC NULLS LAST | LIMIT 10',
  'FROM a | GROK message "%{IP:ip:int} (?<x.y>.*)" | DISSECT message """%{a} %{?b} %{+c->}""" APPEND_SEPARATOR = "," | MV_EXPAND x.y | RENAME ip AS z, w = a | DROP c*',
  'FROM a | INLINE STATS m = MAX(b::double) BY c | ENRICH hosts ON host.name WITH o = owner | LOOKUP JOIN hosts ON host.name | COMPLETION r = CONCAT(o, "x") WITH { "inference_id": "m" } /* end */',
  'FROM a | WHERE MATCH(process.name, "svchost.exe", {"fuzziness": 1}) OR message : "some words" OR b RLIKE """.*[0-9]+""" OR c LIKE ("a*", "b?") // end',
];

test('queries with pieces changed never throw', () => {
  for (const query of QUERIES) {
    const compiled = esql.compile(source('query', query), { types: builtinFieldTypes, tables });
    assert.deepEqual(
      compiled.diagnostics.map(({ message }) => message),
      [],
      query,
    );
  }
  fc.assert(fc.property(mutated(QUERIES, WORDS), assertSound), { numRuns: 1000 });
});

test('every beginning of a query is read', () => {
  for (const query of QUERIES) for (let end = 0; end <= query.length; end++) assertSound(query.slice(0, end));
});

/** What would take hours if some step were quadratic in it; a hang fails by the time-out. */
const REPEATED = [
  '( ) not_ - [ { " """ "\\ \'\\ ` `a~ “ /* //~ */ ; é | ,_ |_x_ a. .0 _<_a a_==_1_and_ a_==_1_or_ a_in_( 1 1. f( "a*",',
  '! ? ::long |_eval_a_=_b_ |_keep_a_ |_where_a_>_1_ *a .* a=1,_ case( %{ |_stats_a_=_count(*)_by_b_ +_1',
].flatMap((line) => line.split(' ').map((piece) => piece.replaceAll('_', ' ').replaceAll('~', '\n')));

test('long runs of the same thing take time in proportion', { timeout: 600_000 }, () => {
  for (const piece of REPEATED) {
    for (const head of [
      '',
      'FROM ',
      'FROM a | WHERE a == ',
      'FROM a | KEEP a',
      'FROM a | STATS ',
      'FROM a | GROK a "',
    ])
      assertSound(head + piece.repeat(5_000));
  }
});
