import assert from 'node:assert/strict';
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inputReading } from './input-reading.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'winnow-reading-')));
after(() => rmSync(base, { recursive: true }));
mkdirSync(join(base, 'logs', 'old'), { recursive: true });
mkdirSync(join(base, 'out'));
const log = join(base, 'logs', 'audit.log');
writeFileSync(log, '');
symlinkSync(log, join(base, 'soft.ndjson'));
linkSync(log, join(base, 'hard.ndjson'));
symlinkSync(join(base, 'logs'), join(base, 'linked'));

/** For each file, whether a scan of the input would read it. */
const read = async (input: string, ...files: readonly string[]): Promise<boolean[]> =>
  Promise.all(
    files.map(async (file) => (await inputReading(join(base, file), [join(base, input)])) !== undefined),
  );

test('the same file is found under every name', async () => {
  assert.deepEqual(
    await read('logs/audit.log', 'logs/audit.log', 'soft.ndjson', 'hard.ndjson', 'linked/audit.log'),
    [true, true, true, true],
  );
  assert.deepEqual(await read('logs/audit.log', 'logs/new.ndjson'), [false]);
});

test('a new file in a folder that is scanned would be read, unless folders are walked past it', async () => {
  const files = ['logs/new.ndjson', 'logs/old/new.ndjson', 'linked/new.ndjson', 'logs/new'];
  assert.deepEqual(await read('logs', ...files), [true, true, true, true]);
  assert.deepEqual(await read('linked', ...files), [true, true, true, true]);
  assert.deepEqual(await read('logs', 'logs/.new.ndjson', 'logs/new.csv', 'out/new.ndjson', 'logs.ndjson'), [
    false,
    false,
    false,
    false,
  ]);
});

test('a new file that a pattern fits would be read', async () => {
  assert.deepEqual(await read('logs/*.ndjson', 'logs/new.ndjson', 'logs/new.log', 'logs/old/new.ndjson'), [
    true,
    false,
    false,
  ]);
  assert.deepEqual(await read('o{ut,ther}', 'out/new.ndjson', 'logs/new.ndjson'), [true, false]);
});

test('standard input reads no file', async () => {
  assert.equal(await inputReading(join(base, 'out/new.ndjson'), ['-']), undefined);
});
