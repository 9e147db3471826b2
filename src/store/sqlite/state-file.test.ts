import assert from 'node:assert/strict';
import { constants } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { alertWith } from '../../../tests/support/alert.ts';
import type { AlertLog, StateStore } from '../../engine/ports.ts';
import type { Alert } from '../../model/alert.ts';
import { openStateFile, StateFileError } from './state-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-state-'));
after(() => rmSync(folder, { recursive: true }));

const SETTINGS = { mode: 'stream', lateness: '0' };
const open = (name: string, settings = SETTINGS) => openStateFile(join(folder, name), settings, JSON.parse);

const alert = (id: string): Alert => alertWith(id, { text: `"${id}" ünïcode\n` });

/** With the parts taken. */
function loaded(store: StateStore) {
  const kept = store.load();
  return kept && { ...kept, engine: [...kept.engine], tallies: [...kept.tallies] };
}

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
  const position = { first: 'k1', last: 'k9', taken: 9, summed: 2 };
  const [one, two, three] = [alert('1'), alert('2'), alert('3')];
  const checkpoint = { engine: ['1', '2', '3'], tallies: ['[4]', '[5]'], positions: [position] };
  assert.deepEqual(first.commit({ ...checkpoint, alerts: [two, one] }), [two, one]);
  const kept = { engine: [1, 2, 3], tallies: [[4], [5]], positions: [position], untold: [two, one] };
  assert.deepEqual(loaded(first), kept);
  first.told(one);
  assert.deepEqual(loaded(first), { ...kept, untold: [two] });
  first.toldAll();
  const summed = { ...position, summed: 9 };
  assert.deepEqual(loaded(first), { ...kept, tallies: [], positions: [summed], untold: [] });
  const moved = { ...summed, last: 'k12', taken: 12 };
  const later = { engine: ['1', '6'], tallies: [], positions: [moved], alerts: [one, three] };
  assert.deepEqual(first.commit(later), [three]);
  first.close();

  const again = open('a.db');
  assert.deepEqual(loaded(again), { engine: [1, 6], tallies: [], positions: [moved], untold: [three] });
  again.close();
});

test('a checkpoint that fails leaves the one before', () => {
  const store = open('whole.db');
  const nothing = { tallies: [], positions: [], alerts: [] };
  store.commit({ ...nothing, engine: ['"before"', '1'] });
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const faulty = { ...alert('2'), document: circle } as unknown as Alert;
  assert.throws(
    () => store.commit({ ...nothing, engine: ['"after"'], alerts: [alert('1'), faulty] }),
    TypeError,
  );
  const breaking = function* () {
    yield '"after"';
    throw new RangeError('memory is over');
  };
  assert.throws(() => store.commit({ ...nothing, engine: breaking() }), RangeError);
  assert.deepEqual(loaded(store), { engine: ['before', 1], tallies: [], positions: [], untold: [] });
  assert.equal(store.commit({ ...nothing, engine: ['1'], alerts: [alert('1')] }).length, 1);
  store.close();
});

/** A log in memory, which can be full. */
class Log implements AlertLog {
  readonly name: string;
  readonly ids: string[] = [];
  isFull = false;

  constructor(name: string) {
    this.name = name;
  }

  get written() {
    return { length: this.ids.length, digest: this.ids.join(' ') };
  }

  append(alerts: readonly Alert[]): void {
    if (this.isFull) throw new Error('the disk is full');
    this.ids.push(...alerts.map(({ id }) => id));
  }
}

test('a log gets what nobody was told of, then every new alert, and its length is kept with them', () => {
  const store = open('log.db');
  const commit = (...ids: string[]) =>
    store.commit({ engine: ['1'], tallies: [], positions: [], alerts: ids.map(alert) });
  commit('1', '2', '3');
  store.told(alert('1'));
  const log = new Log('a');
  assert.equal(store.written('a'), undefined);
  store.writeTo(log);
  assert.deepEqual(store.written('a'), { length: 2, digest: '2 3' });
  commit('3', '4');
  assert.deepEqual(log.ids, ['2', '3', '4']);
  assert.deepEqual(store.written('a'), log.written);

  log.isFull = true;
  assert.throws(() => commit('5'), /the disk is full/);
  assert.deepEqual(
    loaded(store)?.untold.map(({ id }) => id),
    ['2', '3', '4'],
  );
  assert.deepEqual(store.written('a'), log.written);
  log.isFull = false;
  commit('5');
  assert.deepEqual(log.ids, ['2', '3', '4', '5']);

  // What stands in one log is not written to another one.
  const other = new Log('b');
  store.writeTo(other);
  commit('6');
  assert.deepEqual(other.ids, ['6']);
  assert.deepEqual([store.written('a')?.length, store.written('b')?.length], [4, 1]);
  store.close();
});

test('a state file is for one process at a time, and not for one that was killed', () => {
  const path = join(folder, 'held.db');
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const { openStateFile } = require(${JSON.stringify(join(import.meta.dirname, 'state-file.ts'))});
    openStateFile(${JSON.stringify(path)}, ${JSON.stringify(SETTINGS)}, JSON.parse)
      .commit({ engine: ['"theirs"'], tallies: [], positions: [], alerts: [] });
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.equal(child.signal, 'SIGKILL', child.stderr);
  const ours = open('held.db');
  assert.deepEqual(loaded(ours)?.engine, ['theirs']);
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
      'it has version 99, and this Winnow reads 3',
      'it was made with mode stream, not compat',
      'it cannot be opened: unable to open database file',
    ],
  );
});

test('a damaged file is told as one, whatever part of it is damaged', () => {
  const store = open('damaged.db');
  store.commit({ engine: ['"x"'.padEnd(200_000)], tallies: [], positions: [], alerts: [alert('1')] });
  store.close();
  const path = join(folder, 'damaged.db');
  const bytes = readFileSync(path);
  for (let i = 8192; i < bytes.length; i += 3) bytes[i] = (bytes[i] ?? 0) ^ 0x5a;
  writeFileSync(path, bytes);
  assert.equal(
    why(() => {
      const again = open('damaged.db');
      try {
        loaded(again);
      } finally {
        again.close();
      }
    }),
    'it is damaged',
  );
});

const isLong = process.env['WINNOW_LONG_TESTS'] === '1';

/** More text than one string can hold, made as it is taken. */
function* manyParts(text: string): Generator<string> {
  for (let number = 0; number < 140; number++) yield JSON.stringify(`${number} ${text}`);
}

test(
  'a state that is longer than any string can be is kept and read again',
  { skip: isLong ? false : 'half a gigabyte: runs with npm run test:long' },
  () => {
    const text = 'x'.repeat(4_000_000);
    assert.ok(text.length * 140 > constants.MAX_STRING_LENGTH);
    const store = open('long.db');
    store.commit({ engine: manyParts(text), tallies: [], positions: [], alerts: [] });
    const read = Iterator.from(store.load()?.engine ?? []);
    assert.ok(Iterator.from(manyParts(text)).every((part) => JSON.parse(part) === read.next().value));
    assert.equal(read.next().done, true);
    store.close();
  },
);
