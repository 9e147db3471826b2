import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadRules } from '../rules/load/load.ts';
import { nodeRuleFiles } from '../app/rule-files.ts';
import { shippedRules } from '../app/rules.ts';
import { viewRules } from './rule-view.ts';

test('what is benign about a rule is looked up when a report asks for it', async () => {
  const set = await loadRules([shippedRules], nodeRuleFiles);
  const asked: string[] = [];
  const views = viewRules(set, ({ document: { rule } }) => {
    asked.push(rule.rule_id);
    return { statements: [], behaviours: [] };
  });
  assert.equal(views.length, set.rules.length);
  assert.deepEqual(asked, []);
  const [first] = views;
  assert.deepEqual(first?.benign, { statements: [], behaviours: [] });
  assert.deepEqual(asked, [first?.ruleId]);
});
