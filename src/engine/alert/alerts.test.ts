/** The alerts of every kind of finding, held to golden files: they are a public format. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, rule } from '../../../tests/support/engine.ts';
import { assertGolden } from '../../../tests/support/golden.ts';
import type { JsonObject } from '../../data/document.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Detection } from '../detection.ts';
import { Alerts } from './alerts.ts';

const alerts = new Alerts(ports);
const golden = (name: string, detection: Detection): void =>
  assertGolden(`alert/${name}.json`, `${JSON.stringify(alerts.of(detection), undefined, 2)}\n`);

const happened = (line: number, more: JsonObject): EventEnvelope =>
  event(
    {
      '@timestamp': `2026-03-02T10:00:0${line}.000Z`,
      event: { kind: 'event', category: ['process'], action: 'start' },
      host: { name: 'node-a', ip: ['198.51.100.1', `198.51.100.${line + 1}`] },
      user: { name: 'eve' },
      ...more,
    },
    { key: `key ${line}`, origin: { file: 'runtime.ndjson', line } },
  );

const one = happened(1, { process: { name: 'sh', pid: 7 } });
const two = happened(4, { process: { name: 'curl', pid: 8 } });
const finds = rule(isText('a', 'b'), { name: 'Finds it' });
const at = Date.parse('2026-03-02T10:05:00.000Z');

test('a sequence', () => {
  const finding = { kind: 'sequence', key: ['eve', null], judgedEarly: true } as const;
  golden('sequence', { rule: finds, events: [one, two], finding });
});

test('a threshold, at a tick', () => {
  const finding = {
    kind: 'threshold',
    terms: [{ field: 'user.name', value: 'eve' }],
    count: 12,
    cardinality: [{ field: 'process.name', value: 2 }],
    from: one.time ?? 0,
    to: two.time ?? 0,
  } as const;
  golden('threshold', { rule: finds, events: [one, two], finding, at });
});

test('new terms', () => {
  golden('new-terms', { rule: finds, events: [one], finding: { kind: 'newTerms', terms: ['eve', 'sh'] } });
});

test('an indicator', () => {
  const matched = { atomic: 'sh', field: 'process.name', id: 'i', index: 'ti', type: 'indicator_match_rule' };
  const enrichments = [{ indicator: { type: 'file' }, feed: { name: 'feed' }, matched }];
  golden('threat-match', { rule: finds, events: [one], finding: { kind: 'threatMatch', enrichments } });
});

test('a summary of what was over the limit', () => {
  const finding = {
    kind: 'summary',
    count: 40,
    from: one.time,
    to: two.time,
    actors: [{ what: 'eve', count: 40 }],
    targets: [],
  } as const;
  golden('summary', { rule: finds, events: [one, two], finding, at });
});

test('the alert about a sequence hangs on the rule and its events, and so do its parts', () => {
  const ids = (...events: Detection['events']): string[] =>
    alerts.of({ rule: finds, events, finding: { kind: 'sequence', key: [] } }).map(({ id }) => id);
  assert.deepEqual(ids(one, two), ids(one, two));
  assert.equal(new Set([...ids(one, two), ...ids(two, one)]).size, 6);
});
