/** Elastic's rules that name exception lists, out of a checkout beside the repository. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { success } from '../../base/result.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { nodeRuleFiles } from '../../app/rule-files.ts';
import type { RuleFiles } from '../load/files.ts';
import { loadRules } from '../load/load.ts';
import { loadExceptions } from './load.ts';

const checkout = fileURLToPath(new URL('../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(checkout) ? false : 'there is no checkout of rules beside the repository';

const ENDPOINT_LIST = JSON.stringify({ list_id: 'endpoint_list', name: 'Endpoints', type: 'endpoint' });
const endpoints: RuleFiles = {
  list: async () => ({ files: [{ file: 'e.ndjson', identity: 'e', named: true }], diagnostics: [] }),
  read: async () => success(ENDPOINT_LIST),
};

test('rules that name the endpoint list run without it', { skip }, async () => {
  const files = globSync('**/*.toml', { cwd: checkout })
    .map((file) => `${checkout}${file}`)
    .filter((file) => readFileSync(file, 'utf8').includes('exceptions_list'));
  const set = await loadExceptions(['e.ndjson'], endpoints, { types: builtinFieldTypes, now: 0 });
  const { rules, diagnostics } = await loadRules(files, nodeRuleFiles, { exceptions: set });
  assert.equal(rules.length, 9);
  assert.deepEqual(
    rules.flatMap(({ document, exceptions }) => [document.rule.exceptions_list?.[0]?.list_id, exceptions]),
    rules.flatMap(() => ['endpoint_list', undefined]),
  );
  assert.deepEqual(
    [...diagnostics, ...rules.flatMap((rule) => rule.diagnostics)]
      .map(({ code }) => code)
      .filter((code) => code.startsWith('EXC')),
    ['EXC102'],
  );
});
