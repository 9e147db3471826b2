import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { picture } from '../../base/diagnostic.ts';
import { filterMessages } from '../../base/messages/filter.ts';
import type { MessageDefinition } from '../../base/messages/index.ts';
import { source } from '../../base/source.ts';
import type { JsonValue } from '../../data/document.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { printPredicate } from '../../plan/print.ts';
import type { FilterOptions } from './index.ts';
import { compileFilter } from './index.ts';

/** Places are the paths themselves, so that a picture shows what is pointed at. */
const options: FilterOptions = {
  types: builtinFieldTypes,
  at: (path) => ({
    source: source('filter', path.join(' ')),
    span: { start: 0, end: path.join(' ').length },
  }),
};

for (const [code, { example }] of Object.entries<MessageDefinition>(filterMessages))
  if (example !== undefined)
    test(`the example of ${code} gives exactly ${code}`, () => {
      const { diagnostics } = compileFilter(JSON.parse(example) as JsonValue, options);
      assert.deepEqual(
        diagnostics.map((found) => found.code),
        [code],
      );
    });

/** A filter, and the predicate that it is. */
const predicates: readonly (readonly [name: string, filter: JsonValue, predicate: string])[] = [
  [
    'a negated wildcard without case',
    {
      meta: { negate: true },
      query: { wildcard: { 'file.path': { case_insensitive: true, value: '?:\\\\Win\\*x*' } } },
    },
    'not(file.path: pattern/ascii("?:\\\\\\\\Win\\\\*x*"))',
  ],
  [
    'a wildcard as a plain value',
    { query: { wildcard: { 'user.name': 'a*' } } },
    'user.name: pattern/exact("a*")',
  ],
  ['a disabled one holds always', { meta: { disabled: true }, query: { ids: {} } }, 'and()'],
  [
    'the old style, with exists beside meta',
    { exists: { field: 'user_agent.original' }, meta: { negate: true } },
    'not(exists user_agent.original)',
  ],
  [
    'a star in match_phrase is a star',
    {
      $state: { store: 'appState' },
      meta: { key: 'event.dataset' },
      query: { match_phrase: { 'event.dataset': 'ti_*' } },
    },
    'event.dataset: text/exact("ti_*")',
  ],
  [
    'match_phrase on analysed text',
    { query: { match_phrase: { message: { query: 'failed login' } } } },
    'message: tokens/standard/phrase("failed", "login")',
  ],
  [
    'match asks for any word',
    { query: { match: { message: 'failed login' } } },
    'message: tokens/standard/any("failed", "login")',
  ],
  [
    'match with operator and asks for all',
    { query: { match: { message: { query: 'failed login', operator: 'AND' } } } },
    'and(message: tokens/standard/any("failed"), message: tokens/standard/any("login"))',
  ],
  [
    'match of type phrase',
    { query: { match: { message: { query: 'failed login', type: 'phrase' } } } },
    'message: tokens/standard/phrase("failed", "login")',
  ],
  [
    'term without case',
    { query: { term: { 'user.name': { value: 'Root', case_insensitive: true } } } },
    'user.name: text/ascii("Root")',
  ],
  [
    'terms',
    { query: { terms: { 'destination.port': [22, '80'], boost: 1 } } },
    'or(destination.port: number/coerce(22), destination.port: number/coerce(80))',
  ],
  ['prefix', { query: { prefix: { 'user.name': 'sys' } } }, 'user.name: pattern/exact("sys*")'],
  [
    'a regular expression',
    { query: { regexp: { 'user.name': { value: 'r[o0]+t', case_insensitive: true } } } },
    'user.name: regexp/ascii("r[o0]+t")',
  ],
  [
    'a range of dates',
    {
      query: {
        range: {
          '@timestamp': { gte: 'now-1d', lt: 'now', format: 'strict_date_optional_time', time_zone: 'UTC' },
        },
      },
    },
    '@timestamp: allOf(dateOrder(gte "now-1d"), dateOrder(lt "now"))',
  ],
  [
    'a range without ends asks for a value',
    { query: { range: { 'event.severity': {} } } },
    'event.severity: present',
  ],
  [
    'bool ignores should beside must',
    {
      query: {
        bool: {
          must: { term: { a: '1' } },
          filter: [],
          should: [{ term: { b: '1' } }],
          must_not: [{ exists: { field: 'c' } }],
        },
      },
    },
    'and(a: anyOf(text/exact("1"), number/skip(1)), not(exists c))',
  ],
  [
    'bool asks for one of should',
    { query: { bool: { should: [{ term: { a: 'x' } }, { term: { b: 'y' } }] } } },
    'and(or(a: text/exact("x"), b: text/exact("y")))',
  ],
  [
    'bool asks for two of three',
    {
      query: {
        bool: {
          should: [{ term: { a: 'x' } }, { term: { b: 'x' } }, { term: { c: 'x' } }],
          minimum_should_match: 2,
        },
      },
    },
    'and(or(and(a: text/exact("x"), or(b: text/exact("x"), c: text/exact("x"))), and(b: text/exact("x"), c: text/exact("x"))))',
  ],
  [
    'all but one may be written negative',
    { query: { bool: { should: [{ term: { a: 'x' } }, { term: { b: 'x' } }], minimum_should_match: '-1' } } },
    'and(or(a: text/exact("x"), b: text/exact("x")))',
  ],
  [
    'more than there are never hold',
    { query: { bool: { should: [{ term: { a: 'x' } }], minimum_should_match: 2 } } },
    'and(or())',
  ],
  ['an empty bool holds always', { query: { bool: {} } }, 'and()'],
  [
    'query_string',
    { query: { query_string: { query: 'user.name:(a OR b)', analyze_wildcard: true } } },
    'or(user.name: text/exact("a"), user.name: text/exact("b"))',
  ],
  ['match_all', { query: { match_all: {} } }, 'and()'],
  ['match_none', { query: { match_none: {} } }, 'or()'],
  ['constant_score', { query: { constant_score: { filter: { term: { a: 'x' } } } } }, 'a: text/exact("x")'],
  [
    'nested',
    { query: { nested: { path: 'n', query: { term: { 'n.a': 'x' } } } } },
    'nested("n", n.a: text/exact("x"))',
  ],
  [
    'several in one',
    {
      meta: {
        type: 'combined',
        relation: 'OR',
        params: [
          { query: { term: { a: 'x' } } },
          { meta: { negate: true }, query: { exists: { field: 'b' } } },
        ],
      },
    },
    'or(a: text/exact("x"), not(exists b))',
  ],
];

for (const [name, filter, predicate] of predicates)
  test(`a filter: ${name}`, () => {
    const compiled = compileFilter(filter, options);
    assert.equal(compiled.ok ? printPredicate(compiled.value) : compiled.diagnostics[0]?.message, predicate);
    assert.deepEqual(compiled.diagnostics, []);
  });

/** A filter, and what is said about it. */
const remarks: readonly (readonly [filter: JsonValue, said: readonly string[]])[] = [
  [
    { query: { ids: { values: ['1'] } } },
    [
      'filter:1:1: error FIL101: the clause "ids" is not supported',
      '  1 | query ids',
      '    | ^^^^^^^^^',
      '  hint: events have no document id before they are stored',
    ],
  ],
  [
    { query: { trem: { a: 1 } } },
    [
      'filter:1:1: error FIL101: the clause "trem" is not supported',
      '  1 | query trem',
      '    | ^^^^^^^^^^',
      '  hint: did you mean "term"?',
    ],
  ],
  [
    { query: { geo_shape: {} } },
    [
      'filter:1:1: error FIL101: the clause "geo_shape" is not supported',
      '  1 | query geo_shape',
      '    | ^^^^^^^^^^^^^^^',
      '  hint: understood are bool, constant_score, exists, match, match_all, match_none, match_phrase, nested, prefix, query_string, range, regexp, term, terms, wildcard',
    ],
  ],
  [
    { query: {} },
    ['filter:1:1: error FIL102: a query must have one clause, and this has 0', '  1 | query', '    | ^^^^^'],
  ],
  [
    { meta: {} },
    ['filter:1:1: error FIL102: a query must have one clause, and this has 0', '  1 | ', '    | ^'],
  ],
  [5, ['filter:1:1: error FIL102: "the filter" must be an object', '  1 | ', '    | ^']],
  [
    { query: { term: null } },
    ['filter:1:1: error FIL102: "term" must be an object', '  1 | query term', '    | ^^^^^^^^^^'],
  ],
  [
    { query: { term: { a: 1, b: 2 } } },
    [
      'filter:1:1: error FIL102: this clause must name one field, and it names 2',
      '  1 | query term',
      '    | ^^^^^^^^^^',
    ],
  ],
  [
    { query: { term: { a: [1] } } },
    ['filter:1:1: error FIL102: "a" must be a text or a number', '  1 | query term a', '    | ^^^^^^^^^^^^'],
  ],
  [
    { query: { term: { a: { valeu: 1 } } } },
    [
      'filter:1:1: error FIL103: the parameter "valeu" is not supported',
      '  1 | query term a valeu',
      '    | ^^^^^^^^^^^^^^^^^^',
      '  hint: did you mean "value"?',
    ],
  ],
  [
    { query: { match_phrase: { 'user.name': { query: 'a b', slop: 2 } } } },
    [
      'filter:1:1: error FIL103: the parameter "slop" is not supported',
      '  1 | query match_phrase user.name slop',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    ],
  ],
  [
    { query: { range: { '@timestamp': { gte: '1', format: 'yyyy' } } } },
    [
      'filter:1:1: error FIL103: the date format "yyyy" is not supported',
      '  1 | query range @timestamp format',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: write dates as ISO 8601 or in milliseconds',
    ],
  ],
  [
    { query: { range: { '@timestamp': { gte: '1', time_zone: '+02:00' } } } },
    [
      'filter:1:1: error FIL103: the time zone "+02:00" is not supported',
      '  1 | query range @timestamp time_zone',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: write dates in UTC',
    ],
  ],
  [
    { query: { range: { message: { gt: 'b' } } } },
    [
      'filter:1:1: error FIL105: a range over the words of an analysed field is not supported (field `message`)',
      '  1 | query range message',
      '    | ^^^^^^^^^^^^^^^^^^^',
    ],
  ],
  [
    { query: { regexp: { a: 'a~b' } } },
    [
      'filter:1:1: error FIL106: the regular expression cannot be run: complement "~" is not supported: escape it as "\\~" if the character is meant',
      '  1 | query regexp a',
      '    | ^^^^^^^^^^^^^^',
    ],
  ],
  [
    { query: { term: { 'destination.port': 'https' } } },
    [
      'filter:1:1: warning FIL201: "https" is no number: this never holds for `destination.port`',
      '  1 | query term destination.port',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    ],
  ],
  [
    { query: { bool: { should: [{ term: { a: 'x' } }], minimum_should_match: '75%' } } },
    [
      'filter:1:1: error FIL103: "75%" as minimum_should_match is not supported',
      '  1 | query bool minimum_should_match',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: write a whole number',
    ],
  ],
  [
    { query: { query_string: { query: 'user.name:(a' } } },
    [
      'filter:1:1: error LUC111: this "(" is never closed',
      '  1 | query query_string query',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^',
    ],
  ],
  [
    { query: { query_string: { query: 'mimikatz' } } },
    [
      'filter:1:1: warning LUC209: this has no field and is looked for in all of them',
      '  1 | query query_string query',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: write `field:value`',
    ],
  ],
  [
    { query: { query_string: { query: 'a', default_field: 'b' } } },
    [
      'filter:1:1: error FIL103: a default field is not supported',
      '  1 | query query_string default_field',
      '    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: name the field inside the query: `field:(…)`',
    ],
  ],
];

for (const [filter, said] of remarks)
  test(`what is said about ${JSON.stringify(filter)}`, () => {
    const { diagnostics } = compileFilter(filter, options);
    assert.deepEqual(
      diagnostics.flatMap((found) => picture(found).split('\n')),
      said,
    );
  });

test('filters nest to a limit, and then there is an error with a name', () => {
  let query: JsonValue = { match_all: {} };
  for (let level = 0; level < 5000; level++) query = { bool: { must: query } };
  assert.deepEqual(
    compileFilter({ query }, options).diagnostics.map((d) => d.code),
    ['FIL104'],
  );
});

test('a place that is not known is left out', () => {
  const { diagnostics } = compileFilter({ query: {} }, { ...options, at: () => undefined });
  assert.deepEqual(
    diagnostics.map((found) => picture(found)),
    ['error FIL102: a query must have one clause, and this has 0'],
  );
});

const name = fc.constantFrom(
  'bool',
  'term',
  'range',
  'query',
  'meta',
  'must',
  'value',
  'gte',
  'a',
  'source.ip',
  'match',
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(null, true, 1, '', 'x', '10.0.0.0/8', '*'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

test('any value gives a predicate or an error', () => {
  fc.assert(
    fc.property(json.value, (value) => {
      const result = compileFilter(value as JsonValue, options);
      assert.equal(result.ok, !result.diagnostics.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 3000 },
  );
});
