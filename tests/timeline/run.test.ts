/** Runs every timeline of this folder, in every mode. The format is described in README.md. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { picture } from '../../src/base/diagnostic.ts';
import { success } from '../../src/base/result.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import { loadRules } from '../../src/rules/load/load.ts';
import { withInputs } from '../../src/rules/load/inputs.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import type { Timeline } from '../../src/verify/timeline/model.ts';
import { parseTimeline } from '../../src/verify/timeline/parse.ts';
import { runTimeline } from '../../src/verify/timeline/run.ts';
import { timelineRuleText } from '../../src/verify/timeline/rule-text.ts';
import { ports } from '../support/engine.ts';

const folder = new URL('./', import.meta.url);

async function rulesOf({ rules }: Timeline): Promise<readonly LoadedRule[]> {
  const files = new Map(rules.map((rule) => [`${rule.id}.toml`, timelineRuleText(rule)]));
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
  return withInputs(loaded, { indicators: true, anomalies: true }).rules;
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.timeline')))
  test(name, async (t) => {
    const parsed = parseTimeline(name, readFileSync(new URL(name, folder), 'utf8'));
    assert.ok(parsed.ok, parsed.diagnostics.map((d) => picture(d)).join('\n'));
    const rules = await rulesOf(parsed.value);
    const results = runTimeline(
      parsed.value,
      rules,
      (list, options) =>
        new Engine(list, { ...options, matcher: indexingMatcher, ignoreIndex: false }, ports),
    );
    for (const { case: title, mode, line, message } of results)
      await t.test(`${title} (${mode})`, () =>
        assert.equal(message, undefined, `${name}:${line}\n${message}`),
      );
  });
