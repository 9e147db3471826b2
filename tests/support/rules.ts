/** Rules as text, loaded without files: for tests that want the whole way from TOML. */
import assert from 'node:assert/strict';
import { picture } from '../../src/base/diagnostic.ts';
import { success } from '../../src/base/result.ts';
import { withInputs } from '../../src/rules/load/inputs.ts';
import { loadRules } from '../../src/rules/load/load.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import { ruleText } from '../../src/verify/timeline/section-text.ts';

/** The keys of `[rule]` as TOML, by the id of the rule. All of them must load without an error. */
export async function rulesOf(texts: Readonly<Record<string, string>>): Promise<readonly LoadedRule[]> {
  const files = new Map(
    Object.entries(texts).map(([id, toml]) => [
      `${id}.toml`,
      ruleText({ name: id, body: toml, line: 1 }).text,
    ]),
  );
  const loaded = await loadRules(['.'], {
    list: async () => ({
      files: [...files.keys()].map((file) => ({ file, identity: file, named: true })),
      diagnostics: [],
    }),
    read: async (file) => success(files.get(file) ?? ''),
  });
  const problems = [...loaded.refused, ...loaded.rules].flatMap(({ diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'error').map((d) => picture(d)),
  );
  assert.deepEqual(problems, []);
  return withInputs(loaded, { indicators: true, anomalies: true, completion: false }).rules;
}
