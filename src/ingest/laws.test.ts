/** What holds for every input: nothing throws, nothing is lost, and it does not matter where the bytes are cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { accountOf, auditEvent, lines, readBytes, type ReadOptions } from '../../tests/support/ingest.ts';
import type { Batch, ShapeChoice } from './types.ts';

const shapes: readonly ShapeChoice[] = ['auto', 'audit', 'ecs', 'gke', 'tetragon', 'falco'];

/** Everything of a batch that a consumer sees. */
const seen = (batch: Batch): string => JSON.stringify([accountOf(batch), batch.events, batch.refusals]);

/** Every record is used, left out or refused; what is used gives at least one event. */
function accounts(batch: Batch): boolean {
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
  const used = sum(batch.shapes.values());
  const aboutFiles = batch.refusals.filter(({ code }) =>
    ['INP014', 'INP015', 'INP017'].includes(code),
  ).length;
  return (
    batch.records === used + sum(batch.skipped.values()) + batch.refusals.length - aboutFiles &&
    batch.events.length >= used
  );
}

const event = auditEvent({
  requestObject: { spec: { containers: [{ image: 'a:1', env: [{ name: 'x', value: '1.0' }] }] } },
});
const samples = [
  lines(event, auditEvent({ auditID: 'b' }), event),
  JSON.stringify([event, auditEvent({ auditID: 'b' })], null, 1),
  lines({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [event, auditEvent({ auditID: 'b' })] }),
  lines({
    messageType: 'DATA_MESSAGE',
    logGroup: '/aws/eks/c/cluster',
    logStream: 'kube-apiserver-audit-1',
    logEvents: [{ message: JSON.stringify(event) }],
  }),
  lines({ records: [{ category: 'kube-audit', properties: { log: JSON.stringify(event) } }] }),
  `${JSON.stringify(event)}${JSON.stringify(auditEvent({ auditID: 'b' }))}`,
  lines(
    `2026-03-02T09:05:43.1Z stdout P ${JSON.stringify(event).slice(0, 99)}`,
    `2026-03-02T09:05:43.1Z stdout F ${JSON.stringify(event).slice(99)}`,
  ),
  lines({
    insertId: 'i',
    protoPayload: {
      serviceName: 'k8s.io',
      methodName: 'io.k8s.core.v1.pods.create',
      resourceName: 'core/v1/namespaces/a/pods/b',
      request: { spec: {} },
    },
    timestamp: '2026-03-02T09:05:43Z',
  }),
  lines({
    process_exec: { process: { exec_id: 'e', binary: '/bin/ls', arguments: '-l "a b"', flags: 'execve' } },
    node_name: 'n',
    time: '2026-03-02T09:05:43Z',
  }),
  lines({
    rule: 'r',
    output_fields: { 'proc.name': 'sh', 'proc.args': '-c a b' },
    time: '2026-03-02T09:05:43Z',
    source: 'syscall',
  }),
  lines({
    '@timestamp': '2026-03-02T09:05:43Z',
    event: { kind: 'event' },
    'kubernetes.audit.requestObject.data.a': 'x',
  }),
];

test('cutting the input anywhere gives the same events', () => {
  const cuts = fc.array(fc.nat(4000), { maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...samples), cuts, (sample, places) => {
      assert.equal(seen(readBytes(sample, { cuts: places })), seen(readBytes(sample)));
    }),
  );
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ maxLength: 300, unit: 'binary' }).map((text) => Buffer.from(text)),
);

test('no bytes throw, and every record is accounted for', () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom(...shapes), (input, shape) => accounts(readBytes(input, { shape }))),
  );
});

/** Bytes taken away, put in or changed. */
const mutation = fc.record({
  at: fc.nat(3000),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      '\0',
      'null',
      '{"kind":"Event","verb":"x"}\n',
    ),
    fc.string({ maxLength: 5 }),
  ),
});

test('no damage throws, and what is damaged is accounted for wherever the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.nat(3000),
      (sample, mutations, cut) => {
        const damaged = mutations.reduce(
          (text, { at, remove, insert }) =>
            text.slice(0, at % text.length) + insert + text.slice((at % text.length) + remove),
          sample,
        );
        const whole = readBytes(damaged);
        assert.ok(accounts(whole));
        assert.equal(seen(readBytes(damaged, { cuts: [cut] })), seen(whole));
      },
    ),
    { numRuns: 400 },
  );
});

/** Objects with the names that the way in looks at, and values of any type under them. */
const names =
  'kind apiVersion items records message log stream event original kubernetes audit category properties protoPayload output_fields rule process_exec process node_name @timestamp data awslogs messageType logEvents _source hits requestObject annotations user sourceIPs events operation labels time AuditId RequestUri'.split(
    ' ',
  );
const leaf = fc.oneof(
  fc.constantFrom(
    'Event',
    'EventList',
    'audit.k8s.io/v1',
    'kube-audit',
    'DATA_MESSAGE',
    '{"verb":"get","auditID":"x"}',
    'stdout',
  ),
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('anything'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('anything'), { maxKeys: 6 }),
  ),
}));
const records = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 8 });

test('no types throw, whatever stands under the names that are looked at', () => {
  fc.assert(
    fc.property(records, fc.constantFrom(...shapes), fc.boolean(), (record, shape, keepOriginal) =>
      accounts(readBytes(lines(record), { shape, keepOriginal } satisfies ReadOptions)),
    ),
    { numRuns: 2000 },
  );
});

test('changed types inside real events throw nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...samples), fc.nat(60), anything, (sample, which, value) => {
      let seenValues = 0;
      const changed = sample.split('\n').map((line) => {
        try {
          return JSON.stringify(
            JSON.parse(line, (_key, old: unknown) => (seenValues++ === which ? value : old)),
          );
        } catch {
          return line;
        }
      });
      return accounts(readBytes(changed.join('\n')));
    }),
    { numRuns: 1000 },
  );
});
