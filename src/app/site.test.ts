import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { catalogueOf, checkouts } from '../../tests/support/catalog.ts';
import { isSiteCurrent, serveSite, writeKnownSite, writeSite } from './site.ts';

/** Written by `npm run build`, which `npm test` does first. */
const built = existsSync(new URL('../../dist/web/site.js', import.meta.url));
const skip = built ? false : 'there are no styles and scripts yet: npm run build writes them';

const folder = await mkdtemp(join(tmpdir(), 'winnow-site-'));
after(() => rm(folder, { recursive: true }));
const { catalogue } = await catalogueOf();
const site = join(folder, 'site');

const contents = async (): Promise<ReadonlyMap<string, string>> => {
  const names = await readdir(site, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
  return new Map(
    await Promise.all(files.toSorted().map(async (file) => [file, await readFile(file, 'latin1')] as const)),
  );
};

test('a site is current when it was written as a whole, after the catalogue', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await Promise.all([from, to].map((path) => mkdir(path)));
  const current = () => isSiteCurrent(to, from);
  await writeFile(join(from, 'catalogue.json'), '{}');
  assert.equal(await current(), false);
  const list = join(to, 'site-files.txt');
  await writeFile(list, '');
  assert.equal(await current(), false, 'only a part of it was written');
  await writeFile(list, 'index.html\n');
  assert.equal(await current(), true);
  await utimes(list, 1, 1);
  assert.equal(await current(), false, 'the catalogue is newer');
});

test('a build that was interrupted is completed by the next one', { skip }, async () => {
  const half = join(folder, 'half');
  await mkdir(half);
  await Promise.all(['site-files.txt', 'index.html'].map((name) => writeFile(join(half, name), '')));
  const written = await writeSite({ catalogue, behaviours: [] }, half);
  assert.ok(written.ok);
  assert.notEqual(await readFile(join(half, 'index.html'), 'utf8'), '');
});

test('a second build writes the same bytes, and a build of less removes what is gone', { skip }, async () => {
  const first = await writeSite({ catalogue, behaviours: [] }, site);
  assert.ok(first.ok);
  const before = await contents();
  assert.equal(before.size, first.value.files);
  assert.ok((await writeSite({ catalogue, behaviours: [] }, site)).ok);
  assert.deepEqual(await contents(), before);
  const less = (await catalogueOf({ sigma: checkouts['sigma'] ?? {} })).catalogue;
  const second = await writeSite({ catalogue: less, behaviours: [] }, site);
  assert.ok(second.ok && second.value.removed > 0);
  assert.equal((await contents()).size, second.value.files);
});

test('a catalogue with behaviours that are not given makes no site with dead links', async () => {
  const own = { id: 'BP-9001', title: 'Ours' } as (typeof catalogue.behaviours)[number];
  const refused = await writeKnownSite({ ...catalogue, behaviours: [own] }, join(folder, 'own'));
  assert.deepEqual(
    refused.diagnostics.map(({ code, message }) => [refused.ok, code, message]),
    [[false, 'CAT016', 'BP-9001 missing']],
  );
});

test('a folder of something else is left alone', async () => {
  const other = await mkdtemp(join(folder, 'other-'));
  await writeFile(join(other, 'notes.txt'), 'mine');
  const refused = await writeSite({ catalogue, behaviours: [] }, other);
  assert.deepEqual([refused.ok, refused.diagnostics.map(({ code }) => code)], [false, ['CAT011']]);
  assert.deepEqual(await readdir(other), ['notes.txt']);
});

test(
  'a site where a file is, and no site where one is asked for, are said with what to do',
  { skip },
  async () => {
    const file = join(folder, 'file.txt');
    await writeFile(file, 'mine');
    for (const place of [file, join(file, 'below')]) {
      const refused = await writeSite({ catalogue, behaviours: [] }, place);
      assert.deepEqual([refused.ok, refused.diagnostics.map(({ code }) => code)], [false, ['CAT014']], place);
    }
    assert.equal(await readFile(file, 'utf8'), 'mine');
    const none = await serveSite(join(folder, 'nowhere'), 0);
    assert.match(none.diagnostics[0]?.hint ?? '', /winnow lofp site/);
  },
);

test('a list of pages cannot make a build remove files elsewhere', { skip }, async () => {
  const victim = join(folder, 'victim.txt');
  await writeFile(victim, 'mine');
  await writeFile(join(site, 'site-files.txt'), '../victim.txt\n');
  assert.ok((await writeSite({ catalogue, behaviours: [] }, site)).ok);
  assert.equal(await readFile(victim, 'utf8'), 'mine');
});

test('the site is served to this machine only, and nothing beside it', { skip }, async () => {
  const served = await serveSite(site, 0);
  assert.ok(served.ok);
  const { url, close } = served.value;
  const port = Number(new URL(url).port);
  const ask = (path: string, { host = `127.0.0.1:${port}`, method = 'GET' } = {}): Promise<string> =>
    new Promise((answered, failed) => {
      request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
        response.resume();
        answered(`${response.statusCode} ${response.headers['content-type']}`);
      })
        .on('error', failed)
        .end();
    });
  const asked = [
    ask('/'),
    ask('/api/v1/rules.json'),
    ask('/index.html', { method: 'HEAD' }),
    ask('/index.html', { method: 'POST' }),
    ask('/../victim.txt'),
    ask('/%2e%2e/victim.txt'),
    ask('/..%2fvictim.txt'),
    ask('/%zz'),
    ask('/fp'),
    ask('/', { host: 'rebound.example' }),
  ];
  const plain = 'text/plain; charset=utf-8';
  assert.deepEqual(await Promise.all(asked), [
    '200 text/html; charset=utf-8',
    '200 application/json; charset=utf-8',
    '200 text/html; charset=utf-8',
    `405 ${plain}`,
    `404 ${plain}`,
    `404 ${plain}`,
    `404 ${plain}`,
    `404 ${plain}`,
    `404 ${plain}`,
    `421 ${plain}`,
  ]);
  const taken = await serveSite(site, port);
  assert.deepEqual(taken.ok ? [] : taken.diagnostics.map(({ code }) => code), ['CAT013']);
  await close();
  const empty = await serveSite(join(folder, 'nothing'), 0);
  assert.deepEqual(empty.ok ? [] : empty.diagnostics.map(({ code }) => code), ['CAT012']);
});
