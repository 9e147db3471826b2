import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { picture } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import type { JsonObject } from '../../data/document.ts';
import { interpret } from '../../exec/interpret/index.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Parameter, ParameterType, Profile } from './model.ts';
import { compileProfile } from './profile.ts';

type Language = Profile['language'];

const parameter = (name: string, type: ParameterType, ...values: readonly string[]): Parameter => ({
  name,
  type,
  describe: 'For a test',
  values,
});

const compile = (language: Language, query: string, ...parameters: readonly Parameter[]) =>
  compileProfile({ language, template: source('query', query), parameters, types: builtinFieldTypes });

const problems = (language: Language, query: string, ...parameters: readonly Parameter[]): string[] => {
  const compiled = compile(language, query, ...parameters);
  return compiled.ok ? [] : compiled.diagnostics.map((found) => picture(found));
};

function conditionOf(language: Language, query: string, ...parameters: readonly Parameter[]): Predicate {
  const compiled = compile(language, query, ...parameters);
  assert.ok(compiled.ok, compiled.diagnostics.map((found) => picture(found)).join('\n'));
  return compiled.value.where;
}

const holds = (where: Predicate, document: JsonObject): boolean => interpret(where, document, { now: 0 });

const queries: readonly (readonly [Language, string])[] = [
  ['kuery', 'user.name: {{accounts}} and event.action: "get"'],
  ['eql', 'any where user.name in {{accounts}} and event.action == "get"'],
];

const hostile = [
  '*',
  '?',
  '"',
  '\\',
  '\\"',
  'x" or user.name: "*',
  'x") or (user.name: *',
  'x", "y',
  '" or true or user.name == "',
  '{{accounts}}',
  'a\nb',
  'a\r\n// c',
  '/* x',
  '\u0000',
  '\u2028',
  '\\u0041',
  '\\u{41}',
  'not x',
  ' or ',
  '',
  ' x ',
  '（全角）',
  '$& $1 $$',
];

for (const [language, query] of queries) {
  test(`hostile values of a parameter stay values (${language})`, () => {
    for (const value of hostile) {
      const where = conditionOf(language, query, parameter('accounts', 'list', value));
      const event = (name: string): JsonObject => ({ user: { name }, event: { action: 'get' } });
      assert.equal(holds(where, event(value)), true, JSON.stringify(value));
      assert.equal(holds(where, event('mallory')), false, JSON.stringify(value));
      assert.equal(holds(where, { user: { name: value }, event: { action: 'put' } }), false, value);
    }
  });

  test(`a list matches its values and no others, whatever they are (${language})`, () => {
    const text = fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.constantFrom(...hostile));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, (values, other) => {
        const where = conditionOf(language, query, parameter('accounts', 'list', ...values));
        const fits = (name: string): boolean => holds(where, { user: { name }, event: { action: 'get' } });
        assert.ok(values.every(fits));
        assert.equal(fits(other), values.includes(other));
      }),
      { numRuns: 60 },
    );
  });
}

test('values change nothing but the values of the predicate', () => {
  const shape = (...values: readonly string[]): string =>
    JSON.stringify(
      queries.map(([language, query]) =>
        conditionOf(language, query, parameter('accounts', 'list', ...values)),
      ),
      (key, value: unknown) => (key === 'oneOf' ? '…' : key === 'span' ? undefined : value),
    );
  for (const value of hostile) assert.equal(shape(value), shape('plain'), JSON.stringify(value));
});

test('strings, addresses and blocks are written as their language wants them', () => {
  const block = parameter('networks', 'cidr', '10.0.0.0/8', 'fd00::/8');
  const address = parameter('host', 'ip', '192.0.2.7');
  const name = parameter('name', 'string', 'a"b');
  const texts = [
    compile('kuery', 'source.ip: {{networks}} and user.name: {{name}}', block, name),
    compile('eql', 'any where cidrMatch(source.ip, {{networks}}) and user.name == {{name}}', block, name),
    compile('eql', 'any where cidrMatch(source.ip, {{ host }})', address),
  ].map((compiled) => compiled.ok && compiled.value.query);
  assert.deepEqual(texts, [
    'source.ip: ("10.0.0.0/8" or "fd00::/8") and user.name: "a\\"b"',
    'any where cidrMatch(source.ip, "10.0.0.0/8", "fd00::/8") and user.name == "a\\"b"',
    'any where cidrMatch(source.ip, "192.0.2.7")',
  ]);
});

test('a place where a value would be read as anything but itself is refused', () => {
  const accounts = parameter('accounts', 'list', 'a');
  const refused: readonly (readonly [Language, string])[] = [
    ['eql', 'any where user.name : {{accounts}}'],
    ['eql', 'any where user.name like {{accounts}}'],
    ['eql', 'any where user.name regex {{accounts}}'],
    ['eql', 'any where event.action == "get" // {{accounts}}'],
    ['kuery', 'message: {{accounts}}'],
    ['kuery', 'user.name: "a" and "user.name {{accounts}}": *'],
    ['kuery', 'user.name >= {{accounts}}'],
  ];
  for (const [language, query] of refused)
    assert.notDeepEqual(problems(language, query, accounts), [], query);
  assert.deepEqual(problems('eql', 'any where user.name : {{accounts}}', accounts), [
    'query:1:23: error BHV022: the values of "accounts" would not be taken literally here\n  1 | any where user.name : {{accounts}}\n    |                       ^^^^^^^^^^^^\n  hint: compare a field with it as a whole: with ":" in KQL, with "==", "in" or cidrMatch in EQL',
  ]);
});

test('each place of a parameter is looked at by itself', () => {
  const accounts = parameter('accounts', 'list', 'a');
  const query = 'any where user.name in {{accounts}} or user.id : {{accounts}}';
  assert.deepEqual(
    problems('eql', query, accounts).map((text) => text.slice(0, 25)),
    ['query:1:50: error BHV022:'],
  );
});

test('parameters and query must fit together', () => {
  assert.deepEqual(problems('kuery', 'user.name: {{acounts}}', parameter('accounts', 'list', 'a')), [
    'query:1:12: error BHV020: there is no parameter "acounts"\n  1 | user.name: {{acounts}}\n    |            ^^^^^^^^^^^\n  hint: did you mean "accounts"?',
    'query:1:1: error BHV020: the query does not use the parameter "accounts"\n  1 | user.name: {{acounts}}\n    | ^',
  ]);
});

test('errors of the query stand at their place in the template, behind what was put in too', () => {
  assert.deepEqual(
    problems('kuery', 'user.name: {{a}} and user.id: (', parameter('a', 'list', 'long', 'longer')).map(
      (text) => text.slice(0, 11),
    ),
    ['query:1:32:'],
  );
});

test('a sequence is no profile, and neither is a query over fields that nobody graded', () => {
  const codes = (language: Language, query: string): (string | undefined)[] =>
    problems(language, query).map((text) => /BHV\d+/.exec(text)?.[0]);
  assert.deepEqual(codes('eql', 'sequence [any where true] [any where true]'), ['BHV021']);
  assert.deepEqual(codes('eql', 'any where true | head 1'), ['BHV021']);
  assert.deepEqual(codes('kuery', 'labels.colour: "red"'), ['BHV024']);
});
