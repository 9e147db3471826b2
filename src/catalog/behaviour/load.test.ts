import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import type { MessageDefinition } from '../../base/messages/index.ts';
import { messages } from '../../base/messages/index.ts';
import { loadBehaviours } from './load.ts';

const texts = `id = "BP-9001"
title = "Somebody does something"
summary = """
First line
of a paragraph.
"""
looks_like = "It looks like this."
tell_apart = ["Is it so?"]
hiding = "Behind it."
actor = "backup"
families = ["automation"]
techniques = ["T1552.007"]
data_sources = ["kubernetes"]

[gathers]
phrases = ["backup*"]
`;

const profile = `
[profile]
language = "kuery"
query = "user.name: {{accounts}} and kubernetes.audit.verb: \\"list\\""

[profile.parameters.accounts]
type = "list"
describe = "Accounts"
default = ["velero"]

[base]
user = { name = "velero" }
verb = "list"

[[matches]]
name = "one"
[[matches]]
name = "two"
with.user.id = "7"
[[differs]]
name = "three"
without = ["user.name"]
[[differs]]
name = "four"
with.verb = "get"
`;

const load = (...files: readonly string[]) =>
  loadBehaviours(files.map((text, index) => ({ file: `${index}.toml`, text })));

const problems = (...files: readonly string[]): string[] =>
  load(...files).diagnostics.map((found) => picture(found));

test('a file becomes a behaviour, its paragraphs without line ends', () => {
  const { behaviours, diagnostics } = load(texts);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(behaviours, [
    {
      id: 'BP-9001',
      title: 'Somebody does something',
      summary: 'First line of a paragraph.',
      looksLike: 'It looks like this.',
      tellApart: ['Is it so?'],
      hiding: 'Behind it.',
      actor: 'backup',
      families: ['automation'],
      techniques: ['T1552.007'],
      dataSources: ['kubernetes'],
      gathers: { phrases: ['backup*'], without: [], techniques: [], rules: [] },
      file: '0.toml',
    },
  ]);
});

test('a profile has its query, its grade and its events', () => {
  const [behaviour] = load(texts + profile).behaviours;
  assert.ok(behaviour?.profile !== undefined);
  const { where, restsOn, ...rest } = behaviour.profile;
  assert.equal(where.kind, 'and');
  assert.deepEqual(
    restsOn.map(({ field, grade }) => `${grade} ${field}`),
    ['A user.name', 'A kubernetes.audit.verb'],
  );
  assert.deepEqual(rest, {
    language: 'kuery',
    template: 'user.name: {{accounts}} and kubernetes.audit.verb: "list"',
    parameters: [{ name: 'accounts', type: 'list', describe: 'Accounts', values: ['velero'] }],
    query: 'user.name: ("velero") and kubernetes.audit.verb: "list"',
    grade: 'A',
    matches: [
      { name: 'one', record: { user: { name: 'velero' }, verb: 'list' }, line: 31 },
      { name: 'two', record: { user: { name: 'velero', id: '7' }, verb: 'list' }, line: 33 },
    ],
    differs: [
      { name: 'three', record: { user: {}, verb: 'list' }, line: 36 },
      { name: 'four', record: { user: { name: 'velero' }, verb: 'get' }, line: 39 },
    ],
  });
});

test('everything that is wrong is told at its place', () => {
  const wrong = texts
    .replace('BP-9001', 'BP-1')
    .replace('actor = "backup"', 'actor = "backpu"')
    .replace('hiding', 'hidding')
    .replace('T1552.007', 'T15')
    .replace('"backup*"', '"+ backup"');
  assert.deepEqual(problems(wrong), [
    '0.toml:9:1: error BHV012: unknown key "hidding"\n  9 | hidding = "Behind it."\n    | ^^^^^^^\n  hint: did you mean "hiding"?',
    '0.toml:1:6: error BHV011: "id" must be "BP-" and four digits, found "BP-1"\n  1 | id = "BP-1"\n    |      ^^^^^^',
    '0.toml:1:1: error BHV010: "hiding" is missing\n  1 | id = "BP-1"\n    | ^',
    '0.toml:10:9: error BHV011: "actor" must be one of "admin", "automation", "autoscaler", "backup", "ci", "cloud-service", "configuration-management", "control-plane", "deployment-tool", "developer", "gitops", "help-desk", "monitoring", "node", "operator", "security-tool", "tester", "user", "workload", found "backpu"\n  10 | actor = "backpu"\n     |         ^^^^^^^^\n  hint: did you mean "backup"?',
    '0.toml:12:15: error BHV011: "0" must be an id of ATT&CK such as T1552.007, found "T15"\n  12 | techniques = ["T15"]\n     |               ^^^^^',
    '0.toml:16:12: error BHV011: "0" must be words on both sides of every "+", found "+ backup"\n  16 | phrases = ["+ backup"]\n     |            ^^^^^^^^^^',
  ]);
});

test('a profile without enough events, and events without a profile, are mistakes', () => {
  const codes = (text: string): string[] =>
    load(text).diagnostics.map(({ code, message }) => `${code} ${message.slice(0, 40)}`);
  assert.deepEqual(codes(texts + profile.slice(0, profile.indexOf('[[differs]]'))), [
    'BHV011 "differs" must be a list of at least two',
  ]);
  assert.deepEqual(codes(texts + profile.slice(profile.indexOf('[base]'))), [
    'BHV011 "base" must be absent where there is no ',
    'BHV011 "matches" must be absent where there is ',
    'BHV011 "differs" must be absent where there is ',
  ]);
});

test('errors of the query stand at their place in the file', () => {
  const broken = profile.replace('verb: \\"list\\""', 'verb: ("');
  assert.deepEqual(
    problems(texts + broken).map((text) => text.split(':').slice(0, 4).join(':')),
    ['0.toml:20:62: error KQL109'],
  );
});

test('a default that does not fit its type keeps the profile from being compiled', () => {
  const broken = profile.replace('type = "list"', 'type = "cidr"');
  assert.deepEqual(
    problems(texts + broken).map((text) => text.split('\n')[0]),
    ['0.toml:25:11: error BHV011: "default" must be one or more blocks such as 10.0.0.0/8, found a list'],
  );
});

test('of two behaviours with one id the first stays', () => {
  const { behaviours, diagnostics } = load(texts, texts.replace('Somebody', 'Nobody'));
  assert.deepEqual(
    behaviours.map(({ title }) => title),
    ['Somebody does something'],
  );
  assert.deepEqual(
    diagnostics.map((found) => picture(found)),
    [
      '1.toml:1:7: error BHV013: BP-9001 is already the behaviour of 0.toml\n  1 | id = "BP-9001"\n    |       ^^^^^^^',
    ],
  );
});

test('behaviours come by id, and a file that is no TOML stops no other', () => {
  const { behaviours, diagnostics } = load(texts.replace('9001', '9002'), 'id = ', texts);
  assert.deepEqual(
    behaviours.map(({ id }) => id),
    ['BP-9001', 'BP-9002'],
  );
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['RULE001'],
  );
});

test('the examples of the messages show what they are examples of', () => {
  const examples = Object.entries<MessageDefinition>(messages).filter(
    ([code, { example }]) => code.startsWith('BHV') && example !== undefined,
  );
  assert.ok(examples.length > 5);
  for (const [code, { example = '' }] of examples)
    assert.deepEqual(
      load(example).diagnostics.map((found) => found.code),
      [code],
    );
});
