/**
 * Records that are only scanned come out as those that are decoded: the same counts, keys, times and documents, and none
 * is passed over that a rule could match. Records are those of the sample, changed in many ways: other values, escapes,
 * characters beyond ASCII, keys with dots, repeated keys, white space, cut and damaged text.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { eventLines } from '../../bench/events.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import { FieldTally } from '../../src/engine/tally/fields.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { makeSample } from '../../src/sample/index.ts';
import { accountOf, plain, readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

const AUDIT = 'kubernetes.audit';

const words = (text: string): string[] => text.trim().split(/\s+/);

const paths = words(`
  verb level stage requestURI userAgent sourceIPs user.username user.groups user.extra.a
  objectRef.name objectRef.namespace objectRef.resource responseStatus.code responseStatus.reason
  annotations.a_b annotations.authorization_k8s_io/decision objectRef requestObject.data.a
  requestObject.data requestObject.spec.token requestObject.metadata.name
  requestObject.spec.containers.image requestObject.items.data.a
  requestObject.spec.containers.0.name responseObject.status.token
  requestObject.a.last-applied-configuration requestObject
`).map((path) => `${AUDIT}.${path}`);
const others = words(`
  event.action event.outcome event.kind event.id user.name user.id user.effective.name
  user_agent.original source.ip client.ip related.user related.ip orchestrator.namespace
  orchestrator.resource.name orchestrator.api_version orchestrator.cluster.name ecs.version
  winnow.request_text winnow.request_patch process.name process.args process.pid message
  process.command_line host.os.type host.os aws.x process.parent tags data_stream.dataset
`);

/** Rare tests on every path, so that most records match nothing and any could. */
const tests: readonly Test[] = [
  { kind: 'text', oneOf: ['evil', '[redacted]'], fold: 'lower' },
  {
    kind: 'pattern',
    oneOf: [
      [{ any: 'many' }, 'vil', { any: 'one' }],
      ['éxq', { any: 'many' }],
      ['Go-', { any: 'many' }],
    ],
    fold: 'exact',
  },
  { kind: 'regexp', oneOf: ['.*(mal|bad)ware.*'], fold: 'ascii' },
  { kind: 'number', oneOf: ['5.0'], strings: 'coerce' },
  { kind: 'ip', blocks: ['203.0.113.0/24'] },
];
const predicates = [...paths, ...others].flatMap((path): Predicate[] => [
  ...tests.map((test): Predicate => ({ kind: 'some', field: { name: path, path }, test })),
  {
    kind: 'and',
    args: [
      { kind: 'exists', field: { name: path, path } },
      { kind: 'some', field: { name: 'a', path: 'process.name' }, test: { kind: 'boolean', is: true } },
    ],
  },
]);
predicates.push({
  kind: 'some',
  field: { name: 'below', path: `${AUDIT}.user.extra`, below: true },
  test: { kind: 'text', oneOf: ['evil'], fold: 'exact' },
});

const matcher = new Matcher(predicates);
const readPaths = predicates.flatMap(fieldsOf).map(({ path }) => String(path));
const interest = interestOf(matcher, predicates.length, readPaths);

const records = [
  ...makeSample().audit.slice(0, 400),
  ...eventLines('linux', 40).map((line) => JSON.parse(line) as JsonObject),
];

const scalar = fc.constantFrom<JsonValue>(
  'evil',
  'EVIL',
  'Go-http',
  'x',
  '',
  'éxqy',
  'a"b\\c',
  'some malware\n',
  '[redacted]',
  '203.0.113.7',
  '5',
  '\u212avil',
  '😀',
  null,
  true,
  false,
  5,
  0,
  -1,
  1e21,
  0.5,
);
const value = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom('a', 'name', 'data', 'token', 'a.b', 'é', 'image', 'metadata'),
        tie('any'),
        { maxKeys: 3 },
      ),
    },
  ),
})).any;

const placesToSet = words(`
  verb kind apiVersion stage auditID stageTimestamp requestURI sourceIPs x user user.username
  user.extra objectRef objectRef.name annotations annotations.a-b requestObject requestObject.data
  requestObject.spec requestObject.items responseObject responseStatus.code
  impersonatedUser.username userAgent message event event.kind event.id process process.name
  process.args data_stream agent.type @timestamp log kubernetes kubernetes.audit host.os
  host.os.type event.original protoPayload tags
`);

/** At a path of keys; a dot in a key is written as `-`. */
function withValue(record: JsonObject, place: string, changed: JsonValue): JsonObject {
  const [first = '', ...rest] = place.split('.');
  const key = first.replaceAll('-', '.');
  const inner = record[key];
  const below =
    rest.length === 0 ? changed : withValue(isObject(inner) ? inner : {}, rest.join('.'), changed);
  return { ...record, [key]: below };
}

const change = fc.tuple(fc.constantFrom(...placesToSet), value);
const record = fc
  .tuple(fc.constantFrom(...records), fc.array(change, { maxLength: 3 }))
  .map(([base, changes]) =>
    changes.reduce((made, [place, changed]) => withValue(made, place, changed), base),
  );

type Edit = (text: string, at: number) => string;
const edits: readonly Edit[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at) => `${text.slice(0, at)}\\u0065${text.slice(at + 1)}`,
  (text, at) => `${text.slice(0, at)}\u0001${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}é${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)},${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}}${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}0${text.slice(at)}`,
  (text) => text.replaceAll(/([:,])"/g, '$1 "'),
  (text) => text.replaceAll('":', '"\t: '),
  (text) => `${text}  \r`,
  (text) => `${text}x`,
  (text) => text.replace('{', '{"stage":"Panic",'),
  (text) => text.replace(/\}$/, ',"verb":"evil","event":{"kind":"evil"}}'),
  (text) => text.replace(/\}$/, ',"user":{"username":"evil"},"objectRef.name":"evil"}'),
  (text) => text.replaceAll('e', '\\u0065'),
];
const line = fc
  .tuple(record, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 1e6 })), { maxLength: 2 }))
  .map(([base, changes]) =>
    changes.reduce((text, [edit, at]) => {
      const change = edit % 3 === 0 ? edits[((edit / 3) % edits.length) | 0] : undefined;
      return change === undefined ? text : change(text, at % (text.length + 1));
    }, JSON.stringify(base)),
  );

let [idle, matched, all] = [0, 0, 0];

law(
  'scanned records come out as decoded ones, and none that a rule could match is passed over',
  [line],
  (text) => {
    const usual = readBytes(`${text}\n`);
    const scanned = readBytes(`${text}\n`, { interest });
    assert.deepEqual(accountOf(scanned), accountOf(usual), text);
    scanned.events.forEach((event, position) => {
      all++;
      assert.deepEqual(plain(event), plain(usual.events[position]), text);
      if (event.judged === undefined) return;
      idle++;
      const fields = new FieldTally(readPaths);
      fields.see(event.document);
      assert.equal(event.judged.isRead, fields.eventsWithout === 0, text);
      if (event.judged.holds.length > 0) matched++;
      const { rules, undecided } = matcher.match(event.document, 0);
      assert.deepEqual({ rules: event.judged.holds, undecided: [] }, { rules, undecided }, text);
    });
  },
);

/**
 * What bytes must tell as exactly as documents do: every record is a candidate for all of these. Whether there is a body
 * cannot be told, as it loses parts.
 */
const exact = [...paths, ...others].flatMap((path): Predicate[] => {
  const field = { name: path, path };
  const any: Test = { kind: 'pattern', oneOf: [[{ any: 'many' }]], fold: 'exact' };
  const exists: Predicate[] = /Object(?:$|\.items)/.test(path) ? [] : [{ kind: 'exists', field }];
  const held: Predicate[] = [
    ...exists,
    { kind: 'some', field, test: any },
    { kind: 'some', field, test: { kind: 'pattern', oneOf: [['e', { any: 'many' }]], fold: 'lower' } },
    { kind: 'some', field, test: { kind: 'number', oneOf: ['5', '0'], strings: 'coerce' } },
    { kind: 'some', field, test: { kind: 'boolean', is: false } },
  ];
  return held.map((arg): Predicate => ({ kind: 'not', arg }));
});
const exactMatcher = new Matcher(exact);
const exactInterest = interestOf(
  exactMatcher,
  exact.length,
  exact.flatMap(fieldsOf).map(({ path }) => String(path)),
);
let [decided, decoded] = [0, 0];

law(
  'conditions that are decided on bytes are decided as on documents',
  [line],
  (text) => {
    const { events } = readBytes(`${text}\n`, { interest: exactInterest });
    for (const { judged, document } of events) {
      if (judged === undefined) decoded++;
      else {
        decided++;
        assert.deepEqual(judged.holds, exactMatcher.match(document, 0).rules, text);
      }
    }
  },
  { cost: 2 },
);

test('enough records are passed over or decided to tell', (t) => {
  t.diagnostic(`${idle} of ${all} records are judged from their bytes; ${matched} of them match`);
  t.diagnostic(`${decided} records are decided on their bytes, ${decoded} need their document`);
  assert.ok(idle > all / 5 && idle < all && matched > 0);
  assert.ok(decided > decoded / 5);
});
