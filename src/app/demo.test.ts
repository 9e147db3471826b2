import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSample } from './demo.ts';

test('the sample is written as one JSON document a line, with the counts that it reports', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-demo-'));
  try {
    for (const { path, events } of await writeSample(join(folder, 'new'))) {
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
      assert.equal(lines.length, events);
      assert.equal(typeof JSON.parse(lines[0] ?? ''), 'object');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
