import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { source } from '../../base/source.ts';
import { MANY, ONE } from '../../data/pattern.ts';
import { readElasticToml } from './elastic-toml.ts';
import { readKibanaExport } from './kibana-export.ts';
import type { ExceptionFile } from './model.ts';

const toml = (text: string): ExceptionFile => whole(readElasticToml(source('e.toml', text)));
const ndjson = (...lines: readonly object[]): ExceptionFile =>
  whole(readKibanaExport(source('e.ndjson', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))));

function whole(result: Result<ExceptionFile>): ExceptionFile {
  assert.ok(result.ok);
  return result.value;
}

/** Without the places. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'place' ? undefined : inner)));

const pictures = ({ diagnostics }: ExceptionFile): string[] => diagnostics.map((d) => picture(d));

test('a TOML file with rules, a list and its items', () => {
  const file = toml(`
[metadata]
creation_date = "2026/01/02"
updated_date = "2026/01/03"
list_name = "Backup"
rule_ids = ["a-1"]
rule_names = ["Secrets listed"]

[[exceptions]]
[exceptions.container]
name = "Backup"
list_id = "backup"
type = "detection"
namespace_type = "single"
description = ""
tags = []

[[exceptions.items]]
name = "The nightly run"
item_id = "nightly"
type = "simple"
namespace_type = "single"
description = "Nightly."
expire_time = "2027-01-31T00:00:00.000Z"
os_types = ["linux"]

[[exceptions.items.entries]]
field = "user.name"
type = "match"
operator = "included"
value = "velero"

[[exceptions.items.entries]]
field = "process.executable"
type = "wildcard"
operator = "excluded"
value = "/tmp/*\\\\*?"

[[exceptions.items]]
name = "By comment"
comments = [{ comment = "first" }, { comment = "last" }]
entries = [{ field = "a", type = "exists", operator = "included" }]
`);
  const rules = { all: false, ids: ['a-1'], names: ['Secrets listed'], tags: [] };
  assert.deepEqual(pictures(file), []);
  assert.deepEqual(plain(file.lists), [
    {
      listId: 'backup',
      name: 'Backup',
      type: 'detection',
      items: [
        {
          id: 'nightly',
          name: 'The nightly run',
          reason: 'Nightly.',
          expires: Date.parse('2027-01-31T00:00:00Z'),
          osTypes: ['linux'],
          rules,
          entries: [
            { kind: 'values', field: 'user.name', excluded: false, values: ['velero'], ignoreCase: false },
            {
              kind: 'patterns',
              field: 'process.executable',
              excluded: true,
              patterns: [['/tmp/', MANY, '*', ONE]],
              ignoreCase: false,
            },
          ],
        },
        {
          id: 'By comment',
          name: 'By comment',
          reason: 'last',
          osTypes: [],
          rules,
          entries: [{ kind: 'exists', field: 'a', excluded: false }],
        },
      ],
    },
  ]);
});

const container = {
  list_id: 'l',
  name: 'List',
  type: 'rule_default',
  namespace_type: 'single',
  _version: 'x',
};
const item = (entries: readonly object[], more: object = {}) => ({
  list_id: 'l',
  item_id: 'i',
  name: 'Item',
  type: 'simple',
  created_by: 'me',
  entries,
  ...more,
});

test('an export of Kibana has rules, lists, items and a summary', () => {
  const file = ndjson(
    { rule_id: 'r', name: 'A rule', exceptions_list: [{ list_id: 'l' }] },
    container,
    item([
      { type: 'match_any', field: 'f', operator: 'excluded', value: ['x', 'y'] },
      { type: 'list', field: 'g', operator: 'included', list: { id: 'hosts.txt', type: 'ip' } },
      {
        type: 'nested',
        field: 'n',
        entries: [{ type: 'match', field: 'm', operator: 'included', value: 'z' }],
      },
    ]),
    item([{ type: 'exists', field: 'f', operator: 'included' }], { list_id: 'alone' }),
    { list_id: 'hosts.txt', type: 'ip', value: '10.0.0.1' },
    { list_id: 'hosts.txt', type: 'ip', value: '10.0.0.2' },
    { exported_count: 1 },
  );
  assert.deepEqual(pictures(file), []);
  assert.deepEqual(
    file.lists.map(({ listId, name, type }) => [listId, name, type]),
    [
      ['l', 'List', 'rule_default'],
      ['alone', 'alone', 'detection'],
    ],
  );
  assert.deepEqual(plain(file.lists[0]?.items[0]?.entries), [
    { kind: 'values', field: 'f', excluded: true, values: ['x', 'y'], ignoreCase: false },
    { kind: 'list', field: 'g', excluded: false, listId: 'hosts.txt', type: 'ip', ignoreCase: false },
    {
      kind: 'nested',
      field: 'n',
      excluded: false,
      entries: [{ kind: 'values', field: 'm', excluded: false, values: ['z'], ignoreCase: false }],
    },
  ]);
  assert.deepEqual(plain(file.valueLists), [
    { id: 'hosts.txt', type: 'ip', values: [{ text: '10.0.0.1' }, { text: '10.0.0.2' }] },
  ]);
});

test('what entries refuse, each at its place', () => {
  const refusal = (entry: object): string => {
    const { lists, diagnostics } = ndjson(container, item([entry]));
    assert.deepEqual(lists[0]?.items, []);
    return diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ');
  };
  const match = { type: 'match', field: 'f', operator: 'included', value: 'x' };
  assert.equal(refusal({ ...match, type: 'matches' }), 'EXC013 there is no entry of type "matches"');
  assert.equal(refusal({ ...match, type: undefined }), 'EXC010 "type" is missing');
  assert.equal(refusal({ ...match, field: undefined }), 'EXC010 "field" is missing');
  assert.equal(refusal({ ...match, value: undefined }), 'EXC010 "value" is missing');
  assert.equal(refusal({ ...match, value: ['x'] }), 'EXC011 "value" must be one text, found a list');
  assert.equal(refusal({ ...match, type: 'match_any' }), 'EXC011 "value" must be a list of texts, found "x"');
  assert.equal(
    refusal({ ...match, type: 'match_any', value: [] }),
    'EXC011 "value" must be a list with at least one text, found an empty list',
  );
  assert.equal(
    refusal({ ...match, operator: 'include' }),
    'EXC011 "operator" must be one of "included", "excluded", found "include"',
  );
  assert.equal(
    refusal({ type: 'list', field: 'f', value: 'x' }),
    'EXC012 unknown key "value"; EXC010 "list" is missing',
  );
  assert.equal(refusal({ type: 'nested', field: 'f' }), 'EXC010 "entries" is missing');
});

test('an item without entries, an unknown key, a line that is no JSON', () => {
  assert.deepEqual(pictures(ndjson(container, item([]))), [
    'e.ndjson:2:88: error EXC011: "entries" must be a list with at least one entry, found an empty list\n' +
      '  2 | {"list_id":"l","item_id":"i","name":"Item","type":"simple","created_by":"me","entries":[]}\n' +
      '    |                                                                                        ^',
  ]);
  const text = '{"list_id":"l","item_id":\n{"list_id":"l","name":"L","typ":"detection"}\n';
  assert.deepEqual(pictures(whole(readKibanaExport(source('e.ndjson', text)))), [
    'e.ndjson:1:26: error RULE006: not valid JSON: unexpected end of JSON input\n' +
      '  1 | {"list_id":"l","item_id":\n' +
      '    |                          ^',
    'e.ndjson:2:27: warning EXC012: unknown key "typ"\n' +
      '  2 | {"list_id":"l","name":"L","typ":"detection"}\n' +
      '    |                           ^^^^^\n' +
      '  hint: did you mean "type"?',
  ]);
});

test('mistakes in TOML', () => {
  assert.deepEqual(pictures(toml('[[exceptions]]\n[exceptions.container]\nname = "x"\n')), [
    'e.toml:2:2: error EXC010: "list_id" is missing\n  2 | [exceptions.container]\n    |  ^^^^^^^^^^^^^^^^^^^^',
  ]);
  assert.deepEqual(
    pictures(toml('[[exceptions]]\n[[exceptions.item]]\nname = "x"\n')).map((one) => one.split('\n')[0]),
    ['e.toml:2:3: warning EXC012: unknown key "item"', 'e.toml:1:3: error EXC010: "container" is missing'],
  );
});
