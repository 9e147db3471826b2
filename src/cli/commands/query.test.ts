/** How `winnow query` shows its answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runWith } from '../../../tests/support/cli.ts';
import type { Answer } from '../../app/query.ts';
import { success } from '../../base/result.ts';

const answer: Answer = {
  table: {
    columns: [
      { name: 'user.name', type: 'keyword' },
      { name: 'n', type: 'long' },
      { name: '@timestamp', type: 'datetime' },
    ],
    rows: [
      ['=eve', -3, Date.UTC(2026, 0, 1)],
      [['bob', 'ann'], -20000000000000001n, null],
    ],
    events: [undefined, undefined],
  },
  events: 1200,
  counts: { mvNull: 1, unmapped: 1200 },
  refusals: [],
  unread: [],
  missing: [],
  interrupted: false,
  diagnostics: [],
};

async function shown(format: string, changed: Partial<Answer> = {}, columns = 80) {
  const services = { query: async () => success({ ...answer, ...changed }) };
  return runWith(['query', 'FROM *', 'a.log', '-o', format], {
    services,
    columns,
    environment: { NO_COLOR: '1' },
  });
}

test('a table has a line a row', async () => {
  const { stdout, stderr } = await shown('table');
  assert.equal(
    stdout,
    `user.name  n                   @timestamp
=eve       -3                  2026-01-01T00:00:00.000Z
bob; ann   -20000000000000001
`,
  );
  assert.equal(
    stderr,
    `2 rows from 1,200 events
1 × values were null because there were several (mvNull)
1,200 × reads of fields that the event does not have and no table knows
(unmapped)
`,
  );
});

test('in CSV texts are inert and numbers are numbers', async () => {
  const { stdout } = await shown('csv');
  assert.equal(
    stdout,
    `user.name,n,@timestamp
'=eve,-3,2026-01-01T00:00:00.000Z
bob; ann,-20000000000000001,
`,
  );
});

test('rows that are too wide for a table are lists', async () => {
  const names = ['a.rather.long.name.of.a.field', 'b', 'c', 'd', 'e'];
  const { stdout } = await shown(
    'table',
    {
      table: {
        columns: names.map((name) => ({ name, type: 'keyword' })),
        rows: [names.map((_, i) => 'words '.repeat(i + 3).trim()), [null, 'x'.repeat(60), null, null, 'e']],
        events: [undefined, undefined],
      },
    },
    50,
  );
  assert.equal(
    stdout,
    `row 1
a.rather.long.name.of.a.field
                         words words words
b                        words words words words
c                        words words words words
                         words
d                        words words words words
                         words words
e                        words words words words
                         words words words

row 2
b                        ${'x'.repeat(25)}
                         ${'x'.repeat(25)}
                         ${'x'.repeat(10)}
e                        e
`,
  );
});

test('a table ends after a thousand rows and says so, other formats do not', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [`u${i}`, i, null] as const);
  const table = { ...answer.table, rows, events: [] };
  const { stdout } = await shown('table', { table });
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(
    [lines.length, lines.at(-1)],
    [1003, '… and 199,000 more rows: LIMIT chooses, and -o ndjson, json or csv writes all'],
  );
  assert.equal((await shown('csv', { table })).stdout.trimEnd().split('\n').length, 200_001);
});

test('a FROM that reads nothing is told with what there is', async () => {
  const unread = [
    { what: 'logs-b-default', count: 1000 },
    { what: 'logs-a-default', count: 200 },
  ];
  const { stderr } = await shown('ndjson', { unread, counts: {} });
  assert.equal(
    stderr.replaceAll(/\s+/g, ' '),
    '2 rows from 1,200 events FROM reads none of the events, which stand in logs-b-default (1,000), logs-a-default (200); --ignore-index reads them all ',
  );
});

const events: Answer['table'] = {
  columns: [
    { name: 'match', type: 'integer' },
    { name: '@timestamp', type: 'datetime' },
    { name: 'reason', type: 'keyword' },
    { name: 'source', type: 'keyword' },
  ],
  rows: [],
  events: [],
};

test('fields that no event has are told when nothing came of them', async () => {
  const missing = [
    { field: 'user.nme', similar: ['user.name', 'user.id'] },
    { field: 'verb', similar: [] },
  ];
  const { stderr } = await shown('ndjson', { missing, counts: {}, table: events });
  assert.equal(
    stderr.replaceAll(/\s+/g, ' '),
    '0 rows from 1,200 events no event has the field user.nme; they have user.name, user.id no event has the field verb ',
  );
  const found = { ...events, rows: [[1, 0, 'a', 'b']], events: [undefined] };
  assert.equal(
    (await shown('ndjson', { missing, counts: {}, table: found })).stderr,
    '1 row from 1,200 events\n',
  );
});

test('matches of several events are counted beside their rows', async () => {
  const table = {
    ...events,
    rows: [1, 2].map((time) => [1, time, `event ${time}`, `a.log:${time}`]),
    events: [1, 2].map((n) => ({ id: `${n}`, document: { n } })),
  };
  const groups = { matches: 1, untimed: 1, limited: new Map([['sequenceKeys', 3]]) };
  const { stdout, stderr } = await shown('ndjson', { table, groups, counts: {} });
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    [1, 2].map((n) => ({
      match: 1,
      '@timestamp': new Date(n).toISOString(),
      reason: `event ${n}`,
      source: `a.log:${n}`,
      document: { n },
    })),
  );
  assert.equal(
    stderr.replaceAll(/\s+/g, ' '),
    '1 match of 2 rows from 1,200 events 1 event without a time left out, which have no place in the order ' +
      '3 × over the limit sequenceKeys: matches may be missing ',
  );
});

test('what was interrupted says so, in words and by its exit code', async () => {
  const stop = new AbortController();
  stop.abort('SIGINT');
  const services = { query: async () => success({ ...answer, counts: {}, interrupted: true }) };
  const { code, stderr } = await runWith(['query', 'FROM *', 'a.log'], { services, signal: stop.signal });
  assert.deepEqual(
    [code, stderr],
    [130, '2 rows from 1,200 events\nwarning RUN001: this covers only what was read until then\n'],
  );
});

test('times stand whole beside texts that share the rest', async () => {
  const table: Answer['table'] = {
    columns: [
      { name: '@timestamp', type: 'datetime' },
      { name: 'user.name', type: 'keyword' },
      { name: 'url.path', type: 'keyword' },
    ],
    rows: [[Date.UTC(2026, 0, 1), 'system:serviceaccount:ci', '/api/v1/namespaces/ci/pods']],
    events: [undefined],
  };
  assert.equal(
    (await shown('table', { table }, 60)).stdout,
    `@timestamp                user.name        url.path
2026-01-01T00:00:00.000Z  system:servicea  /api/v1/namespace
                          ccount:ci        s/ci/pods
`,
  );
});
