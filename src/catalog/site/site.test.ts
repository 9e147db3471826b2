/** The whole site of small rule sets: whether it hangs together, and whether other people's text stays text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviour, catalogueOf, checkouts, execRule } from '../../../tests/support/catalog.ts';
import type { Contents } from '../../../tests/support/catalog.ts';
import type { Catalogue } from '../model.ts';
import { recordKinds, recordSchemas } from './exports/records.ts';
import { siteFiles } from './site.ts';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>';

const hostileRule = execRule
  .replace('rule_id = "exec"', 'rule_id = "../../hostile"')
  .replace('Shell in a pod', HOSTILE.replaceAll('"', "'"))
  .replace(
    'author = ["Elastic"]',
    `author = ['${HOSTILE}']\nreferences = ["javascript:alert(3)", "https://a.example/"]`,
  )
  .replace('Developers exec into', '=cmd(1) <b>Developers</b> exec into');

const withHostile: Readonly<Record<string, Contents>> = {
  ...checkouts,
  elastic: { ...checkouts['elastic'], 'rules/kubernetes/hostile.toml': hostileRule },
};
/** A profile of which only the grade matters. */
const NO_PROFILE = {
  language: 'kuery',
  template: '',
  parameters: [],
  query: 'a: 1',
  restsOn: [],
  matches: [],
  differs: [],
} as unknown as NonNullable<Parameters<typeof behaviour>[0]['profile']>;

const behaviours = [behaviour({ hiding: HOSTILE, title: 'A backup <lists> Secrets' })];
const past = (await catalogueOf(checkouts, { behaviours })).catalogue;
const edited = {
  ...withHostile,
  sigma: { ...withHostile['sigma'], 'rules/linux/stop.yml': '' },
};
const { catalogue } = await catalogueOf(edited, { past, behaviours });

const render = (of: Catalogue): Map<string, string> =>
  new Map([...siteFiles({ catalogue: of, behaviours })].map(({ path, text }) => [path, text]));
const files = render(catalogue);
const pages = [...files].filter(([path]) => path.endsWith('.html'));

/** Files that are the same for every catalogue. */
const assets = ['site.css', 'site.js', 'search.js', 'icon.svg'];

test('every link leads to a file of the site, and every page can be reached from the first', () => {
  const targets = new Map(
    pages.map(([path, text]) => {
      const own = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link);
      const inside = own.filter((link) => !/^(https?:|#)/.test(link));
      return [path, inside.map((link) => new URL(link, `http://site/${path}`).pathname.slice(1))];
    }),
  );
  const broken = [...targets].flatMap(([path, links]) =>
    links.filter((link) => !files.has(link) && !assets.includes(link)).map((link) => `${path}: ${link}`),
  );
  assert.deepEqual(broken, []);
  const reached = new Set(['index.html']);
  for (const path of reached) for (const link of targets.get(path) ?? []) reached.add(link);
  assert.deepEqual(
    pages.map(([path]) => path).filter((path) => !reached.has(path)),
    [],
  );
});

test('there are the pages that readers look for', () => {
  const kinds = new Set(pages.map(([path]) => path.replace(/\/.*/, '/')));
  assert.deepEqual([...kinds].toSorted(), [
    'about.html',
    'actor/',
    'actors.html',
    'behaviour/',
    'behaviours.html',
    'data.html',
    'data/',
    'fp/',
    'index.html',
    'new.html',
    'quality.html',
    'rule/',
    'rules.html',
    'rules/',
    'statements.html',
    'technique/',
    'techniques.html',
  ]);
});

test("other people's text stays text", () => {
  const tags = pages.flatMap(([path, text]) =>
    [...text.matchAll(/<(script|img|b|iframe|object)\b[^>]*>/g)].map(([tag]) => `${path}: ${tag}`),
  );
  const foreign = tags.filter(
    (tag) =>
      !tag.endsWith(': <b>') &&
      !/: <script (src="(\.\.\/)?site\.js"|type="application\/json" id="record")>$/.test(tag),
  );
  assert.deepEqual(foreign, []);
  assert.deepEqual(
    pages.filter(([, text]) => /href="javascript:|<b>Developers/.test(text)).map(([path]) => path),
    [],
  );
  assert.deepEqual(
    [...files.keys()].filter((path) => !/^[a-zA-Z0-9][a-zA-Z0-9/._-]*$/.test(path) || path.includes('..')),
    [],
  );
});

test('pages of statements and behaviours hold their record as the data files have it', () => {
  const records = ['statements', 'behaviours'].flatMap(
    (kind) => JSON.parse(files.get(`api/v1/${kind}.json`) ?? '') as { readonly id: string }[],
  );
  const shown = pages.flatMap(([, text]) => {
    const [, json] = /<script type="application\/json" id="record">(.*?)<\/script>/s.exec(text) ?? [];
    return json === undefined ? [] : [JSON.parse(json) as { readonly id: string }];
  });
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  assert.deepEqual(shown.toSorted(byId), records.toSorted(byId));
  assert.ok(records.length > 5);
});

test('every page has one first heading, a title, its language and one main part', () => {
  const odd = pages.filter(
    ([, text]) =>
      text.match(/<h1[ >]/g)?.length !== 1 ||
      text.match(/<main /g)?.length !== 1 ||
      !/<html lang="en">/.test(text) ||
      !/<title>[^<]{8,}<\/title>/.test(text),
  );
  assert.deepEqual(
    odd.map(([path]) => path),
    [],
  );
});

test('elements are closed in the order in which they were opened', () => {
  const wrong = pages.flatMap(([path, text]) => {
    const problem = nestingProblem(text);
    return problem === undefined ? [] : [`${path}: ${problem}`];
  });
  assert.deepEqual(wrong, []);
});

function nestingProblem(text: string): string | undefined {
  const open: string[] = [];
  for (const [tag, slash, name = '', closed] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (['meta', 'link', 'input', 'br', 'img'].includes(name) || closed === '/') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return `${tag} where <${open.at(-1)}> is open`;
  }
  return open.length === 0 ? undefined : `<${open.at(-1)}> is not closed`;
}

test('a rule has all its explanations, with its exclusion marked in the query', () => {
  const page = files.get('rule/elastic-exec.html') ?? '';
  assert.match(page, /Developers exec into pods to debug their own applications\. Verify the namespace\./);
  assert.match(page, /Support staff exec into pods of customers on request/);
  assert.match(page, /<mark><a href="\.\.\/fp\/FP-\w+\.html">(<[^>]+>)*not/);
  assert.match(page, /by Elastic · licence Elastic-2\.0/);
});

test('a statement that is gone goes on answering', () => {
  const [gone] = catalogue.tombstones;
  assert.match(files.get(`fp/${gone?.id}.html`) ?? '', /Gone since <time>/);
});

test('the same catalogue gives the same bytes', () => {
  assert.deepEqual(render(JSON.parse(JSON.stringify(catalogue)) as Catalogue), files);
});

test('records are what the schema says, the same in every format', () => {
  for (const kind of recordKinds) {
    const records = JSON.parse(files.get(`api/v1/${kind}.json`) ?? '') as unknown[];
    for (const record of records) recordSchemas[kind].parse(record);
    const lines = (files.get(`api/v1/${kind}.ndjson`) ?? '').split('\n').slice(0, -1);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      records,
    );
  }
  const csv = files.get('api/v1/statements.csv') ?? '';
  assert.match(csv, /^id,slug,kind,title,text,origins,/);
  assert.match(csv, /,'=cmd\(1\) <b>Developers/);
  const [head = '', ...rows] = (files.get('api/v1/rules.csv') ?? '').split('\r\n');
  assert.deepEqual(
    ['logic', 'exclusions', 'techniques'].map((name) => head.split(',').includes(name)),
    [false, false, true],
  );
  assert.ok(rows.some((row) => row.includes(',T1552.007,')));
});

test('a statement of several behaviours has the grade of the one that is easiest to imitate', async () => {
  const graded = (id: string, grade: 'A' | 'C') =>
    behaviour({
      id,
      profile: { ...NO_PROFILE, grade },
    });
  const all = [graded('BP-0001', 'A'), graded('BP-0002', 'C')];
  const built = await catalogueOf(checkouts, { behaviours: all });
  const texts = [...siteFiles({ catalogue: built.catalogue, behaviours: all })];
  const gathered = texts.filter(({ path, text }) => path.startsWith('fp/') && text.includes('BP-0002'));
  assert.ok(gathered.length > 0);
  for (const { text } of gathered) assert.match(text.slice(0, text.indexOf('class="said"')), /grade C/);
});

test('feeds hold what is new, changed and gone', () => {
  const feed = JSON.parse(files.get('feed.json') ?? '') as {
    readonly items: readonly { readonly url: string }[];
  };
  assert.equal(feed.items.length, catalogue.changes.length);
  assert.ok(feed.items.length > 0 && feed.items.every(({ url }) => files.has(url)));
  assert.equal((files.get('feed.atom') ?? '').match(/<entry>/g)?.length, catalogue.changes.length);
});

test('the layer for ATT&CK Navigator counts a technique once, under the id in force', () => {
  const layer = JSON.parse(files.get('api/v1/navigator-layer.json') ?? '') as {
    readonly techniques: readonly { readonly techniqueID: string; readonly score: number }[];
  };
  const about = (id: string): number =>
    catalogue.statements.filter(({ techniques }) => techniques.some((one) => one === id)).length;
  const scores = new Map(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score]));
  assert.equal(scores.get('T1609'), about('T1609'));
  assert.equal(scores.get('T1552'), about('T1552.007'));
  assert.equal(scores.size, layer.techniques.length);
});

test('a title that had to be cut has the whole text behind it', () => {
  const text = `${'Nightly jobs of the platform team read every secret of the cluster '.repeat(2)}"once".`;
  const cut = [...catalogue.statements.values()].map((one, i) =>
    i === 0 ? { ...one, title: 'Nightly jobs of the platform…', text } : one,
  );
  const shown = render({ ...catalogue, statements: cut }).get('statements.html') ?? '';
  const titles = [...shown.matchAll(/<a href="fp[^"]*" title="([^"]*)">([^<]*)</g)].map(
    ([, ...found]) => found,
  );
  assert.deepEqual(titles, [[text.replaceAll('"', '&quot;'), 'Nightly jobs of the platform…']]);
});
