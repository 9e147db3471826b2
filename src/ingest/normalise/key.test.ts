import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, auditEvent, lines, readBytes } from '../../../tests/support/ingest.ts';
import { Repeats } from './repeats.ts';

const keysOf = (text: string): string[] => readBytes(text).events.map(({ key }) => key);

test('byte-equal repeats count once, also across files of a run', () => {
  const repeats = new Repeats();
  const text = lines(auditEvent(), auditEvent());
  const first = accountOf(readBytes(text, { repeats }));
  const second = accountOf(readBytes(text, { repeats, file: 'copy.log' }));
  assert.deepEqual([first.events, first.skipped], [1, { 'repeated record': 1 }]);
  assert.deepEqual([second.events, second.skipped], [0, { 'repeated record': 2 }]);
});

test('what only shares the key is kept, with a key of its own', () => {
  const [one, other] = [auditEvent(), auditEvent({ verb: 'delete' })];
  const batch = readBytes(lines(one, other, one, other));
  assert.deepEqual([batch.events.length, Object.fromEntries(batch.skipped)], [2, { 'repeated record': 2 }]);
  assert.equal(new Set(batch.events.map(({ key }) => key)).size, 2);
});

test('an event has the same key however it was delivered', () => {
  const event = auditEvent();
  const text = JSON.stringify(event);
  const deliveries = [
    text,
    `2026-03-02T09:05:43.1Z stdout F ${text}`,
    JSON.stringify({ kind: 'EventList', items: [event] }),
    JSON.stringify({ message: text }),
    JSON.stringify(event, null, 2),
  ];
  assert.equal(new Set(deliveries.flatMap(keysOf)).size, 1);
});

test('every part of the identity is in the key, and the cluster', () => {
  const changes = [
    {},
    { auditID: 'x' },
    { stage: 'Panic' },
    { requestReceivedTimestamp: '2026-03-02T09:05:43.000138Z' },
    { stageTimestamp: '2026-03-02T09:05:43.012905Z' },
    { requestURI: '/api' },
  ];
  const keys = changes.flatMap((change) => keysOf(lines(auditEvent(change))));
  const inCluster = readBytes(lines(auditEvent()), { cluster: 'prod' }).events.map(({ key }) => key);
  assert.equal(new Set([...keys, ...inCluster]).size, changes.length + 1);
});

test('the stages of a request share the request key, and nothing that a client chose alone does', () => {
  const started = auditEvent({ stage: 'ResponseStarted', stageTimestamp: '2026-03-02T09:05:43.005000Z' });
  const others = [
    { requestReceivedTimestamp: '2026-03-02T09:05:44.000000Z' },
    { requestURI: '/api' },
    { auditID: 'x' },
  ];
  const { events } = readBytes(lines(auditEvent(), started, ...others.map(auditEvent)));
  const [complete, start, ...rest] = events.map(({ requestKey }) => requestKey);
  assert.equal(complete, start);
  assert.equal(new Set([complete, ...rest]).size, 4);
});

test('without the server’s time there is no request key', () => {
  const [event] = readBytes(lines(auditEvent({ requestReceivedTimestamp: undefined }))).events;
  assert.equal(event?.requestKey, undefined);
});

test('documents without an id may be equal and are still two', () => {
  const document = { '@timestamp': '2026-03-02T09:05:43Z', event: { action: 'login' } };
  const batch = readBytes(lines(document, document, document));
  assert.equal(new Set(batch.events.map(({ key }) => key)).size, 3);
  assert.deepEqual(Object.fromEntries(batch.skipped), {});
});

test('documents with an id are one', () => {
  const document = { '@timestamp': '2026-03-02T09:05:43Z', event: { id: '7', action: 'login' } };
  const batch = readBytes(lines(document, document, { ...document, event: { id: '7', action: 'logout' } }));
  assert.deepEqual([batch.events.length, Object.fromEntries(batch.skipped)], [2, { 'repeated record': 1 }]);
});
