import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRules } from './test-rules.ts';
import { rulesFor } from './rules.ts';

const everything = { rules: [], tags: [], deprecated: true, buildingBlocks: true };

test('every shipped rule has tests, and they all pass', async () => {
  const rules = await rulesFor([], everything);
  const { results, untested, diagnostics } = await testRules(rules);
  assert.deepEqual(
    {
      untested: untested.map(({ file }) => file),
      diagnostics,
      failed: results.filter((r) => r.outcome === 'failed'),
    },
    { untested: [], diagnostics: [], failed: [] },
  );
});

test('every shipped rule has at least two events that fire it and two near misses', async () => {
  const { results } = await testRules(await rulesFor([], everything));
  const rules = await rulesFor([], everything);
  const counts = Map.groupBy(results, ({ file }) => file);
  const thin = [...counts].filter(([, cases]) => cases.length < 4).map(([file]) => file);
  assert.deepEqual(thin, []);
  assert.equal(counts.size, rules.rules.length);
});

test('no shipped rule draws a warning', async () => {
  const { rules, refused } = await rulesFor([], everything);
  const said = rules.flatMap(({ file, diagnostics }) =>
    diagnostics.map((d) => `${file}: ${d.code} ${d.message}`),
  );
  assert.deepEqual({ said, refused }, { said: [], refused: [] });
});
