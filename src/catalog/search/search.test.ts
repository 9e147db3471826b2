import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviour, catalogueOf, checkouts } from '../../../tests/support/catalog.ts';
import { parseQuery } from './query.ts';
import type { SavedSearch } from './search.ts';
import { saveSearch, searchIn } from './search.ts';

const profile = { grade: 'B' } as NonNullable<Parameters<typeof behaviour>[0]['profile']>;
const { catalogue } = await catalogueOf(checkouts, { behaviours: [behaviour({ profile })] });
const index = searchIn(catalogue);

const titles = (text: string): string[] => index.search(text).hits.map(({ statement }) => statement.title);

const BACKUP = 'A backup controller lists Secrets at night';
const STOP = 'Administrators stop services for maintenance';
const DEBUG = 'Developers exec into pods to debug their own applications';
const SUPPORT = 'Support staff exec into pods of customers on request';
const CI = 'user.name is system:serviceaccount:ci:runner';
const UPDATES = 'Updates (Service stopped)';

test('words must all be there, endings and the last letters do not count, nor does a slip', () => {
  assert.deepEqual(titles('secret'), [BACKUP]);
  assert.deepEqual(titles('pods exec'), [DEBUG, SUPPORT, CI]);
  assert.deepEqual(titles('maint origin:field'), [STOP]);
  assert.deepEqual(titles('maintenence origin:field'), [STOP]);
  assert.deepEqual(titles('backup customers'), []);
  assert.deepEqual(titles('exec -customers is:text'), [DEBUG]);
});

test('names and logic of rules count, but less', () => {
  assert.deepEqual(titles('systemctl').toSorted(), [STOP, UPDATES]);
  assert.deepEqual(titles('objectRef resource'), [BACKUP]);
});

test('a facet without a value narrows nothing', () => {
  assert.deepEqual(titles('secret origin:'), titles('secret'));
});

test('phrases stand in the text as they are', () => {
  assert.deepEqual(titles('"exec into pods"').toSorted(), [DEBUG, SUPPORT]);
  assert.deepEqual(titles('"into pods exec"'), []);
  assert.deepEqual(titles('exec -"of customers"').includes(SUPPORT), false);
});

test('facets: one after the other narrows, values of one widen, a minus takes away', () => {
  assert.deepEqual(titles('source:splunk'), [BACKUP]);
  assert.deepEqual(titles('origin:field source:elastic,sigma').toSorted(), [BACKUP, STOP, DEBUG]);
  assert.deepEqual(titles('source:elastic source:sigma -kind').length, 6);
  assert.deepEqual(titles('origin:field -data:kubernetes'), [STOP]);
  assert.deepEqual(titles('tech:T1552'), [BACKUP]);
  assert.deepEqual(titles('tech:t1685 origin:field'), [STOP]);
  assert.deepEqual(titles('tech:T155*'), [BACKUP]);
  assert.deepEqual(titles('is:ai'), [SUPPORT]);
  assert.deepEqual(titles('has:profile spoof:B'), [BACKUP]);
  assert.deepEqual(titles('spoof:D'), []);
  assert.deepEqual(titles('behaviour:bp-0001'), [BACKUP]);
  assert.deepEqual(titles('field:user.*'), [CI]);
  assert.deepEqual(titles('rule:stop has:clause'), [UPDATES]);
  assert.deepEqual(titles('rule:"shell in a pod" has:verify'), [DEBUG]);
  assert.deepEqual(titles('license:drl-1.1 is:text'), [STOP]);
  assert.deepEqual(titles('author:"some company" severity:low is:human'), [STOP]);
});

test('counts say how many there would be with each value', () => {
  const { total, facets } = index.search('exec source:elastic');
  assert.equal(total, 3);
  assert.deepEqual(facets.origin, { field: 1, 'guide-ai': 1, 'inline-exclusion': 1 });
  assert.deepEqual(index.search('source:sigma').facets.source, { elastic: 4, sigma: 2, splunk: 1 });
  assert.equal(index.search('x', { limit: 0 }).hits.length, 0);
});

test('what says the same in other words is one hit, and each is counted', async () => {
  const { elastic = {} } = checkouts;
  const other = (elastic['rules/kubernetes/exec.toml'] ?? '')
    .replace('rule_id = "exec"', 'rule_id = "other"')
    .replace('debug their own applications. Verify', 'debug their own applications. Always verify');
  const contents = { ...elastic, 'rules/kubernetes/other.toml': other };
  const search = searchIn((await catalogueOf({ elastic: contents })).catalogue);
  const { total, groups, hits } = search.search('developers exec origin:field');
  assert.deepEqual([total, groups, hits.length, hits[0]?.alike.length], [2, 1, 1, 1]);
  const alike = hits[0]?.alike[0];
  const [own] = search.search(alike?.text ?? '').hits;
  assert.equal(own?.statement.id, alike?.id);
});

test('pages of an answer do not overlap', () => {
  const all = index.search('', { limit: 10 }).hits.map(({ statement }) => statement.id);
  const pages = [0, 2, 4].flatMap((offset) =>
    index.search('', { limit: 2, offset }).hits.map(({ statement }) => statement.id),
  );
  assert.deepEqual(pages, all);
});

test('every statement is found first by its own text, whatever that means in a search', async () => {
  for (const { id, text } of catalogue.statements) {
    const [first] = index.search(text).hits;
    assert.equal(first?.statement.id, id, text);
  }
  const { sigma = {} } = checkouts;
  const odd = 'Scripts run with -source:sigma "quoted and not closed tech:none';
  const text = (sigma['rules/linux/stop.yml'] ?? '').replace(
    '- Administrators stop services for maintenance',
    `- '${odd}'`,
  );
  const other = (await catalogueOf({ sigma: { 'rules/linux/stop.yml': text } })).catalogue;
  const answer = searchIn(other).search(odd);
  assert.deepEqual([answer.hits[0]?.statement.text, answer.diagnostics], [odd, []]);
});

test('mistakes are said with what was meant, and never stop a search', () => {
  const said = (text: string) => parseQuery(text).diagnostics.map(({ message, hint }) => [message, hint]);
  assert.deepEqual(said('sorce:elastic'), [['there is no facet "sorce"', 'did you mean "source"?']]);
  assert.deepEqual(said('source:elastc'), [['"source" is never "elastc"', 'did you mean "elastic"?']]);
  assert.deepEqual(said('"open'), [['a quote is not closed', undefined]]);
  assert.deepEqual(said('exec origin: field'), [['"origin:" needs a value', undefined]]);
  const [, second] = parseQuery('is:nwe exec is:nwe').diagnostics;
  assert.deepEqual(second?.span, { start: 12, end: 18 });
  assert.deepEqual(said('http://x is:new 12:30'), []);
  assert.deepEqual(said('is:old'), [
    ['"is" is never "old"', 'one of deprecated, new, changed, shared, ai, human, clause, text'],
  ]);
});

test('a saved search answers like the one that was saved, and one of another catalogue is not used', async () => {
  const saved = JSON.parse(JSON.stringify(saveSearch(catalogue))) as SavedSearch;
  const loaded = searchIn(catalogue, saved);
  for (const text of ['secret', 'exec pods', 'maintenence', 'tech:T1552'])
    assert.deepEqual(loaded.search(text), index.search(text));
  const { elastic = {} } = checkouts;
  const other = (await catalogueOf({ elastic })).catalogue;
  assert.deepEqual(searchIn(other, saved).search('maintenance').hits, []);
});
