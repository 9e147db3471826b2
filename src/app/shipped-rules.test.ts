/** The shipped rules keep what is asked of any rule: no warnings, and tests that fire them and tests that must not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRules } from './rule-tests.ts';
import { rulesFor } from './rules.ts';

const run = await testRules({ paths: [], rules: [] }, []);

test('every shipped rule has tests, and they all pass', () => {
  const failed = run.results.filter(({ outcome }) => outcome === 'failed');
  const untested = run.untested.map(({ file }) => file);
  assert.deepEqual({ untested, problems: run.problems, failed }, { untested: [], problems: [], failed: [] });
});

test('every shipped rule has at least two events that fire it and two near misses', () => {
  const byFile = [...Map.groupBy(run.results, ({ file }) => file)];
  const count = (file: string, expects: string): number =>
    run.results.filter((result) => result.file === file && result.expects === expects).length;
  const thin = byFile
    .map(([file]) => file)
    .filter((file) => count(file, 'fires') < 2 || count(file, 'quiet') < 2);
  assert.deepEqual(thin, []);
  assert.equal(byFile.length, run.rules);
});

test('no shipped rule draws a warning', async () => {
  const { rules, refused } = await rulesFor([], {
    rules: [],
    tags: [],
    deprecated: true,
    buildingBlocks: true,
  });
  const said = rules.flatMap(({ file, diagnostics }) =>
    diagnostics.map((d) => `${file}: ${d.code} ${d.message}`),
  );
  assert.deepEqual({ said, refused }, { said: [], refused: [] });
});
