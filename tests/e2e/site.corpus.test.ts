/** The site of the public rule sets, where they lie beside the repository: thousands of pages, every link. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { shippedBehaviours } from '../../src/app/behaviours.ts';
import { buildCatalogueFolder } from '../../src/app/catalog.ts';
import { shippedRules } from '../../src/app/rules.ts';
import { searchIn } from '../../src/catalog/search/search.ts';
import { siteContext } from '../../src/catalog/site/context.ts';
import type { SearchData } from '../../src/catalog/site/search/search-data.ts';
import { packSearch } from '../../src/catalog/site/search/search-data.ts';
import { searchOf } from '../../src/catalog/site/search/unpack.ts';
import { siteFiles } from '../../src/catalog/site/site.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const checkouts = [...['elastic', 'sigma', 'splunk'].map((name) => join(corpus, name)), shippedRules];
const skip =
  process.env['WINNOW_LONG_TESTS'] !== '1'
    ? 'takes a minute: npm run test:long'
    : checkouts.some((folder) => !existsSync(folder)) && 'the public rule sets are not there';

suite('the site of the public rule sets', { skip }, async () => {
  if (skip !== false) return;
  const folder = await mkdtemp(join(tmpdir(), 'winnow-corpus-'));
  const { behaviours } = shippedBehaviours();
  const built = await buildCatalogueFolder(checkouts, behaviours, folder);
  await rm(folder, { recursive: true });
  assert.ok(built.ok);
  const { catalogue } = built.value;

  test('every link leads to a file, every statement and rule has its page, no two files have one name', () => {
    const paths = new Set(['site.css', 'site.js', 'search.js', 'icon.svg']);
    const folded = new Set<string>();
    const wanted = new Map<string, string>();
    const doubled: string[] = [];
    for (const { path, text } of siteFiles({ catalogue, behaviours })) {
      // Disks of Windows and macOS do not tell capital letters from small ones.
      if (folded.has(path.toLowerCase())) doubled.push(path);
      folded.add(path.toLowerCase());
      paths.add(path);
      if (!path.endsWith('.html')) continue;
      const up = path.includes('/') ? '../' : '';
      for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"#]+)/g))
        if (!/^https?:/.test(link))
          wanted.set(link.startsWith(up) ? link.slice(up.length) : `?${link}`, path);
    }
    assert.deepEqual(doubled, []);
    assert.deepEqual(
      [...wanted].filter(([link]) => !paths.has(link)),
      [],
    );
    const missing = catalogue.statements.filter(({ id }) => !wanted.has(`fp/${id}.html`));
    assert.deepEqual(missing, []);
    const rulePages = [...paths].filter((path) => path.startsWith('rule/')).length;
    assert.equal(rulePages, catalogue.rules.length);
  });

  test('the browser finds what the command line finds', () => {
    const packed = JSON.stringify(packSearch(siteContext({ catalogue, behaviours })));
    const [here, there] = [searchIn(catalogue), searchOf(JSON.parse(packed) as SearchData)];
    const queries = [
      'exec pod data:kubernetes',
      'secret actor:gitops',
      'tech:T1552 has:profile',
      'origin:field -is:deprecated source:elastic',
      'spoof:A',
      'powershell',
      'adminstrator',
      '"break-glass"',
      'scheduled task -windows',
      'author:*roth*',
      'lsass dump backup',
      'field:process.parent.name',
      'is:ai kubernetes',
      'severity:critical',
      'kub',
      'license:drl-1.1 tunnel',
      ...catalogue.statements.filter((_, index) => index % 400 === 0).map(({ text }) => text),
    ];
    for (const query of queries) {
      const [expected, found] = [here, there].map((search) => {
        const { total, facets, hits } = search.search(query, { limit: 20_000 });
        return { total, facets, ids: hits.map(({ statement }) => statement.id) };
      });
      assert.deepEqual(found, expected, query);
    }
  });
});
