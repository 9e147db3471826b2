import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Answer, QueryOptions } from './query.ts';
import { queryEvents } from './query.ts';
import type { Progress } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-query-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'log.ndjson');
const events = [
  {
    '@timestamp': '2026-01-01T00:00:00Z',
    event: { action: 'exec' },
    user: { name: 'eve' },
    process: { pid: 1 },
  },
  {
    '@timestamp': '2026-01-01T00:01:00Z',
    event: { action: 'exec' },
    user: { name: 'bob' },
    process: { pid: 2 },
  },
  {
    '@timestamp': '2026-01-01T00:02:00Z',
    event: { action: 'open', category: 'file' },
    user: { name: 'eve' },
  },
];
writeFileSync(file, events.map((one) => `${JSON.stringify(one)}\n`).join(''));

const other = join(folder, 'other.ndjson');
writeFileSync(other, `${JSON.stringify(events[0])}\n`);

const ask = (text: string, options: Partial<QueryOptions> = {}) =>
  queryEvents({
    text,
    language: undefined,
    inputs: [file],
    ingest: { shape: 'ecs', keepRequestReceived: false },
    ignoreIndex: false,
    ...options,
  });

async function answer(text: string, options?: Partial<QueryOptions>): Promise<Answer> {
  const asked = await ask(text, options);
  assert.ok(asked.ok, asked.diagnostics.map(({ message }) => message).join());
  return asked.value;
}

test('ES|QL gives its rows', async () => {
  const { table, events: read } = await answer('FROM * | STATS n = COUNT(*) BY user.name | SORT n DESC');
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['n', 'user.name'],
  );
  assert.deepEqual(table.rows, [
    [2, 'eve'],
    [1, 'bob'],
  ]);
  assert.equal(read, 3);
});

test('NOW is the time of the last event', async () => {
  const { table } = await answer('FROM * | WHERE @timestamp > NOW() - 90 seconds | STATS n = COUNT(*)');
  assert.deepEqual(table.rows, [[2]]);
});

test('KQL and EQL give the events that match', async () => {
  const times = async (text: string): Promise<unknown[]> =>
    (await answer(text)).table.rows.map(([time]) => time);
  assert.deepEqual(await times('event.action: exec and user.name: eve'), [
    Date.parse('2026-01-01T00:00:00Z'),
  ]);
  assert.deepEqual(await times('file where user.name == "eve"'), [Date.parse('2026-01-01T00:02:00Z')]);
  const { table } = await answer('event.action: open');
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['@timestamp', 'reason', 'source'],
  );
  assert.equal(table.rows[0]?.[2], `${file}:3`);
});

test('a row without events needs no files', async () => {
  const { table } = await answer('ROW a = 1 | EVAL b = a + 1');
  assert.deepEqual(table.rows, [[1, 2]]);
});

test('what is lost on the way is counted', async () => {
  const { counts } = await answer('FROM * | EVAL x = TO_INTEGER(user.name) | KEEP x');
  assert.deepEqual(counts, { convFail: 3 });
});

test('EQL gives the first or the last events by their times', async () => {
  const reversed = join(folder, 'reversed.ndjson');
  writeFileSync(
    reversed,
    events
      .toReversed()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  const minutes = async (text: string): Promise<number[]> =>
    (await answer(text, { inputs: [reversed] })).table.rows.map(([time]) =>
      new Date(Number(time)).getUTCMinutes(),
    );
  assert.deepEqual(await minutes('any where true | head 2'), [0, 1]);
  assert.deepEqual(await minutes('any where true | tail 2 | head 1'), [1]);
  assert.deepEqual(await minutes('any where event.action == "exec" | tail 1'), [1]);
});

test('a mistake is refused', async () => {
  const codes = async (text: string): Promise<string[]> =>
    (await ask(text)).diagnostics.map(({ code }) => code);
  assert.deepEqual(await codes('FROM * | WHER x == 1'), ['ESQL106']);
  assert.deepEqual(await codes('sequence by user.name [any where x ==] [any where true]'), ['EQL101']);
});

const steps = join(folder, 'steps.ndjson');
const step = (minute: number, action: string, user: string) => ({
  '@timestamp': `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`,
  event: { action },
  user: { name: user },
});
writeFileSync(
  steps,
  [
    step(40, 'open', 'eve'),
    step(1, 'exec', 'eve'),
    step(2, 'exec', 'bob'),
    step(50, 'close', 'eve'),
    step(55, 'exec', 'kim'),
    step(56, 'open', 'kim'),
    { event: { action: 'open' }, user: { name: 'bob' } },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(''),
);

test('EQL that asks for several events together gives those of each match, in the order of their times', async () => {
  const groups = async (text: string) => {
    const { table, groups: found } = await answer(text, { inputs: [steps] });
    return [found?.matches, found?.untimed, table.rows.map(([match, key, time]) => [match, key, time])];
  };
  const minute = (n: number) => Date.UTC(2026, 0, 1, 0, n);
  const query = 'sequence by user.name [any where event.action == "exec"] [any where event.action == "open"]';
  const eve = [
    [1, 'eve', minute(1)],
    [1, 'eve', minute(40)],
  ];
  const kim = (match: number) => [
    [match, 'kim', minute(55)],
    [match, 'kim', minute(56)],
  ];
  assert.deepEqual(await groups(query), [2, 1, [...eve, ...kim(2)]]);
  assert.deepEqual(await groups(`${query} | tail 1`), [1, 1, kim(1)]);
  assert.deepEqual(await groups(query.replace('name [', 'name with maxspan=5m [')), [1, 1, kim(1)]);
  assert.deepEqual(
    await groups(
      'sample by user.name [any where event.action == "open"] [any where event.action == "close"]',
    ),
    [
      1,
      1,
      [
        [1, 'eve', minute(40)],
        [1, 'eve', minute(50)],
      ],
    ],
  );
  const { table } = await answer(
    'sequence [any where event.action == "close"] [any where user.name == "kim"]',
    {
      inputs: [steps],
    },
  );
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['match', '@timestamp', 'reason', 'source'],
  );
  assert.deepEqual(
    table.rows.map((row) => row.at(-1)),
    [`${steps}:4`, `${steps}:5`],
  );
  assert.deepEqual(
    table.events.map((one) => one?.document['event']),
    [{ action: 'close' }, { action: 'exec' }],
  );
});

test('fields that no event has are named, with what the events have instead', async () => {
  const missing = async (text: string) =>
    (await answer(text)).missing.map(({ field, similar }) => [field, similar]);
  assert.deepEqual(await missing('user.naem: eve'), [['user.naem', ['user.name']]]);
  assert.deepEqual(await missing('kubernetes.audit.action: exec or user.name: eve'), [
    ['kubernetes.audit.action', ['event.action']],
  ]);
  assert.deepEqual(await missing('FROM * | WHERE user.email == "e" | STATS n = COUNT(*) BY event.action'), [
    ['user.email', ['user.name']],
  ]);
  assert.deepEqual(await missing('sequence by host.id [any where event.action == "exec"] [any where true]'), [
    ['host.id', []],
  ]);
  assert.deepEqual(await missing('event.category: file'), []);
});

test('fields that no table knows are shown as what all their values are', async () => {
  const path = join(folder, 'unknown.ndjson');
  const values = [
    { w: 1, d: 1.5, t: true, m: 1, s: 'a' },
    { w: 20000000000, d: 2, t: false, m: 'x', s: 'b' },
  ];
  writeFileSync(
    path,
    values.map((x) => `${JSON.stringify({ '@timestamp': '2026-01-01T00:00:00Z', x })}\n`).join(''),
  );
  const { table } = await answer('FROM * | KEEP x.*', { inputs: [path] });
  assert.deepEqual(
    table.columns.map(({ name, type }) => `${name}:${type}`),
    ['x.d:double', 'x.m:keyword', 'x.s:keyword', 'x.t:boolean', 'x.w:long'],
  );
});

test('indices that FROM leaves out are told', async () => {
  const path = join(folder, 'indices.ndjson');
  const of = (dataset: string) => ({ '@timestamp': '2026-01-01T00:00:00Z', data_stream: { dataset } });
  writeFileSync(path, ['a', 'b', 'b'].map((one) => `${JSON.stringify(of(one))}\n`).join(''));
  const unread = async (text: string, ignoreIndex = false) =>
    (await answer(text, { inputs: [path], ignoreIndex })).unread;
  assert.deepEqual(await unread('FROM metrics-*'), [
    { what: 'logs-b-default', count: 2 },
    { what: 'logs-a-default', count: 1 },
  ]);
  assert.deepEqual(await unread('FROM logs-b-*'), [{ what: 'logs-a-default', count: 1 }]);
  assert.deepEqual(await unread('FROM metrics-*', true), []);
});

test('how far it has come is told, and a signal ends it with what there is', async () => {
  const told: unknown[] = [];
  const whole = await answer('FROM * | STATS n = COUNT(*)', { progress: (progress) => told.push(progress) });
  const bytes = statSync(file).size;
  const all = { file, filesDone: 0, files: 1, bytesRead: bytes, bytesTotal: bytes, events: 3 };
  assert.deepEqual([told.at(-1), whole.interrupted], [all, false]);

  const stop = new AbortController();
  const options = {
    inputs: [file, other],
    signal: stop.signal,
    progress: ({ events: read }: Progress) => (read === 3 ? stop.abort() : undefined),
  };
  const part = await answer('FROM * | STATS n = COUNT(*)', options);
  assert.deepEqual([part.table.rows, part.events, part.interrupted], [[[3]], 3, true]);
});
