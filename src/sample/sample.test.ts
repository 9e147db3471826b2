import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { makeSample } from './index.ts';
import { ATTACKER_ADDRESS } from './story.ts';

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const sample = makeSample();

test('the day has at least twenty thousand audit events and some hundred container events', () => {
  assert.ok(sample.audit.length >= 20_000, `${sample.audit.length} audit events`);
  assert.ok(sample.containers.length >= 800, `${sample.containers.length} container events`);
});

test('the same seed makes the same day, another seed another one', () => {
  assert.equal(digest(makeSample()), digest(sample));
  assert.notEqual(digest(makeSample(7)), digest(sample));
});

test('events stand in order of time', () => {
  const times = sample.audit.map((e) => e['stageTimestamp'] as string);
  assert.deepEqual(times, times.toSorted());
});

test('stages of one request share what the API server would have them share', () => {
  const byId = Map.groupBy(sample.audit, (e) => e['auditID'] as string);
  const pairs = [...byId.values()].filter((events) => events.length > 1);
  assert.ok(pairs.length > 100);
  for (const [first, second] of pairs) {
    assert.deepEqual([first?.['stage'], second?.['stage']], ['ResponseStarted', 'ResponseComplete']);
    assert.equal(first?.['requestReceivedTimestamp'], second?.['requestReceivedTimestamp']);
  }
});

test('the attack is a needle: less than one event in a hundred comes from outside', () => {
  const foreign = sample.audit.filter((e) => JSON.stringify(e['sourceIPs']).includes(ATTACKER_ADDRESS));
  assert.ok(foreign.length > 25 && foreign.length < sample.audit.length / 100, `${foreign.length} events`);
});
