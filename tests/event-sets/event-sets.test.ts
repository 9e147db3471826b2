/** Our own events for Elastic's rules in ES|QL, when a checkout lies beside the repository. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testRules } from '../../src/app/rule-tests.ts';
import { rulesFor } from '../../src/app/rules.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/elastic', import.meta.url));
const sets = fileURLToPath(new URL('.', import.meta.url));
const skip = existsSync(corpus) ? false : 'no checkout of Elastic’s rules at ../shared/corpus/elastic';

test('every set of events fires its rule, and every near miss does not', { skip }, async (t) => {
  const { results, problems } = await testRules({ paths: [sets], rules: [corpus] }, []);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const said = failed.map(({ file, line, name, message }) => `${file}:${line}: ${name}: ${message}`);
  assert.deepEqual({ said, problems }, { said: [], problems: [] });

  const { rules } = await rulesFor([corpus], {
    rules: [],
    tags: [],
    deprecated: true,
    buildingBlocks: true,
  });
  const queries = rules.filter(({ document: { rule } }) => rule.type === 'esql');
  const ran = results.filter(({ outcome }) => outcome === 'passed');
  const has = (name: string, expects: string): boolean =>
    ran.some((result) => result.rule === name && result.expects === expects);
  const missing = queries.filter(
    ({ document: { rule } }) => !has(rule.name, 'fires') || !has(rule.name, 'quiet'),
  );
  t.diagnostic(
    `${results.length} cases; ${queries.length - missing.length} of ${queries.length} rules in ES|QL have both`,
  );
});
