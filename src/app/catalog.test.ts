import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { checkouts } from '../../tests/support/catalog.ts';
import { buildCatalogueFolder, nodeCheckoutFiles, openSearch, readCatalogue } from './catalog.ts';

const COMMIT = 'c0ffee'.padEnd(40, '0');

function folder(t: TestContext, contents: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'winnow-catalog-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

const codes = (diagnostics: readonly { readonly code: string }[]): string[] =>
  diagnostics.map(({ code }) => code);

test('checkouts on disk become a catalogue with commits, and a second run writes the same bytes', async (t) => {
  const sigma = folder(t, { ...checkouts['sigma'], '.git/HEAD': `${COMMIT}\n`, 'rules/bad.yml': 'a: [' });
  const out = folder(t, {});
  const built = await buildCatalogueFolder([sigma], [], out);
  assert.ok(built.ok);
  assert.deepEqual(codes(built.value.diagnostics), ['CAT002']);
  const read = await readCatalogue(out);
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.rules.map(({ key, commit }) => [key, commit]),
    [['sigma:stop', COMMIT]],
  );
  assert.match(read.value.rules[0]?.url ?? '', new RegExp(`/blob/${COMMIT}/rules/linux/stop\\.yml$`));
  const search = await openSearch(out, read.value);
  assert.equal(search.search('maintenance origin:field').total, 1);
  const bytes = () => built.value.files.map(({ file }) => readFileSync(file, 'utf8'));
  const before = bytes();
  assert.ok((await buildCatalogueFolder([sigma], [], out)).ok);
  assert.deepEqual(bytes(), before);
});

test('a folder without rules and a catalogue of another version are refused, and nothing is overwritten', async (t) => {
  const empty = await buildCatalogueFolder([folder(t, { 'a.txt': '' })], [], folder(t, {}));
  assert.deepEqual([empty.ok, codes(empty.diagnostics)], [false, ['CAT005']]);
  const damaged = '{"schema": 1, "rules": [], "statements": {}, "behaviours": []}';
  for (const text of ['{"schema": 99}', '[]', 'null', '{', damaged]) {
    const out = folder(t, { 'catalogue.json': text });
    const refused = await buildCatalogueFolder([folder(t, checkouts['sigma'] ?? {})], [], out);
    assert.deepEqual([refused.ok, codes(refused.diagnostics)], [false, ['CAT006']], text);
    assert.equal(readFileSync(join(out, 'catalogue.json'), 'utf8'), text);
  }
  const none = await readCatalogue(folder(t, {}));
  assert.deepEqual([none.ok, none.diagnostics[0]?.message], [false, 'there is none yet']);
});

test('what cannot be a checkout or a folder to write to is said, with what to do', async (t) => {
  const place = folder(t, { 'a.txt': 'x', 'broken/a.yml': 'a: [', 'broken/b.toml': 'a = ' });
  const said = async (checkout: string, out: string) => {
    const built = await buildCatalogueFolder([join(place, checkout)], [], join(place, out));
    assert.equal(built.ok, false);
    return built.diagnostics.map(({ code, message }) => `${code} ${message.replaceAll(place, '')}`);
  };
  assert.deepEqual(
    (await said('broken', 'out')).map((one) => one.slice(0, 6)),
    ['CAT002', 'CAT002', 'CAT005'],
  );
  const sigma = folder(t, checkouts['sigma'] ?? {});
  for (const [out, code] of [
    ['a.txt', 'CAT014'],
    ['a.txt/below', 'CAT014'],
  ] as const) {
    const built = await buildCatalogueFolder([sigma], [], join(place, out));
    assert.deepEqual([built.ok, codes(built.diagnostics)], [false, [code]], out);
  }
  await assert.rejects(buildCatalogueFolder([join(place, 'a.txt')], [], join(place, 'out')), /is a file$/);
  const none = await readCatalogue(join(place, 'out'));
  assert.match(none.diagnostics[0]?.hint ?? '', /winnow lofp build/);
});

test('a saved search that is damaged is made anew', async (t) => {
  const out = folder(t, {});
  const built = await buildCatalogueFolder([folder(t, checkouts['sigma'] ?? {})], [], out);
  assert.ok(built.ok);
  for (const text of ['{', 'null', '{"of": 1}']) {
    writeFileSync(join(out, 'search.json'), text);
    const search = await openSearch(out, built.value.catalogue);
    assert.equal(search.search('maintenance origin:field').total, 1, text);
  }
});

test('the commit is read from branches, packed references, work trees and folders above', async (t) => {
  const branch = folder(t, {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/refs/heads/main': `${COMMIT}\n`,
    'a/b': '',
  });
  assert.equal(await nodeCheckoutFiles.commit(branch), COMMIT);
  assert.equal(await nodeCheckoutFiles.commit(join(branch, 'a')), COMMIT);
  const packed = folder(t, {
    '.git/HEAD': 'ref: refs/heads/main',
    '.git/packed-refs': `# x\n${COMMIT} refs/heads/main\n`,
  });
  assert.equal(await nodeCheckoutFiles.commit(packed), COMMIT);
  const tree = folder(t, { '.git': `gitdir: ${join(packed, '.git/worktrees/w')}\n` });
  mkdirSync(join(packed, '.git/worktrees/w'), { recursive: true });
  writeFileSync(join(packed, '.git/worktrees/w/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(packed, '.git/worktrees/w/commondir'), '../..\n');
  assert.equal(await nodeCheckoutFiles.commit(tree), COMMIT);
  assert.equal(await nodeCheckoutFiles.commit(folder(t, { '.git/HEAD': 'ref: refs/heads/gone' })), undefined);
});

test('hidden folders are left out, but for the one with Sigma’s list', async (t) => {
  const path = folder(t, {
    'b/x.yml': '',
    'a.yml': '',
    '.hidden/x.yml': '',
    'node_modules/x.yml': '',
    '.github/workflows/known-FPs.csv': '',
  });
  const all = await nodeCheckoutFiles.list(path, () => true);
  assert.deepEqual(all, ['.github/workflows/known-FPs.csv', 'a.yml', 'b/x.yml']);
  await assert.rejects(
    nodeCheckoutFiles.list(join(path, 'none'), () => true),
    /there is no file or folder/,
  );
});

const isRoot = process.getuid?.() === 0 ? 'everything may be read by this user' : false;

test('a folder of a checkout that may not be read ends the build', { skip: isRoot }, async (t) => {
  const path = folder(t, { 'rules/a.yml': '', 'rules/closed/b.yml': '' });
  chmodSync(join(path, 'rules', 'closed'), 0);
  t.after(() => chmodSync(join(path, 'rules', 'closed'), 0o700));
  await assert.rejects(
    nodeCheckoutFiles.list(path, () => true),
    (error: { readonly diagnostic?: { readonly code: string } }) => error.diagnostic?.code === 'CAT001',
  );
});
