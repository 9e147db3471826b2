import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { MANY, ONE } from '../../data/pattern.ts';
import type { ExceptionFile } from './model.ts';
import { readOwn } from './own.ts';

function read(text: string): ExceptionFile {
  const result = readOwn(source('own.yaml', text), 'own');
  assert.ok(result.ok, result.diagnostics.map((d) => picture(d)).join('\n'));
  return result.value;
}

const pictures = (text: string): string[] => {
  const result = readOwn(source('own.yaml', text), 'own');
  const found = result.ok ? result.value.diagnostics : result.diagnostics;
  return found.map((d) => picture(d));
};

/** Without the places, which have a test of their own. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'place' ? undefined : inner)));

test('an exception with everything', () => {
  const { lists, valueLists, diagnostics } = read(`
list: shared
name: Shared exceptions
exceptions:
  - id: backup
    name: Backup reads secrets
    owner: storage@example.com
    reason: Nightly.
    expires: 2027-01-31
    os: [linux]
    rules: { ids: [a-1], names: ["Secrets *"], tags: Kubernetes }
    when:
      user.name: velero
value_lists:
  - { id: accounts, type: keyword, values: [a, 7] }
`);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(plain(lists), [
    {
      listId: 'shared',
      name: 'Shared exceptions',
      type: 'detection',
      items: [
        {
          id: 'backup',
          name: 'Backup reads secrets',
          owner: 'storage@example.com',
          reason: 'Nightly.',
          expires: Date.parse('2027-01-31T23:59:59.999Z'),
          osTypes: ['linux'],
          rules: { all: false, ids: ['a-1'], names: ['Secrets *'], tags: ['Kubernetes'] },
          entries: [
            { kind: 'values', field: 'user.name', excluded: false, values: ['velero'], ignoreCase: false },
          ],
        },
      ],
    },
  ]);
  assert.deepEqual(plain(valueLists), [
    { id: 'accounts', type: 'keyword', values: [{ text: 'a' }, { text: '7' }] },
  ]);
});

const item = (when: string): string => `
exceptions:
  - name: An exception
    owner: me
    reason: because
    when: ${when}
`;

test('conditions', () => {
  const values = (...texts: string[]) => ({ kind: 'values', values: texts, ignoreCase: false });
  const cases: Readonly<Record<string, readonly object[]>> = {
    x: [values('x')],
    '443': [values('443')],
    true: [values('true')],
    '""': [values('')],
    '[a, b]': [values('a', 'b')],
    '{ is: a }': [values('a')],
    '{ is not: a }': [{ ...values('a'), excluded: true }],
    '{ is one of: [a, b], ignore case: true }': [{ ...values('a', 'b'), ignoreCase: true }],
    '{ is not one of: [a, b] }': [{ ...values('a', 'b'), excluded: true }],
    '{ exists: true }': [{ kind: 'exists' }],
    '{ exists: false }': [{ kind: 'exists', excluded: true }],
    '{ matches: "a*b?" }': [{ kind: 'patterns', patterns: [['a', MANY, 'b', ONE]], ignoreCase: false }],
    "{ matches: 'C:\\*' }": [{ kind: 'patterns', patterns: [['C:\\', MANY]], ignoreCase: false }],
    '{ matches: "a*", does not match: [b, c] }': [
      { kind: 'patterns', patterns: [['a', MANY]], ignoreCase: false },
      { kind: 'patterns', patterns: [['b'], ['c']], ignoreCase: false, excluded: true },
    ],
    '{ in cidr: 10.0.0.0/8 }': [{ kind: 'blocks', blocks: ['10.0.0.0/8'] }],
    '{ not in cidr: [10.0.0.1, "::1"] }': [{ kind: 'blocks', blocks: ['10.0.0.1', '::1'], excluded: true }],
    '{ in list: l }': [{ kind: 'list', listId: 'l', ignoreCase: false }],
    '{ not in list: l, ignore case: true }': [
      { kind: 'list', listId: 'l', ignoreCase: true, excluded: true },
    ],
    '{ nested: { g: x } }': [{ kind: 'nested', entries: [{ field: 'g', excluded: false, ...values('x') }] }],
  };
  for (const [condition, expected] of Object.entries(cases)) {
    const { lists } = read(item(`{ f: ${condition} }`));
    const entries = expected.map((entry) => ({ field: 'f', excluded: false, ...entry }));
    assert.deepEqual(plain(lists[0]?.items[0]?.entries), entries, condition);
  }
});

test('an expiry is the end of a day or a moment', () => {
  const at = (expires: string) => read(item(`{ f: x }\n    expires: ${expires}`)).lists[0]?.items[0]?.expires;
  assert.equal(at('2027-01-31'), Date.parse('2027-01-31T23:59:59.999Z'));
  assert.equal(at('2027-01-31T12:00:00+02:00'), Date.parse('2027-01-31T10:00:00Z'));
});

test('rules of the file are for exceptions that name none', () => {
  const text = `rules: all${item('{ f: x }')}  - name: B\n    owner: me\n    reason: r\n    rules: { ids: [a] }\n    when: { f: x }\n`;
  assert.deepEqual(
    read(text).lists[0]?.items.map(({ rules }) => rules),
    [
      { all: true, ids: [], names: [], tags: [] },
      { all: false, ids: ['a'], names: [], tags: [] },
    ],
  );
});

test('references stand for what they refer to', () => {
  const text = item('{ a: &n [x, y], b: *n }');
  assert.deepEqual(
    read(text).lists[0]?.items[0]?.entries.map((entry) => entry.kind === 'values' && entry.values),
    [
      ['x', 'y'],
      ['x', 'y'],
    ],
  );
});

test('mistakes are said at their place, and the exception is left out', () => {
  const text = `exceptions:
  - name: Nobody answers
    reason: because
    resaon: because
    expires: next year
    when: { f: { matchs: x } }
  - name: Whole
    owner: me
    reason: because
    when: { f: x }
`;
  assert.deepEqual(
    read(text).lists[0]?.items.map(({ name }) => name),
    ['Whole'],
  );
  assert.deepEqual(pictures(text), [
    'own.yaml:4:5: warning EXC012: unknown key "resaon"\n' +
      '  4 |     resaon: because\n' +
      '    |     ^^^^^^\n' +
      '  hint: did you mean "reason"?',
    'own.yaml:5:14: error EXC011: "expires" must be a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z, found "next year"\n' +
      '  5 |     expires: next year\n' +
      '    |              ^^^^^^^^^',
    'own.yaml:2:5: error EXC010: "owner" is missing\n' +
      '  2 |   - name: Nobody answers\n' +
      '    |     ^^^^^^^^^^^^^^^^^^^^',
    'own.yaml:6:18: error EXC013: there is no condition "matchs"\n' +
      '  6 |     when: { f: { matchs: x } }\n' +
      '    |                  ^^^^^^\n' +
      '  hint: did you mean "matches"?',
  ]);
});

test('what conditions refuse', () => {
  const first = (when: string): string => pictures(item(when))[0]?.split('\n')[0] ?? 'nothing';
  const cases: Readonly<Record<string, string>> = {
    '{}': 'own.yaml:6:11: error EXC011: "when" must be a table with at least one field, found an empty table',
    '[a]': 'own.yaml:6:11: error EXC011: "when" must be a table of keys and values, found a list',
    '{ f: }': 'own.yaml:6:16: error EXC010: "f" is missing',
    '{ f: [] }':
      'own.yaml:6:16: error EXC011: "f" must be a list with at least one value, found an empty list',
    '{ f: { is: [a] } }': 'own.yaml:6:22: error EXC011: "is" must be one value, found a list',
    '{ f: { in cidr: ten } }':
      'own.yaml:6:27: error EXC011: "in cidr" must be an address or a block such as 10.0.0.0/8, found "ten"',
    '{ f: { exists: maybe } }': 'own.yaml:6:26: error EXC011: "exists" must be true or false, found "maybe"',
    '{ f: { ignore case: true } }':
      'own.yaml:6:16: error EXC011: "f" must be a value or a table with an operator, found a table',
  };
  for (const [when, expected] of Object.entries(cases)) assert.equal(first(when), expected);
});

test('what is no YAML, and what holds no exceptions', () => {
  assert.deepEqual(pictures('exceptions: [\n'), [
    'own.yaml:2:1: error EXC001: not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]\n' +
      '  2 | \n' +
      '    | ^',
  ]);
  assert.deepEqual(pictures('- a\n'), [
    'own.yaml:1:1: error EXC001: not valid YAML: a mapping of keys to values must stand here\n  1 | - a\n    | ^',
  ]);
  assert.deepEqual(pictures('a: &a [x, x]\nb: &b [*a, *a]\n'.replace('exceptions', '')), [
    'own.yaml:1:1: warning EXC012: unknown key "a"\n  1 | a: &a [x, x]\n    | ^\n  hint: known here: list, name, rules, exceptions, value_lists',
    'own.yaml:2:1: warning EXC012: unknown key "b"\n  2 | b: &b [*a, *a]\n    | ^\n  hint: known here: list, name, rules, exceptions, value_lists',
    'own.yaml:1:1: error EXC002: the file has no "exceptions"\n  1 | a: &a [x, x]\n    | ^',
  ]);
  const bomb = Array.from(
    { length: 9 },
    (_, n) => `a${n}: &a${n} [${'x,'.repeat(n === 0 ? 9 : 0)}${`*a${n - 1},`.repeat(n === 0 ? 0 : 9)}]\n`,
  );
  assert.match(pictures(bomb.join(''))[0] ?? '', /EXC001: not valid YAML: the references unfold to too much/);
});
