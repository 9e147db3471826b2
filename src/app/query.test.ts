import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Answer, QueryOptions } from './query.ts';
import { queryEvents } from './query.ts';

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

test('a sequence and a mistake are refused', async () => {
  const codes = async (text: string): Promise<string[]> =>
    (await ask(text)).diagnostics.map(({ code }) => code);
  assert.deepEqual(await codes('sequence [any where true] [any where true]'), ['RUN010']);
  assert.deepEqual(await codes('FROM * | WHER x == 1'), ['ESQL106']);
});
