/** The catalogue's site as people use it: in a browser, from a folder and from the server, with keys and with a mouse. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { shippedBehaviours } from '../../src/app/behaviours.ts';
import { buildCatalogueFolder } from '../../src/app/catalog.ts';
import { shippedRules } from '../../src/app/rules.ts';
import type { ServedSite } from '../../src/app/site.ts';
import { serveSite, writeSite } from '../../src/app/site.ts';
import { startBrowser, withoutBrowser } from '../support/browser.ts';
import { accessibilityProblems, contrastProblems, overflow } from '../support/page-checks.ts';

/** Where to keep pictures of the pages, for people to look at. */
const pictures = process.env['WINNOW_SCREENSHOTS'];

suite('the site in a browser', { skip: withoutBrowser }, () => {
  let folder: string;
  let browser: Browser;
  let served: ServedSite;
  let home: string;
  /** One page of each kind. */
  let kinds: readonly string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-browser-'));
    const { behaviours } = shippedBehaviours();
    const built = await buildCatalogueFolder([shippedRules], behaviours, join(folder, 'lofp'));
    assert.ok(built.ok);
    const site = join(folder, 'site');
    assert.ok((await writeSite({ catalogue: built.value.catalogue, behaviours }, site)).ok);
    const server = await serveSite(site, 0);
    assert.ok(server.ok);
    served = server.value;
    home = pathToFileURL(join(site, 'index.html')).href;
    kinds = await oneOfEach(site);
    if (pictures !== undefined) await mkdir(pictures, { recursive: true });
    browser = await startBrowser();
  });

  after(async () => {
    await browser?.close();
    await served?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  /** A page that fails the test when the browser complains about it. */
  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // What a page was still loading when the test left it.
      if (why !== 'net::ERR_ABORTED') complaints.push(`${why}: ${request.url()}`);
    });
    await page.goto(new URL(address, home).href);
    return page;
  }
  const complaints: string[] = [];
  const focused = (page: Page): Promise<string> =>
    page.evaluate('document.activeElement?.id || document.activeElement?.textContent?.trim() || ""');
  const total = async (page: Page): Promise<number> =>
    Number(/^[0-9,]+(?= statement)/.exec((await page.textContent('.total')) ?? '')?.[0].replace(',', ''));
  const shown = (page: Page): Promise<string[]> => page.locator('.hits > ol > li > a').allTextContents();

  for (const colorScheme of ['light', 'dark'] as const)
    test(`every kind of page: names, landmarks, contrast, width, in ${colorScheme}`, async () => {
      const problems: string[] = [];
      for (const width of [1280, 360]) {
        const page = await open(home, { colorScheme, viewport: { width, height: 720 } });
        for (const path of [...kinds, 'index.html#q=exec%20pod']) {
          await page.goto(new URL(path, home).href);
          if (path.includes('#q=')) await page.waitForSelector('.hits');
          const own = [...(await accessibilityProblems(page)), ...(await contrastProblems(page))];
          if ((await overflow(page)) > 0) own.push(`${await overflow(page)} pixels too wide`);
          problems.push(...own.map((problem) => `${path} at ${width}: ${problem}`));
          if (pictures === undefined) continue;
          const name = `${path.replace(/[^a-z0-9]+/gi, '-')}-${colorScheme}-${width}.png`;
          await page.screenshot({ path: join(pictures, name) });
        }
        await page.context().close();
      }
      assert.deepEqual(problems, []);
    });

  test('the first load is small, and the search comes when it is wanted', async () => {
    const page = await open(served.url);
    const scripts = (): Promise<string[]> =>
      page.evaluate(
        `performance.getEntriesByType('resource').filter((one) => one.initiatorType === 'script').map((one) => new URL(one.name).pathname)`,
      );
    assert.deepEqual(await scripts(), ['/site.js']);
    const first = await stat(join(folder, 'site', 'site.js'));
    assert.ok(first.size < 15 * 1024, `site.js has ${first.size} bytes`);
    const engine = await stat(join(folder, 'site', 'search.js'));
    await page.keyboard.type('exec');
    await page.waitForSelector('.hits');
    assert.deepEqual(await scripts(), ['/site.js', '/search.js', '/search-data.js']);
    assert.ok(engine.size < 160 * 1024, `search.js has ${engine.size} bytes`);
    await page.context().close();
  });

  test('typing anywhere searches, and the address holds the search', async () => {
    for (const address of [home, served.url]) {
      const page = await open(address);
      await page.keyboard.type('exec pod');
      await page.waitForSelector('.hits');
      assert.equal(await page.inputValue('#q'), 'exec pod');
      assert.match(page.url(), /#q=exec%20pod$/);
      assert.equal(await page.isVisible('#home'), false);
      const before = await shown(page);
      assert.ok(before.length > 0);
      await page.reload();
      await page.waitForSelector('.hits');
      assert.deepEqual(await shown(page), before);
      await page.context().close();
    }
  });

  test('facets narrow the results, write the search, and count', async () => {
    const page = await open(`${home}#q=secret`);
    await page.waitForSelector('.hits');
    const all = await total(page);
    const facet = page.locator('fieldset', { hasText: 'Data source' }).locator('label').last();
    const filter = (await facet.locator('input').getAttribute('data-focus')) ?? '';
    const count = (await facet.locator('small').textContent()) ?? '';
    await facet.click();
    await page.waitForFunction(`document.querySelector('#q').value.includes('data:')`);
    assert.equal(await page.inputValue('#q'), `secret ${filter}`);
    assert.equal(await total(page), Number(count));
    assert.ok((await total(page)) < all);
    const box = `input[data-focus="${filter}"]`;
    assert.equal(await page.isChecked(box), true);
    assert.equal(await page.evaluate(`document.activeElement === document.querySelector('${box}')`), true);
    await page.keyboard.press('Space');
    await page.waitForFunction(`document.querySelector('#q').value === 'secret'`);
    assert.equal(await total(page), all);
    await page.context().close();
  });

  test('a search that cannot be understood says why', async () => {
    const page = await open(`${home}#q=${encodeURIComponent('data:kubernets')}`);
    assert.match((await page.textContent('.problem')) ?? '', /"data" is never "kubernets".*kubernetes/);
    await page.fill('#q', 'zzzzzz');
    await page.waitForFunction(`document.querySelector('.total').textContent === '0 statements'`);
    assert.match((await page.textContent('.hits')) ?? '', /Nothing has all of this/);
    await page.context().close();
  });

  test('keys: arrows move through the results, Escape goes back, Enter opens', async () => {
    const page = await open(home);
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'q');
    await page.keyboard.type('secret');
    await page.waitForSelector('.hits');
    const [first, second] = await shown(page);
    const steps: string[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Escape']) {
      await page.keyboard.press(key);
      steps.push(await focused(page));
    }
    assert.deepEqual(steps, [first, second, first, 'q', first, 'q']);
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), first);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/fp\/FP-\w+\.html$/);
    await page.goBack();
    await page.waitForSelector('.hits');
    assert.equal(await page.inputValue('#q'), 'secret');
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('#home'), true);
    assert.equal(await page.inputValue('#q'), '');
    await page.context().close();
  });

  test('keys: a search begins on any page, and the first Tab offers to skip the head', async () => {
    const page = await open('behaviours.html');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'main');
    await page.keyboard.type('backup');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.hits');
    assert.match(page.url(), /index\.html#q=backup$/);
    await page.context().close();
  });

  test('colours: as the system says until one chooses, and then on every page', async () => {
    const page = await open(home, { colorScheme: 'dark' });
    const background = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await page.click('#theme');
    const light = await background();
    assert.notEqual(light, dark);
    assert.equal(await page.getAttribute('#theme', 'aria-label'), 'Switch to dark colours');
    await page.goto(new URL('about.html', home).href);
    assert.equal(await background(), light);
    await page.click('#theme');
    assert.equal(await background(), dark);
    await page.context().close();
  });

  test('facets and results use the words of the pages, techniques their names', async () => {
    const page = await open(`${home}#q=${encodeURIComponent('exec pod data:kubernetes')}`);
    await page.waitForSelector('.hits');
    const labels = await page.locator('.facets label span').allTextContents();
    for (const label of ['Kubernetes', 'false-positive field', 'T1609 Container Administration Command'])
      assert.ok(labels.includes(label), `${label} in ${labels.join(', ')}`);
    await page.context().close();
  });

  test('a statement and a behaviour are copied as their record', async () => {
    for (const kind of ['fp', 'behaviour']) {
      const page = await open(`${served.url}${kinds.find((path) => path.startsWith(`${kind}/`)) ?? ''}`, {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await page.click('#copy');
      await page.waitForFunction(`document.querySelector('#copy').textContent === 'Copied'`);
      const record = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()')) as {
        id: string;
      };
      assert.equal(record.id, /([^/]+)\.html$/.exec(page.url())?.[1]);
      await page.context().close();
    }
    const rule = await open(kinds.find((path) => path.startsWith('rule/')) ?? '');
    assert.equal(await rule.locator('#copy').count(), 0);
    await rule.context().close();
  });

  test('without JavaScript everything can be read, and nothing is offered that would not work', async () => {
    const page = await open(home, { javaScriptEnabled: false });
    assert.equal(await page.locator('h1').first().isVisible(), true);
    assert.deepEqual(
      await Promise.all(['#q', '#theme', '.hint'].map((one) => page.locator(one).isVisible())),
      [false, false, false],
    );
    await page.click('nav >> text=Techniques');
    await page.locator('.heat').first().click();
    await page.locator('.list a').first().click();
    assert.match(page.url(), /\/fp\//);
    assert.equal(await page.locator('.said').isVisible(), true);
    await page.context().close();
  });

  test('on paper there is the text and no navigation', async () => {
    const page = await open(kinds.find((path) => path.startsWith('behaviour/')) ?? '');
    await page.emulateMedia({ media: 'print' });
    const seen = await Promise.all(
      ['.mast', '.foot', 'h1'].map((one) => page.locator(one).first().isVisible()),
    );
    assert.deepEqual(seen, [false, false, true]);
    await page.context().close();
  });

  test('every link of the served site leads somewhere', async () => {
    const seen = new Set([served.url]);
    const broken: string[] = [];
    for (const address of seen) {
      const response = await fetch(address);
      if (!response.ok) broken.push(`${address}: ${response.status}`);
      const text = await response.text();
      if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue;
      for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"#]+)/g)) {
        const target = new URL(link, address);
        if (target.href.startsWith(served.url)) seen.add(target.href);
      }
    }
    assert.deepEqual(broken, []);
    assert.ok(seen.size > 300, `only ${seen.size} addresses`);
  });

  test('the browser had nothing to complain about', () => {
    assert.deepEqual(complaints, []);
  });
});

/** The first page of each folder, and every page at the top. */
async function oneOfEach(site: string): Promise<string[]> {
  const names = await readdir(site, { recursive: true });
  const pages = names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.html'));
  const byKind = Map.groupBy(pages.toSorted(), (path) => (path.includes('/') ? path.split('/')[0] : path));
  return [...byKind.values()].flatMap(([first]) => first ?? []);
}
