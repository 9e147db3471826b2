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
    value: {
      cases: [
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
    },
  });
});

test('a case of several records changes the base for each of them', () => {
  const text = '[base]\na = 1\n[[fires]]\nname = "two"\nalerts = 1\nevents = [{}, { with = { a = 2 } }]\n';
  const parsed = parseRuleTests('a.tests.toml', text);
  assert.deepEqual(parsed.ok && parsed.value.cases, [
    { name: 'two', expects: 'fires', alerts: 1, line: 3, records: [{ a: 1 }, { a: 2 }] },
  ]);
});

const recordsOf = (text: string) => {
  const parsed = parseRuleTests('a.tests.toml', text);
  assert.ok(parsed.ok, problems(text).join('\n'));
  return parsed.value.cases.map(({ records }) => records);
};

test('a file may name a rule that stands elsewhere', () => {
  const parsed = parseRuleTests('a.tests.toml', 'rule_id = "5e2f"\n[[fires]]\nname = "x"\n');
  assert.deepEqual(parsed.ok && parsed.value, {
    rule: '5e2f',
    cases: [{ name: 'x', expects: 'fires', line: 2, records: [{}] }],
  });
});

test('events have a kind, and what is named last wins: base, kind, case, event', () => {
  const text = `
events = [{ given = "failure" }, { with.d = "event" }]
[base]
a = "base"
b = "base"
c = "base"
d = "base"
[given.failure]
b = "kind"
c = "kind"
d = "kind"
[[fires]]
name = "the events of the file"
with = { c = "case", d = "case" }
without = ["a"]
[[quiet]]
name = "its own events"
events = [{}]
`;
  assert.deepEqual(recordsOf(text), [
    [
      { b: 'kind', c: 'case', d: 'case' },
      { b: 'base', c: 'case', d: 'event' },
    ],
    [{ a: 'base', b: 'base', c: 'base', d: 'base' }],
  ]);
});

test('a repeated event has a number in its texts and moves all of its dates', () => {
  const text = `
[base]
"@timestamp" = "2026-03-02T10:00:00.5Z"
born = "2026-03-02"
count = 3
user.name = ["user-{n}", "{n}{n}"]
[[fires]]
name = "three, half a minute apart, and one after them"
events = [{ repeat = 3, every = "30s" }, { at = "+1m" }, {}, { at = "-1d", repeat = 2, with.count = 4 }]
`;
  const record = (time: string, names: readonly string[], count = 3) => ({
    '@timestamp': time,
    born: '2026-03-02',
    count,
    user: { name: names },
  });
  assert.deepEqual(recordsOf(text), [
    [
      record('2026-03-02T10:00:00.5Z', ['user-1', '11']),
      record('2026-03-02T10:00:30.500Z', ['user-2', '22']),
      record('2026-03-02T10:01:00.500Z', ['user-3', '33']),
      record('2026-03-02T10:02:00.500Z', ['user-{n}', '{n}{n}']),
      record('2026-03-02T10:02:00.500Z', ['user-{n}', '{n}{n}']),
      record('2026-03-01T10:00:00.500Z', ['user-1', '11'], 4),
      record('2026-03-01T10:00:01.500Z', ['user-2', '22'], 4),
    ],
  ]);
});

test('events that cannot be made are reported', () => {
  const text = `
rule_id = 7
[given.failure]
a = 1
[[fires]]
name = "x"
events = [
  { given = "failrue" },
  { at = "noon" },
  { at = "end" },
  { repeat = 0 },
  { repeat = 1.5 },
  { repeat = 2, every = "often" },
  { every = "10s" },
]
[[quiet]]
name = "y"
with = 3
events = [{}, {}]
[[quiet]]
name = "z"
events = 3
`;
  assert.deepEqual(
    problems(text).map((picture) => picture.split('\n')[0]),
    [
      'a.tests.toml:2:1: error TEST001: `rule_id` must be text',
      'a.tests.toml:8:5: error TEST001: no kind of event is given as "failrue"',
      'a.tests.toml:9:5: error TEST001: `at` must be a moment like "30s", "+30s" or "-1d"',
      'a.tests.toml:10:5: error TEST001: `at` must be a moment like "30s", "+30s" or "-1d"',
      'a.tests.toml:11:5: error TEST001: `repeat` must be a whole number from 1 to 10000',
      'a.tests.toml:12:5: error TEST001: `repeat` must be a whole number from 1 to 10000',
      'a.tests.toml:13:17: error TEST001: `every` must be a length of time like "10s"',
      'a.tests.toml:14:5: error TEST001: `every` is the time between repeated events: it needs `repeat`',
      'a.tests.toml:18:1: error TEST001: `quiet.0.with` must be a table',
      'a.tests.toml:22:1: error TEST001: `events` must be a list of tables',
    ],
  );
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
