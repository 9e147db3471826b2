import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

test('another log is not written over, an older sample is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-demo-'));
  try {
    await writeSample(folder, 2);
    await writeSample(folder, 3);
    const log = join(folder, 'containers.ndjson');
    await writeFile(log, '{"@timestamp":"2026-01-01T00:00:00Z"}\n');
    await assert.rejects(
      writeSample(folder),
      (error: { readonly diagnostic?: { readonly code: string } }) => {
        assert.equal(error.diagnostic?.code, 'CLI006');
        return true;
      },
    );
    assert.equal(await readFile(log, 'utf8'), '{"@timestamp":"2026-01-01T00:00:00Z"}\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a folder that cannot be made is CLI006', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-demo-'));
  try {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(
      writeSample(join(folder, 'file', 'below')),
      (error: Error & { diagnostic?: unknown }) => {
        assert.match(error.message, /^the sample cannot be written to ".*below": ENOTDIR/);
        return 'diagnostic' in error;
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
