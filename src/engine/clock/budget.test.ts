import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, rule } from '../../../tests/support/engine.ts';
import { RunBudget } from './budget.ts';

/** Alerts that one run of a rule may make, each of which stands alone. */
function alertsOf(keys: Parameters<typeof rule>[1]): number {
  const budget = new RunBudget(rule(isText('a', 'b'), keys).document.rule);
  let alerts = 0;
  while (alerts < 2000 && budget.takes(undefined)) alerts++;
  return alerts;
}

test('a run makes 100 alerts unless the rule says otherwise, and never more than 1,000', () => {
  assert.deepEqual(
    [{}, { max_signals: 5 }, { max_signals: 1000 }, { max_signals: 1500 }].map(alertsOf),
    [100, 5, 1000, 1000],
  );
});

test('alerts of a group that began in this run take no more room', () => {
  const budget = new RunBudget(
    rule(isText('a', 'b'), {
      max_signals: 2,
      alert_suppression: { group_by: ['user.name'], missing_fields_strategy: 'suppress' },
    }).document.rule,
  );
  const taken = [['eve'], ['eve'], ['bob'], ['bob', 'eve'], ['carol']].map((groups) => budget.takes(groups));
  assert.deepEqual(taken, [true, true, true, true, false]);
});
