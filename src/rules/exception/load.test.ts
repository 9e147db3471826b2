import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnostic, picture } from '../../base/diagnostic.ts';
import { exceptionMessages } from '../../base/messages/exception.ts';
import type { MessageDefinition } from '../../base/messages/define.ts';
import { success } from '../../base/result.ts';
import type { JsonObject } from '../../data/document.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { exceptionWarnings } from '../../engine/exception/warnings.ts';
import { interpret } from '../../exec/interpret/index.ts';
import type { RuleFiles } from '../load/files.ts';
import { RulePathError } from '../load/files.ts';
import { loadRules } from '../load/load.ts';
import type { LoadedRule, RuleSet } from '../rule.ts';
import type { ExceptionSet } from './load.ts';
import { isExceptionName, loadExceptions } from './load.ts';

const NOW = Date.parse('2026-03-02T00:00:00Z');

/** Files in memory; a path is a folder when others begin with it. */
const memory = (files: Readonly<Record<string, string>>): RuleFiles => ({
  async list(path) {
    const found = Object.keys(files).filter((file) => file === path || file.startsWith(`${path}/`));
    if (found.length === 0) throw new RulePathError(diagnostic('RULE007', `there is no "${path}"`));
    return { files: found.map((file) => ({ file, identity: file, named: file === path })), diagnostics: [] };
  },
  read: async (file) => success(files[file] ?? ''),
});

const load = (files: Readonly<Record<string, string>>, ...paths: string[]): Promise<ExceptionSet> =>
  loadExceptions(paths.length === 0 ? ['e'] : paths, memory(files), { types: builtinFieldTypes, now: NOW });

const pictures = (found: ExceptionSet['diagnostics']): string[] => found.map((d) => picture(d));
const firstLines = (found: ExceptionSet['diagnostics']): string[] =>
  pictures(found).map((text) => text.split('\n')[0] ?? '');

/** An exception of our own form on these conditions. */
const own = (when: string, more = ''): string =>
  `exceptions:\n  - name: An exception\n    owner: me\n    reason: because\n    when: ${when}\n${more}`;

/** Whether the only exception is for the event. */
async function excepts(files: string | Readonly<Record<string, string>>, ...events: JsonObject[]) {
  const set = await load(typeof files === 'string' ? { 'e/a.yaml': files } : files);
  assert.deepEqual(pictures(set.diagnostics), []);
  const where = set.lists.flatMap(({ items }) => items)[0]?.exception.where;
  assert.ok(where);
  return events.map((event) => interpret(where, event, { now: NOW }));
}

const at = '2026-01-31T23:59:59.999Z';

test('a value is the whole keyword, and a phrase of analysed text', async () => {
  const names = [{ user: { name: 'eve' } }, { 'user.name': ['bob', 'eve'] }, { user: { name: 'Eve' } }, {}];
  assert.deepEqual(await excepts(own('{ user.name: eve }'), ...names), [true, true, false, false]);
  const messages = [
    { message: 'The Quick brown-fox' },
    { message: 'quick fox' },
    { message: 'quickly brown' },
  ];
  assert.deepEqual(await excepts(own('{ message: quick brown }'), ...messages), [true, false, false]);
});

test('values of other types are compared as their types', async () => {
  const ports = [
    { destination: { port: 443 } },
    { destination: { port: '443' } },
    { destination: { port: 80 } },
  ];
  assert.deepEqual(await excepts(own('{ destination.port: [443, 8443] }'), ...ports), [true, true, false]);
  const addresses = [{ source: { ip: '10.9.0.1' } }, { source: { ip: '11.0.0.1' } }];
  assert.deepEqual(await excepts(own('{ source.ip: 10.0.0.0/8 }'), ...addresses), [true, false]);
});

test('excluding is plain negation: true for an event without the field', async () => {
  const events = [{ user: { name: 'eve' } }, { user: { name: 'bob' } }, {}];
  assert.deepEqual(await excepts(own('{ user.name: { is not: eve } }'), ...events), [false, true, true]);
  assert.deepEqual(await excepts(own('{ user.name: { exists: false } }'), ...events), [false, false, true]);
});

test('wildcards see case unless told otherwise', async () => {
  const events = [{ user: { name: 'svc-a' } }, { user: { name: 'SVC-A' } }, { user: { name: 'svc-ab' } }];
  assert.deepEqual(await excepts(own('{ user.name: { matches: "svc-?" } }'), ...events), [
    true,
    false,
    false,
  ]);
  const ignoring = own('{ user.name: { matches: "svc-?", ignore case: true } }');
  assert.deepEqual(await excepts(ignoring, ...events), [true, true, false]);
});

test('blocks are for addresses in fields of any type', async () => {
  const events = [{ peer: '10.1.2.3' }, { peer: 'db.10.1.2.3' }, { peer: '::ffff:10.1.2.3' }, { peer: 10 }];
  assert.deepEqual(await excepts(own('{ peer: { in cidr: [10.0.0.0/8] } }'), ...events), [
    true,
    false,
    true,
    false,
  ]);
});

test('all conditions hold at once, nested ones for one object', async () => {
  const both = own('{ user.name: eve, event.action: get }');
  const events = [{ user: { name: 'eve' }, event: { action: 'get' } }, { user: { name: 'eve' } }];
  assert.deepEqual(await excepts(both, ...events), [true, false]);
  const nested = own('{ signers: { nested: { name: a, trusted: true } } }');
  const lists = [
    { signers: [{ name: 'a', trusted: true }] },
    {
      signers: [
        { name: 'a', trusted: false },
        { name: 'b', trusted: true },
      ],
    },
  ];
  assert.deepEqual(await excepts(nested, ...lists), [true, false]);
});

test('operating systems', async () => {
  const linux = own('{ user.name: eve }', '    os: [linux, macos]\n');
  const on = (host: JsonObject): JsonObject => ({ user: { name: 'eve' }, host });
  assert.deepEqual(
    await excepts(
      linux,
      on({ os: { type: 'linux' } }),
      on({ os: { name: 'MacOS' } }),
      on({ os: { type: 'windows' } }),
      on({}),
    ),
    [true, true, false, false],
  );
});

test('an exception ends with its day, by the time of the event', async () => {
  const until = own('{ user.name: eve }', '    expires: 2026-04-01\n');
  const events = ['2026-04-01T23:59:59.999Z', '2026-04-02T00:00:00.000Z', undefined].map((time) => ({
    user: { name: 'eve' },
    ...(time === undefined ? {} : { '@timestamp': time }),
  }));
  assert.deepEqual(await excepts(until, ...events), [true, false, false]);
});

test('lists of values, by the name of their file, its stem or an id', async () => {
  const events = [{ user: { name: 'ci' } }, { user: { name: 'eve' } }];
  const text = { 'e/accounts.txt': 'deploy\r\n  ci  \n\n' };
  const inList = (id: string) => own(`{ user.name: { in list: ${id} } }`);
  assert.deepEqual(await excepts({ 'e/a.yaml': inList('accounts.txt'), ...text }, ...events), [true, false]);
  assert.deepEqual(await excepts({ 'e/a.yaml': inList('accounts'), ...text }, ...events), [true, false]);
  const inside = `${inList('l')}value_lists:\n  - { id: l, values: [ci] }\n`;
  assert.deepEqual(await excepts(inside, ...events), [true, false]);
});

test('lists of addresses hold blocks and ranges', async () => {
  const events = ['10.0.0.1', '10.0.0.7', '192.168.1.4', '192.168.1.9', '::1'].map((ip) => ({
    source: { ip },
  }));
  const files = {
    'e/a.yaml': own('{ source.ip: { in list: net } }'),
    'e/net.txt': '10.0.0.0/30\n192.168.1.1 - 192.168.1.5\n::1\n',
  };
  assert.deepEqual(await excepts(files, ...events), [true, false, true, false, true]);
});

test('a line that is no address is said and left out', async () => {
  const set = await load({
    'e/a.yaml': own('{ source.ip: { in list: net } }'),
    'e/net.txt': '10.0.0.1\ngateway\n10.0.0.9-10.0.0.1\n',
  });
  assert.deepEqual(pictures(set.diagnostics), [
    'e/net.txt:2:1: warning EXC021: "gateway" is no IP address, block or range\n  2 | gateway\n    | ^^^^^^^',
    'e/net.txt:3:1: warning EXC021: "10.0.0.9-10.0.0.1" is no IP address, block or range\n' +
      '  3 | 10.0.0.9-10.0.0.1\n    | ^^^^^^^^^^^^^^^^^',
  ]);
  assert.equal(set.lists[0]?.items.length, 1);
});

test('an exception that cannot be asked does not apply', async () => {
  const set = await load({
    'e/a.yaml': own('{ destination.port: { is not: https } }'),
    'e/b.yaml': own('{ user.name: { in list: acounts } }'),
    'e/accounts.txt': 'a\n',
  });
  assert.deepEqual(pictures(set.diagnostics), [
    'e/a.yaml:5:41: error EXC022: "https" is no number (field `destination.port`)\n' +
      '  5 |     when: { destination.port: { is not: https } }\n' +
      '    |                                         ^^^^^',
    'e/b.yaml:5:35: error EXC020: there is no list of values "acounts"\n' +
      '  5 |     when: { user.name: { in list: acounts } }\n' +
      '    |                                   ^^^^^^^\n' +
      '  hint: did you mean "accounts"?',
  ]);
  assert.deepEqual(
    set.lists.flatMap(({ items }) => items),
    [],
  );
});

test('lists of one id are one list; equal items are one, others of one id a mistake', async () => {
  const set = await load({
    'e/a.yaml': `list: shared\n${own('{ f: x }')}`,
    'e/b.yaml': `list: shared\n${own('{ f: x }')}`,
    'e/c.yaml': `list: shared\n${own('{ f: y }')}`,
  });
  assert.deepEqual(firstLines(set.diagnostics), [
    'e/c.yaml:3:11: error EXC014: the exception "An exception" differs from that at e/a.yaml:3',
  ]);
  assert.deepEqual(
    set.lists.map(({ listId, items }) => [listId, items.map(({ exception }) => exception.place.source.name)]),
    [['shared', ['e/a.yaml']]],
  );
});

test('files by their endings', async () => {
  assert.deepEqual(
    ['a.toml', 'a.YML', 'a.yaml', 'a.ndjson', 'a.txt', 'a.md', 'toml'].filter(isExceptionName),
    ['a.toml', 'a.YML', 'a.yaml', 'a.ndjson', 'a.txt'],
  );
  const set = await load({ 'e/a.md': 'x', 'e/b.toml': '[rule]\n' }, 'e/a.md', 'e/b.toml');
  assert.deepEqual(firstLines(set.diagnostics), [
    'e/a.md: error EXC002: no kind of exceptions has this ending',
    'e/b.toml: error EXC002: the file has no [[exceptions]]',
  ]);
  await assert.rejects(load({}, 'nowhere'), RulePathError);
});

const ruleText = (id: string, tail = ''): string =>
  `[rule]\nrule_id = "${id}"\nname = "Rule ${id}"\ndescription = "x"\nauthor = ["me"]\nrisk_score = 47\n` +
  `severity = "medium"\ntype = "query"\nlanguage = "kuery"\nquery = "user.name: eve"\ntags = ["Domain: Kubernetes"]\n${tail}`;

const named = (list: string, type = 'detection'): string =>
  `[[rule.exceptions_list]]\nid = "x"\nlist_id = "${list}"\nnamespace_type = "single"\ntype = "${type}"\n`;

async function rulesWith(
  exceptions: Readonly<Record<string, string>>,
  rules: Readonly<Record<string, string>>,
): Promise<RuleSet> {
  const set = Object.keys(exceptions).length === 0 ? { lists: [], diagnostics: [] } : await load(exceptions);
  return loadRules(['r'], memory(rules), { exceptions: set });
}

const bound = ({ rules }: RuleSet) =>
  Object.fromEntries(
    rules.map(({ document, exceptions = [] }: LoadedRule) => [
      document.rule.rule_id,
      exceptions.map(({ list, item }) => `${list}/${item}`),
    ]),
  );

test('a rule gets the lists that it names and the exceptions that choose it', async () => {
  const choosing = (name: string, rules: string) =>
    `  - { name: ${name}, owner: me, reason: r, rules: ${rules}, when: { f: x } }\n`;
  const set = await rulesWith(
    {
      'e/named.yaml': own('{ f: x }'),
      'e/shared.yaml': `exceptions:\n${choosing('id', '{ ids: [a] }')}${choosing('name', '{ names: ["rule B"] }')}${choosing('tag', '{ tags: ["domain: *"] }')}${choosing('all', 'all')}`,
    },
    { 'r/a.toml': ruleText('a', named('named')), 'r/b.toml': ruleText('b') },
  );
  assert.deepEqual(firstLines(set.diagnostics), []);
  assert.deepEqual(bound(set), {
    a: ['named/An exception', 'shared/id', 'shared/tag', 'shared/all'],
    b: ['shared/name', 'shared/tag', 'shared/all'],
  });
});

test('lists that are missing, for endpoints or for nobody are said', async () => {
  const endpoint = JSON.stringify({ list_id: 'endpoint_list', name: 'Endpoints', type: 'endpoint' });
  const set = await rulesWith(
    {
      'e/a.ndjson': `${endpoint}\n`,
      'e/b.yaml': own('{ f: x }', '    rules: { names: [Rul a] }\n'),
      'e/mine.yaml': 'exceptions: []\n',
    },
    { 'r/a.toml': ruleText('a', named('endpoint_list', 'endpoint') + named('mne')) },
  );
  assert.deepEqual(bound(set), { a: [] });
  assert.deepEqual(firstLines(set.diagnostics), [
    'e/a.ndjson:1:1: warning EXC102: "Endpoints" is a list for endpoints and excepts no alert of a rule',
    'e/b.yaml:2:11: warning EXC103: "An exception" fits none of the loaded rules',
  ]);
  assert.deepEqual(pictures(set.rules[0]?.diagnostics ?? []), [
    'r/a.toml:19:11: warning EXC101: the exception list "mne" was not given, so none of its items apply\n' +
      '  19 | list_id = "mne"\n' +
      '     |           ^^^^^\n' +
      '  hint: did you mean "mine"?',
  ]);
});

test('the examples of the catalogue give their code', async () => {
  for (const [code, { example, severity }] of Object.entries<MessageDefinition>(exceptionMessages)) {
    if (example === undefined) continue;
    const exceptions = await load({ 'e/a.yaml': example });
    const set = await loadRules(['r'], memory({ 'r/a.toml': ruleText('a') }), { exceptions });
    const found = [...set.diagnostics, ...exceptionWarnings(set.rules)];
    assert.deepEqual(
      found.map((d) => [d.code, d.severity]),
      [[code, severity]],
      example,
    );
  }
});

test('what an exception tells about itself', async () => {
  const set = await load({ 'e/a.yaml': own('{ f: x }', '    expires: 2026-01-31\n') });
  const { where, place, ...told } = set.lists[0]?.items[0]?.exception ?? assert.fail();
  assert.equal(where.kind, 'and');
  assert.equal(place.source.name, 'e/a.yaml');
  assert.deepEqual(told, {
    list: 'a',
    item: 'An exception',
    name: 'An exception',
    owner: 'me',
    reason: 'because',
    expires: at,
  });
  assert.deepEqual(firstLines(set.diagnostics), [
    `e/a.yaml:2:11: warning EXC203: "An exception" expired at ${at}`,
  ]);
});
