import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { picture } from '../base/diagnostic.ts';
import { RulePathError } from '../rules/load/files.ts';
import { nodeRuleFiles } from './rule-files.ts';

/** A folder of its own for the test, with empty files at these paths. */
function folder(t: TestContext, ...files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'winnow-rules-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const file of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  return root;
}

async function list(root: string, path = root) {
  const { files, diagnostics } = await nodeRuleFiles.list(path);
  const short = (name: string) => name.replace(root, '.');
  return {
    files: files.map(({ file }) => short(file)),
    said: diagnostics.map((d) => short(picture(d))),
    listed: files,
  };
}

test('rules at any depth, in order of their names; tests and other files are none', async (t) => {
  const root = folder(
    t,
    'rules/linux/b.toml',
    'rules/linux/a.toml',
    'rules/linux/a.tests.toml',
    'rules/B.toml',
    'rules_building_block/c.toml',
    'rules/export.ndjson',
    'README.md',
    '.git/x.toml',
    'node_modules/y/z.toml',
  );
  const { files, said } = await list(root);
  assert.deepEqual(files, [
    './rules/B.toml',
    './rules/linux/a.toml',
    './rules/linux/b.toml',
    './rules_building_block/c.toml',
  ]);
  assert.deepEqual(said, []);
});

test('a file that is named, whatever it is called', async (t) => {
  const root = folder(t, 'export.ndjson');
  const { listed } = await list(root, join(root, 'export.ndjson'));
  assert.deepEqual(
    listed.map(({ named }) => named),
    [true],
  );
});

test('links: a file is the same by each way, a loop is not followed, a dead one is said when it is read', async (t) => {
  const root = folder(t, 'rules/a.toml');
  symlinkSync('a.toml', join(root, 'rules/b.toml'));
  symlinkSync('..', join(root, 'rules/up'));
  symlinkSync('nowhere.toml', join(root, 'rules/dead.toml'));
  const { files, said, listed } = await list(root);
  assert.deepEqual(files, ['./rules/a.toml', './rules/b.toml', './rules/dead.toml']);
  assert.equal(listed[0]?.identity, listed[1]?.identity);
  assert.match(
    said.join('\n'),
    /^\.\/rules\/up: warning RULE005: a link leads back to winnow-rules-\w+, which is being read$/,
  );
  const dead = await nodeRuleFiles.read(join(root, 'rules/dead.toml'));
  assert.deepEqual(
    dead.diagnostics.map(({ code, message }) => [code, message]),
    [['RULE002', 'cannot be read: it is gone, or a link to nothing']],
  );
});

test('a path that does not exist', async (t) => {
  const root = folder(t);
  await assert.rejects(nodeRuleFiles.list(join(root, 'none')), (error: unknown) => {
    assert.ok(error instanceof RulePathError);
    return error.message === `there is no file or folder "${join(root, 'none')}"`;
  });
});

const root = process.getuid?.() === 0 ? 'the superuser may read everything' : false;

test('a folder that may not be read stops no other', { skip: root }, async (t) => {
  const above = folder(t, 'a/x.toml', 'b/y.toml');
  chmodSync(join(above, 'a'), 0);
  t.after(() => chmodSync(join(above, 'a'), 0o700));
  const { files, said } = await list(above);
  assert.deepEqual(files, ['./b/y.toml']);
  assert.deepEqual(said, ['./a: error RULE002: cannot be read: permission denied']);
});

test('a pipe in a folder is told and not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const above = folder(t, 'a.toml');
  execFileSync('mkfifo', [join(above, 'b.toml')]);
  const { files, said } = await list(above);
  assert.deepEqual(files, ['./a.toml']);
  assert.deepEqual(said, ['./b.toml: error RULE002: cannot be read: it is no file']);
});

test('bytes that are no UTF-8, and a byte order mark', async (t) => {
  const above = folder(t);
  const read = async (bytes: readonly number[]) => {
    writeFileSync(join(above, 'a.toml'), Uint8Array.from(bytes));
    const result = await nodeRuleFiles.read(join(above, 'a.toml'));
    return result.ok ? result.value : result.diagnostics.map(({ message }) => message);
  };
  assert.deepEqual(await read([0x61, 0xff]), ['cannot be read: it is not UTF-8 text']);
  assert.equal(await read([0xef, 0xbb, 0xbf, 0x61]), 'a');
});
