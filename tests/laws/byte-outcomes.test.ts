/**
 * Outcomes that are remembered for values are those of the documents: one scanner reads all records one after the other,
 * each of them twice, with conditions that read few paths, so that most outcomes come from records before.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { Repeats } from '../../src/ingest/normalise/repeats.ts';
import { FileContent } from '../../src/ingest/read-file.ts';
import type { Arrival, EventEnvelope } from '../../src/model/event.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { auditEvent, AUTO, eachAlone } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { words } from './byte-records.ts';
import { cases, law } from './law.ts';

const AUDIT = 'kubernetes.audit';

/** Paths that conditions read together, and the keys of records that values come from: copies, lists, objects, bodies. */
const groups = [
  [`${AUDIT}.verb event.action`, 'verb'],
  [`${AUDIT}.user.username user.name user.effective.name related.user`, 'user impersonatedUser'],
  [`source.ip ${AUDIT}.sourceIPs related.ip`, 'sourceIPs'],
  [`${AUDIT}.requestObject.data.a ${AUDIT}.requestObject.spec.a`, 'requestObject'],
  [`event.outcome ${AUDIT}.responseStatus.code`, 'responseStatus annotations'],
  [`${AUDIT}.objectRef ${AUDIT}.objectRef.name orchestrator.namespace`, 'objectRef'],
  ['process.args process.name process', 'process'],
  ['host.os host.os.type message', 'host message'],
].map(([paths = '', keys = '']) => ({ paths: words(paths), keys: words(keys) }));

const scalar = fc.constantFrom<JsonValue>(
  'evil',
  'EVIL',
  'evils',
  'devil',
  'other',
  'another',
  'x',
  'a',
  '',
  '5',
  5,
  'true',
  true,
  false,
  null,
  0,
  'é',
);
const names = fc.constantFrom(
  'name',
  'username',
  'namespace',
  'code',
  'data',
  'spec',
  'a',
  'args',
  'os',
  'type',
);
const named = fc.record(
  { args: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), name: scalar },
  { requiredKeys: [] },
);
const value = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    { weight: 2, arbitrary: scalar },
    { weight: 2, arbitrary: named },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(names, tie('any'), { maxKeys: 3 }) },
  ),
})).any;

const ecs: JsonObject = { '@timestamp': '2026-03-02T09:05:43Z', event: { kind: 'event', id: '7' } };

/** A record of either shape with other values under the keys of a group, some of them written with escapes. */
const lineFor = fc
  .tuple(fc.nat(groups.length - 1), fc.array(value, { minLength: 2, maxLength: 2 }), fc.boolean())
  .map(([group, values, isEscaped]) => {
    const keys = groups[group]?.keys ?? [];
    const changes = Object.fromEntries(keys.map((key, at) => [key, values[at] ?? null]));
    const isAudit = !/process|host/.test(keys.join(' '));
    const text = JSON.stringify(isAudit ? auditEvent(changes) : { ...ecs, ...changes });
    return { group, text: isEscaped ? text.replaceAll('"x"', String.raw`"\u0078"`) : text };
  });

const tests: readonly Test[] = [
  { kind: 'pattern', oneOf: [[{ any: 'many' }]], fold: 'exact' },
  { kind: 'pattern', oneOf: [['e', { any: 'many' }]], fold: 'lower' },
  { kind: 'text', oneOf: ['evil', 'x', '5', ''], fold: 'exact' },
  { kind: 'text', oneOf: ['evil', '\u212avil'], fold: 'ascii' },
  { kind: 'number', oneOf: ['5', '0'], strings: 'coerce' },
  { kind: 'number', oneOf: ['5'], strings: 'skip' },
  { kind: 'boolean', is: false },
];

/** Those that most texts are alike to. */
const seeking: readonly Test[] = [
  { kind: 'text', oneOf: ['EVIL', 'x'], fold: 'lower' },
  { kind: 'pattern', oneOf: [['evil', { any: 'many' }]], fold: 'exact' },
  { kind: 'pattern', oneOf: [[{ any: 'many' }, 'evil']], fold: 'lower' },
  { kind: 'pattern', oneOf: [[{ any: 'one' }, { any: 'many' }]], fold: 'lower' },
  { kind: 'regexp', oneOf: ['.*vi.*', '5'], fold: 'exact' },
];

/** Negations of everything, so that every record is a candidate for all of them. */
const conditionsOn = (paths: readonly string[], asking: readonly Test[]): Predicate[] =>
  paths
    .map((path) => ({ name: path, path }))
    .flatMap((field): Predicate[] => [
      ...(/Object(?:$|\.)/.test(field.path) ? [] : [{ kind: 'exists', field } as const]),
      ...asking.map((one): Predicate => ({ kind: 'some', field, test: one })),
    ])
    .map((arg) => ({ kind: 'not', arg }));

let asked = 0;
let judged = 0;

const readers = [tests, seeking].map((asking) =>
  groups.map(({ paths }) => readerOf(paths, conditionsOn(paths, asking))),
);

function readerOf(paths: readonly string[], conditions: readonly Predicate[]) {
  const matcher = new Matcher(conditions);
  const made = interestOf(matcher, conditions.length, paths);
  const options = { ...AUTO, interest: made };
  const { decide } = made;
  made.decide = (...question) => {
    asked++;
    return decide(...question);
  };
  const read = (text: string): readonly EventEnvelope[] => {
    const content = new FileContent<Arrival>('log', options, new Repeats());
    content.push(Buffer.from(`${text}\n`));
    content.end();
    return eachAlone(content.collector.take('log', 0, 0)).events;
  };
  return { matcher, read };
}

law('outcomes that are remembered are those of documents', [lineFor], ({ group, text }) => {
  for (const { matcher, read } of readers.flatMap((some) => some[group] ?? []))
    for (const event of [...read(text), ...read(text)]) {
      if (event.judged === undefined) continue;
      judged++;
      assert.deepEqual(event.judged.holds, matcher.match(event.document, 0).rules, text);
    }
});

test('most outcomes were remembered', (t) => {
  t.diagnostic(`of ${judged} outcomes, ${judged - asked} were remembered`);
  assert.ok(judged > cases / 3 && asked < judged / 2);
});
