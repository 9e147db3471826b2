/**
 * A document that a pipeline made, and that has no key by which other forms of records show, is nothing but that document:
 * no other form fits it, and nothing is looked for inside. Layouts of bytes stand on this.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import { envelopeOf } from '../../src/ingest/decode/envelope/index.ts';
import { isOwnSet } from '../../src/ingest/decode/fast/signs.ts';
import { shapeOf } from '../../src/ingest/normalise/index.ts';
import { auditEvent } from '../support/ingest.ts';
import { law } from './law.ts';

const text = JSON.stringify(auditEvent());
/** A record of each form. */
const forms: readonly JsonObject[] = [
  auditEvent(),
  { verb: 'get', requestURI: '/' },
  { protoPayload: {} },
  { process_exec: { process: { pid: 1 } } },
  { process_later: {}, node_name: 'n' },
  { output_fields: {}, rule: 'r' },
  { job_id: 'j', result_type: 'record' },
  { items: [auditEvent()], kind: 'EventList', apiVersion: 'audit.k8s.io/v1' },
  { items: [auditEvent()], apiVersion: 'audit.k8s.io/v1' },
  { messageType: 'DATA_MESSAGE', logEvents: [{ message: text }] },
  { events: [{ message: text, timestamp: 1 }] },
  { awslogs: { data: text } },
  { records: [{ data: text }] },
  { Records: [{ kinesis: { data: text } }] },
  { category: 'kube-audit', operationName: 'o', properties: { log: text } },
  { AuditId: 'a', RequestUri: '/' },
  { log_s: text, Category: 'kube-audit' },
  { _source: auditEvent(), _id: '1', _index: 'i' },
  { hits: { hits: [{}] } },
  { index: { _index: 'i' } },
  { stream: 'stdout', log: text, logtag: 'F', time: 't' },
  { message: text, json: auditEvent(), audit: auditEvent(), data: text },
  { kubernetes_audit: auditEvent(), MESSAGE: text, jsonPayload: { protoPayload: {} } },
];
const others: JsonObject = {
  acme: { team: 'a' },
  app: 'a',
  host: {},
  labels: [],

  aws: {},
  kubernetes: {},
};

const part = fc.constantFrom(...forms, others).chain((form) => fc.subarray(Object.entries(form)));
const record = fc.tuple(part, part).map((parts): JsonObject => ({
  '@timestamp': '2026-03-02T09:05:43Z',
  event: { kind: 'event' },
  ...(Object.fromEntries(parts.flat()) as JsonObject),
}));

let [other, own] = [0, 0];

law('documents without signs of other forms are of no other form', [record], (made) => {
  const found = shapeOf(made, { origin: { file: '' }, depth: 0 }, 'auto') ?? envelopeOf(made);
  if (found !== undefined) other++;
  if (!Object.keys(made).every(isOwnSet)) return;
  own++;
  assert.equal(found, undefined);
});

test('there are enough of either', () => {
  assert.ok(other > 200 && own > 100, `${other} of other forms, ${own} without signs`);
});
