import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { queryEvents } from './query.ts';
import { SetUpError } from './set-up-error.ts';
import { tablesOf } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-tables-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const hosts = file(
  'hosts.csv',
  'host.name,owner,rank,weight:double,source.ip,since:date,is_prod\n' +
    'web-1,"Eve, Ops",1,2,10.0.0.1,2026-01-01,true\nweb-2,,02,3.5,::ffff:10.0.0.2,2026-02-01T10:00:00Z,false\n',
);

test('the columns of a table are typed by their heads, by fields of their names, or by their values', async () => {
  const { shapes, tables } = await tablesOf([`hosts=${hosts}`]);
  assert.deepEqual(shapes.get('hosts')?.columns, [
    { name: 'host.name', type: 'keyword' },
    { name: 'owner', type: 'keyword' },
    { name: 'rank', type: 'keyword' },
    { name: 'weight', type: 'double' },
    { name: 'source.ip', type: 'ip' },
    { name: 'since', type: 'datetime' },
    { name: 'is_prod', type: 'boolean' },
  ]);
  assert.deepEqual(tables.get('hosts'), {
    key: 'host.name',
    rows: [
      {
        'host.name': 'web-1',
        owner: 'Eve, Ops',
        rank: '1',
        weight: 2,
        'source.ip': '10.0.0.1',
        since: Date.parse('2026-01-01'),
        is_prod: true,
      },
      {
        'host.name': 'web-2',
        owner: null,
        rank: '02',
        weight: 3.5,
        'source.ip': '10.0.0.2',
        since: Date.parse('2026-02-01T10:00:00Z'),
        is_prod: false,
      },
    ],
  });
});

test('a table may be an object a row, nested and with several values', async () => {
  const rows = file(
    'rows.ndjson',
    '{"host":{"name":"a"},"n":9007199254740993}\n\n{"host.name":"b","tag":["y","x"]}\n',
  );
  const { shapes, tables } = await tablesOf([`rows=${rows}`]);
  assert.deepEqual(
    shapes.get('rows')?.columns.map(({ name, type }) => `${name}:${type}`),
    ['host.name:keyword', 'n:long', 'tag:keyword'],
  );
  assert.deepEqual(tables.get('rows')?.rows, [
    { 'host.name': 'a', n: 9007199254740993n, tag: null },
    { 'host.name': 'b', n: null, tag: ['x', 'y'] },
  ]);
});

test('what is no table is refused with the reason and its line', async () => {
  const refusal = async (...given: readonly string[]): Promise<string> => {
    const error = await tablesOf(given).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SetUpError);
    return `${error.diagnostic.code} ${error.message.replaceAll(`${folder}/`, '')}`;
  };
  const csv = (text: string): string => `t=${file('t.csv', text)}`;
  const json = (text: string): string => `t=${file('t.ndjson', text)}`;
  assert.deepEqual(
    [
      await refusal('hosts.csv'),
      await refusal(`t=${join(folder, 'none.csv')}`),
      await refusal(`a=${hosts}`, `a=${hosts}`),
      await refusal(csv('')),
      await refusal(csv('a,a\n1,2\n')),
      await refusal(csv('a,,b\n1,2\n')),
      await refusal(csv('a,b\n1,2\n1,2,3\n')),
      await refusal(csv('a:lnog\n1\n')),
      await refusal(csv('a:long\n1\nx\n')),
      await refusal(csv('source.ip\n10.0.0.1\nweb\n')),
      await refusal(json('{"a":1}\n[1]\n')),
      await refusal(json('{"a":1}\n{"a":')),
    ],
    [
      'RUN012 "hosts.csv" does not name a table',
      'RUN012 none.csv: there is no such file',
      'RUN012 two tables are called "a"',
      'RUN012 t.csv: the file holds no columns',
      'RUN012 t.csv:1: two columns are called "a"',
      'RUN012 t.csv:1: column 2 has no name',
      'RUN012 t.csv:3: 3 cells, and 2 columns',
      'RUN012 t.csv: there is no type "lnog" for a column; did you mean "long"?',
      'RUN012 t.csv:3: column "a" is long, which "x" is not; name it "a:keyword" to take any text',
      'RUN012 t.csv:3: column "source.ip" is ip, which "web" is not; name it "source.ip:keyword" to take any text',
      'RUN012 t.ndjson:2: a row is not a JSON object',
      'RUN012 t.ndjson:2: not valid JSON: Unexpected end of JSON input',
    ],
  );
});

const log = file(
  'log.ndjson',
  ['web-1', 'web-2', 'web-3']
    .map((name, i) =>
      JSON.stringify({ '@timestamp': '2026-01-01T00:00:00Z', host: { name }, custom: { port: i } }),
    )
    .join('\n'),
);

async function rowsOf(text: string, tables: readonly string[]): Promise<unknown> {
  const answer = await queryEvents({
    text,
    language: undefined,
    inputs: [log],
    ingest: { shape: 'ecs', keepRequestReceived: false },
    ignoreIndex: false,
    queries: { tables },
  });
  return answer.ok ? answer.value.table.rows : answer.diagnostics.map(({ message }) => message);
}

test('LOOKUP JOIN and ENRICH read the table', async () => {
  const given = [`hosts=${hosts}`];
  assert.deepEqual(
    await rowsOf(
      'FROM * | LOOKUP JOIN hosts ON host.name | KEEP host.name, owner, weight | SORT host.name',
      given,
    ),
    [
      ['web-1', 'Eve, Ops', 2],
      ['web-2', null, 3.5],
      ['web-3', null, null],
    ],
  );
  assert.deepEqual(
    await rowsOf('FROM * | ENRICH hosts WITH who = owner | KEEP host.name, who | SORT host.name', given),
    [
      ['web-1', 'Eve, Ops'],
      ['web-2', null],
      ['web-3', null],
    ],
  );
});

test('a field that no table knows has the type of the column that it is joined with', async () => {
  const ports = file('ports.csv', 'custom.port,service\n0,zero\n2,two\n');
  assert.deepEqual(
    await rowsOf('FROM * | LOOKUP JOIN ports ON custom.port | KEEP custom.port, service | SORT custom.port', [
      `ports=${ports}`,
    ]),
    [
      [0, 'zero'],
      [1, null],
      [2, 'two'],
    ],
  );
});

test('a table, a column and a type that do not fit are told before anything runs', async () => {
  const given = [`hosts=${hosts}`];
  assert.deepEqual(
    [
      await rowsOf('FROM * | LOOKUP JOIN hsots ON host.name', given),
      await rowsOf('FROM * | LOOKUP JOIN hosts ON host.nam', given),
      await rowsOf('FROM * | ENRICH hosts ON @timestamp', given),
      await rowsOf('FROM * | LOOKUP JOIN hosts ON host.name', []),
    ],
    [
      ['there is no table "hsots"'],
      ['the table has no column "host.nam"'],
      ['"host.name" is a text in the table and a date here'],
      ['there is no table "hosts"'],
    ],
  );
});
