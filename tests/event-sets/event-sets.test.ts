/** Our own events for Elastic's rules in ES|QL, when a checkout lies beside the repository. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testRules } from '../../src/app/rule-tests.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/elastic', import.meta.url));
const sets = fileURLToPath(new URL('.', import.meta.url));
const answers = fileURLToPath(new URL('answers.json', import.meta.url));
const skip = existsSync(corpus) ? false : 'no checkout of Elastic’s rules at ../shared/corpus/elastic';

/** Rules that no event can fulfil, in Elasticsearch as here; their sets show what they are after, and that it is quiet. */
const CANNOT_FIRE: Readonly<Record<string, string>> = {
  '0d3d2254-2b4a-11f0-a019-f661ea17fbcc': 'it asks of one event that it comes from two data streams',
};

test('every rule in ES|QL fires on its events and leaves the near misses alone', { skip }, async (t) => {
  const { results, untested, problems } = await testRules(
    { paths: [sets], rules: [corpus] },
    [],
    {},
    { completion: { kind: 'fixture', file: answers } },
  );
  const said = results
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ file, line, name, message }) => `${file}:${line}: ${name}: ${message}`);
  assert.deepEqual({ said, problems }, { said: [], problems: [] });

  const missing = untested.filter(({ document: { rule } }) => rule.type === 'esql').map(({ file }) => file);
  assert.deepEqual(missing, []);
  assert.equal(new Set(results.map(({ rule }) => rule)).size, 212);

  const thin = [...Map.groupBy(results, ({ file }) => file)].flatMap(([file, cases]) => {
    const id = basename(file, '.tests.toml');
    const wanted = CANNOT_FIRE[id] === undefined ? ['fires', 'quiet'] : ['quiet'];
    const has = new Set<string>(cases.map(({ expects }) => expects));
    return wanted.filter((expects) => !has.has(expects)).map((expects) => `${file}: no [[${expects}]]`);
  });
  assert.deepEqual(thin, []);
  t.diagnostic(`${results.length} cases`);
});
