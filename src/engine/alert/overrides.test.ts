import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, rule } from '../../../tests/support/engine.ts';
import { riskScoreOf, ruleNameOf, severityOf } from './overrides.ts';

type Keys = Parameters<typeof rule>[1];
const ruleWith = (keys: Keys) => rule(isText('a', 'b'), keys).document.rule;

test('the highest severity that is mapped wins, whatever the order', () => {
  const mapped = ruleWith({
    severity_mapping: [
      { field: 'event.severity', operator: 'equals', value: '73', severity: 'high' },
      { field: 'level', operator: 'equals', value: 'warn', severity: 'low' },
      { field: 'level', operator: 'equals', value: 'alarm', severity: 'critical' },
    ],
  });
  assert.equal(severityOf(mapped, { level: ['alarm', 'warn'] }), 'critical');
  assert.equal(severityOf(mapped, { level: 'warn' }), 'low');
  assert.equal(severityOf(mapped, { level: 'warn', event: { severity: 73 } }), 'high');
  assert.equal(severityOf(mapped, { event: { severity: '73.0' } }), 'high');
  assert.equal(severityOf(mapped, { level: 'other' }), 'medium');
  assert.equal(severityOf(ruleWith({ severity: 'high' }), {}), 'high');
});

test('the risk score is the largest valid value of the first mapping', () => {
  const mapped = ruleWith({
    risk_score_mapping: [
      { field: 'score', operator: 'equals', value: '' },
      { field: 'other', operator: 'equals', value: '' },
    ],
  });
  assert.equal(riskScoreOf(mapped, { score: [12, '99.5', 101, 'x', true] }), 99.5);
  assert.equal(riskScoreOf(mapped, { score: 0 }), 0);
  assert.equal(riskScoreOf(mapped, { score: -1 }), 47);
  assert.equal(riskScoreOf(mapped, { other: 90 }), 47);
});

test('the name is taken from the event when it is a text that says something', () => {
  const mapped = ruleWith({ rule_name_override: 'message' });
  assert.equal(ruleNameOf(mapped, { message: 'From the event' }), 'From the event');
  assert.equal(ruleNameOf(mapped, { message: ['', 'second'] }), 'second');
  assert.equal(ruleNameOf(mapped, { message: 7 }), 'A rule');
  assert.equal(ruleNameOf(mapped, {}), 'A rule');
});
