import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeFolder } from './folders.ts';

const base = await mkdtemp(join(tmpdir(), 'winnow-folders-'));
after(() => rm(base, { recursive: true }));

test('a folder is made with those above it, and is left alone when it is there', async () => {
  const path = join(base, 'a', 'b', 'c');
  await makeFolder(path);
  await makeFolder(path);
  assert.ok((await stat(path)).isDirectory());
});

test('where a file stands no folder is made', async () => {
  const file = join(base, 'file');
  await writeFile(file, '');
  await assert.rejects(makeFolder(file), { code: 'EEXIST' });
  await assert.rejects(makeFolder(join(file, 'below')), { code: 'ENOTDIR' });
});

const skip = existsSync('/proc/self') ? false : 'this system has no /proc';

test('a place that takes no folders is an error at once', { skip }, async () => {
  await assert.rejects(makeFolder('/proc/winnow-test'), { code: 'ENOENT' });
  await assert.rejects(makeFolder('/proc/winnow-test/below'), { code: 'ENOENT' });
});
