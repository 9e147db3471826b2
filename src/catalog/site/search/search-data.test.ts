import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, nat, property } from 'fast-check';
import { behaviour, catalogueOf, checkouts } from '../../../../tests/support/catalog.ts';
import type { StatementSearch } from '../../search/answer.ts';
import { searchIn } from '../../search/search.ts';
import { siteContext } from '../context.ts';
import { readRows, writeRows } from '../../search/numbers.ts';
import type { SearchData } from './search-data.ts';
import { packSearch } from './search-data.ts';
import { searchOf } from './unpack.ts';

test('rows of numbers come back as they were', () => {
  holds(
    property(array(array(nat())), (rows) => {
      assert.deepEqual(readRows(writeRows(rows)), rows);
    }),
  );
});

const profile = { grade: 'B' } as NonNullable<Parameters<typeof behaviour>[0]['profile']>;
const behaviours = [behaviour({ profile })];
const { catalogue } = await catalogueOf(checkouts, { behaviours });
const data = JSON.parse(JSON.stringify(packSearch(siteContext({ catalogue, behaviours })))) as SearchData;
const [here, there] = [searchIn(catalogue), searchOf(data)];

const ids = (search: Pick<StatementSearch, 'search'>, query: string) => {
  const { total, hits, facets, diagnostics } = search.search(query, { limit: 100 });
  return { total, ids: hits.map(({ statement }) => statement.id), facets, diagnostics };
};

test('the browser finds what the command line finds, with the same counts', () => {
  const queries = [
    '',
    'secret',
    'secrets',
    'exec',
    'pods exec',
    'maint',
    'maintenence',
    'ex',
    'backup controller lists secrets night',
    'actor:backup',
    'tech:T1552',
    'tech:T1562',
    'source:elastic,sigma',
    'origin:field -is:deprecated',
    'has:profile',
    'spoof:b',
    'spoof:D',
    'author:ann',
    'license:*apache*',
    'rule:exec',
    'field:user.name',
    'is:ai',
    'is:shared',
    'has:verify',
    '"lists secrets"',
    '-backup',
    '-"at night" secrets',
    'systemctl',
    'zzz',
    'sorce:elastic',
    'data:mars',
    'behaviour:BP-0001',
    'Administrators stop services for maintenance',
  ];
  for (const query of queries) assert.deepEqual(ids(there, query), ids(here, query), query);
});

test('what is one slip away is found only for words that nothing has', () => {
  assert.deepEqual(ids(there, 'kubernetez').ids, ids(here, 'kubernetez').ids);
  assert.ok(ids(there, 'kubernetez').total > 0);
});

test('statements come with what a result shows', () => {
  const [hit] = there.search('maintenance origin:field').hits;
  const original = catalogue.statements.find(({ id }) => id === hit?.statement.id);
  assert.ok(hit !== undefined && original !== undefined);
  const shown = [
    'id',
    'title',
    'text',
    'kind',
    'origins',
    'sources',
    'rules',
    'deprecated',
    'behaviours',
  ] as const;
  for (const key of shown) assert.deepEqual(hit.statement[key], original[key]);
});
