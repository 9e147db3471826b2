import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../base/diagnostic.ts';
import { parseRuleTests } from './test-file.ts';

const problems = (text: string): string[] => {
  const parsed = parseRuleTests('a.tests.toml', text);
  return parsed.ok ? [] : parsed.diagnostics.map((d) => picture(d));
};

test('a case is the base record with its changes', () => {
  const text = `
[base]
verb = "get"
[base.objectRef]
resource = "pods"
namespace = "shop"
[[fires]]
name = "as it is"
[[quiet]]
name = "changed"
with.objectRef.resource = "secrets"
with.groups = ["a"]
without = ["objectRef.namespace", "nowhere.at.all"]
`;
  assert.deepEqual(parseRuleTests('a.tests.toml', text), {
    ok: true,
    diagnostics: [],
    value: [
      {
        name: 'as it is',
        expects: 'fires',
        line: 7,
        records: [{ verb: 'get', objectRef: { resource: 'pods', namespace: 'shop' } }],
      },
      {
        name: 'changed',
        expects: 'quiet',
        line: 9,
        records: [{ verb: 'get', objectRef: { resource: 'secrets' }, groups: ['a'] }],
      },
    ],
  });
});

test('a case of several records changes the base for each of them', () => {
  const text = '[base]\na = 1\n[[fires]]\nname = "two"\nalerts = 1\nevents = [{}, { with = { a = 2 } }]\n';
  const parsed = parseRuleTests('a.tests.toml', text);
  assert.deepEqual(parsed.ok && parsed.value, [
    { name: 'two', expects: 'fires', alerts: 1, line: 3, records: [{ a: 1 }, { a: 2 }] },
  ]);
});

test('everything that does not fit the form is reported, each at its place', () => {
  assert.deepEqual(problems('[[fire]]\nname = "x"\n[[quiet]]\nwiht = 1\n'), [
    'a.tests.toml:1:3: error TEST001: `fire` means nothing in a test file\n  1 | [[fire]]\n    |   ^^^^\n  hint: did you mean "fires"?',
    'a.tests.toml:4:1: error TEST001: `wiht` means nothing in a test file\n  4 | wiht = 1\n    | ^^^^\n  hint: did you mean "with"?',
    'a.tests.toml:3:3: error TEST001: the case needs a `name`\n  3 | [[quiet]]\n    |   ^^^^^',
  ]);
});

test('TOML that cannot be read is an error, not an empty list of cases', () => {
  assert.equal(problems('[[fires]\n').length, 1);
});
