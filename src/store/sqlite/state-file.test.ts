import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Alert } from '../../model/alert.ts';
import { openStateFile, StateFileError } from './state-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-state-'));
after(() => rmSync(folder, { recursive: true }));

const SETTINGS = { mode: 'stream', lateness: '0' };
const open = (name: string, settings = SETTINGS) => openStateFile(join(folder, name), settings, JSON.parse);

const alert = (id: string): Alert => ({
  id,
  ruleId: 'r',
  ruleName: 'A rule',
  severity: 'low',
  riskScore: 1,
  time: 0,
  entity: { actor: 'a', target: '' },
  reason: 'why',
  buildingBlock: false,
  sources: [],
  document: { text: `"${id}" ünïcode\n` },
});

const why = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof StateFileError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
};

test('nothing is kept at first; what was kept last is there again, and alerts until they are told', () => {
  const first = open('a.db');
  assert.equal(first.load(), undefined);
  const position = { first: 'k1', last: 'k9', taken: 9 };
  const [one, two, three] = [alert('1'), alert('2'), alert('3')];
  assert.deepEqual(first.commit({ engine: '{"n":1}', positions: [position], alerts: [two, one] }), [
    two,
    one,
  ]);
  assert.deepEqual(first.load(), { engine: '{"n":1}', positions: [position], untold: [two, one] });
  first.told(one);
  assert.deepEqual(first.load()?.untold, [two]);
  first.toldAll();
  assert.deepEqual(first.load()?.untold, []);
  const moved = { ...position, last: 'k12', taken: 12 };
  assert.deepEqual(first.commit({ engine: '{"n":2}', positions: [moved], alerts: [one, three] }), [three]);
  first.close();

  const again = open('a.db');
  assert.deepEqual(again.load(), { engine: '{"n":2}', positions: [moved], untold: [three] });
  again.close();
});

test('a checkpoint that fails leaves the one before', () => {
  const store = open('whole.db');
  const before = { engine: 'before', positions: [], alerts: [] };
  store.commit(before);
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const faulty = { ...alert('2'), document: circle } as unknown as Alert;
  assert.throws(
    () => store.commit({ engine: 'after', positions: [], alerts: [alert('1'), faulty] }),
    TypeError,
  );
  assert.deepEqual(store.load(), { engine: 'before', positions: [], untold: [] });
  assert.equal(store.commit({ engine: 'later', positions: [], alerts: [alert('1')] }).length, 1);
  store.close();
});

test('a state file is for one process at a time, and not for one that was killed', () => {
  const path = join(folder, 'held.db');
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const { openStateFile } = require(${JSON.stringify(join(import.meta.dirname, 'state-file.ts'))});
    openStateFile(${JSON.stringify(path)}, ${JSON.stringify(SETTINGS)}, JSON.parse)
      .commit({ engine: 'theirs', positions: [], alerts: [] });
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.equal(child.signal, 'SIGKILL', child.stderr);
  const ours = open('held.db');
  assert.equal(ours.load()?.engine, 'theirs');
  assert.equal(
    why(() => open('held.db')),
    'another scan is using it',
  );
  ours.close();
});

test('a file of something else, of another version or of other settings is refused', () => {
  const [text, other] = [join(folder, 'text'), join(folder, 'other.db')];
  writeFileSync(
    text,
    'This is a text, and long enough to be taken for the header of a database if it were one.\n'.repeat(9),
  );
  const database = new DatabaseSync(other);
  database.exec('CREATE TABLE thing (name TEXT)');
  database.close();
  open('settings.db').close();
  open('version.db').close();
  const newer = new DatabaseSync(join(folder, 'version.db'));
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  assert.deepEqual(
    [
      why(() => open('text')),
      why(() => open('other.db')),
      why(() => open('version.db')),
      why(() => open('settings.db', { ...SETTINGS, mode: 'compat' })),
      why(() => open('no/such/folder.db')),
    ],
    [
      'it is no state file',
      'it is a database of something else',
      'it has version 99, and this Winnow reads 1',
      'it was made with mode stream, not compat',
      'it cannot be opened: unable to open database file',
    ],
  );
});
