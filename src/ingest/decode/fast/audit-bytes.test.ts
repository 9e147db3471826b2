/** ECS fields of audit events are copies of what stands elsewhere in the event: of the right kind of value only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, lines, readBytes } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject, JsonValue } from '../../../data/document.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import { COPIES } from '../../normalise/audit-fields.ts';
import { LAST_APPLIED } from '../../normalise/redact.ts';

const leaf = (path: string, condition: Test): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: condition,
});

const exists = (path: string): Predicate => ({ kind: 'exists', field: { name: path, path } });

/** What stands where a text is copied from: of these, some are copied, some are not, and some keep others from it. */
const oddCopies: readonly JsonValue[] = [
  '10.0.0.1',
  'allow',
  '',
  5,
  true,
  null,
  [],
  {},
  ['10.0.0.1'],
  ['10.0.0.1', '10.0.0.1', '10.0.0.2'],
  ['10.0.0.1', 'x'],
  ['10.0.0.1', ''],
  ['10.0.0.1', 5],
  ['10.0.0.1', null],
  ['10.0.0.1', { a: 'x' }],
  ['10.0.0.1', {}],
  ['10.0.0.1', ['10.0.0.2']],
  [['10.0.0.1']],
  { a: '10.0.0.1' },
];

test('copies in audit events are judged as documents have them', () => {
  const predicates = COPIES.flatMap(({ to }): Predicate[] => {
    const any: Test = { kind: 'pattern', oneOf: [[{ any: 'many' }]], fold: 'exact' };
    const held: Predicate[] = [
      leaf(to, any),
      leaf(to, { kind: 'text', oneOf: ['10.0.0.1', 'success', '5'], fold: 'exact' }),
      { kind: 'exists', field: { name: to, path: to } },
    ];
    const sets = to.split('.').slice(0, -1);
    const around = sets.map((_, i) => exists(sets.slice(0, i + 1).join('.')));
    return [...held, ...around].flatMap((arg): Predicate[] => [arg, { kind: 'not', arg }]);
  });
  const places = [...new Set(COPIES.flatMap(({ from }) => from))].map((from) => {
    const [outer = '', ...inner] = from.replaceAll('_', '.').split('.');
    return [outer, inner.join('.')] as const;
  });
  const records = places.flatMap(([outer, inner]) =>
    oddCopies.flatMap((odd) => {
      if (inner === '') return [auditEvent({ [outer]: odd })];
      return [
        auditEvent({ [outer]: { [inner]: odd } }),
        auditEvent({ [outer]: [{ [inner]: odd }, { [inner]: 'y' }] }),
      ];
    }),
  );
  const matcher = new Matcher(predicates);
  const interest = interestOf(
    matcher,
    predicates.length,
    // What all such events have, too: otherwise a document has to tell whether rules read any value of the event.
    [...COPIES.flatMap(({ to }) => [to, to.slice(0, to.lastIndexOf('.'))]), 'event.kind'],
  );
  const { events } = readBytes(lines(...records.map((record, i) => ({ ...record, auditID: `${i}` }))), {
    interest,
  });
  const found = events.filter((event) => event.judged !== undefined);
  assert.ok(found.length > 40);
  for (const { judged: told, document, origin } of found)
    assert.deepEqual(
      told?.holds,
      matcher.match(document, 0).rules,
      JSON.stringify(records[(origin.line ?? 0) - 1]),
    );
});

test('what decoding masks is never passed over by what stands there', () => {
  const audit = 'kubernetes.audit';
  const redacted: Test = { kind: 'text', oneOf: ['[redacted]'], fold: 'exact' };
  const paths = [
    `${audit}.requestObject.data.a`,
    `${audit}.responseObject.status.token`,
    `${audit}.requestObject.spec.token`,
    `${audit}.responseObject.stringData.a`,
  ];
  const interest = interestOf(new Matcher(paths.map((path) => leaf(path, redacted))), paths.length, [
    ...paths,
    'event.kind',
  ]);
  const secrets: readonly JsonValue[] = ['s3cret', '', 5, true, null, [], ['s3cret'], {}, { b: 's3cret' }];
  const records = secrets.flatMap((secret) => [
    auditEvent({ requestObject: { data: { a: secret } } }),
    auditEvent({ responseObject: { status: { token: secret } } }),
    auditEvent({ requestObject: { spec: { token: secret } } }),
    auditEvent({ responseObject: { stringData: { a: secret } } }),
  ]);
  const other = auditEvent({ requestObject: { spec: { tokens: 's3cret' } } });
  const all = [...records, other].map((record, i) => ({ ...record, auditID: `${i}` }));
  const { events } = readBytes(lines(...all), { interest });
  assert.deepEqual(
    events.map(({ judged }) => judged?.holds),
    [...records.map(() => undefined), []],
  );
});

test('what every event has makes conditions hold for it', () => {
  const conditions: Predicate[] = [
    leaf('event.kind', { kind: 'text', oneOf: ['event'], fold: 'exact' }),
    leaf('event.kind', { kind: 'text', oneOf: ['alert'], fold: 'exact' }),
    exists('event.module'),
  ];
  const interest = interestOf(new Matcher(conditions), conditions.length, ['event.kind', 'event.module']);
  const { events } = readBytes(lines(auditEvent(), auditEvent({ auditID: '2' })), { interest });
  assert.deepEqual(
    events.map(({ judged }) => judged?.holds),
    [
      [0, 2],
      [0, 2],
    ],
  );
});

test('an event is decoded as long as no event had what all of its form have', () => {
  const known = new Set<string>();
  const kind = exists('event.kind');
  const asked = interestOf(new Matcher([kind]), 1, ['event.kind']);
  const interest = { ...asked, isKnown: (path: number) => known.has(asked.paths[path] ?? '') };
  const isJudged = (auditID: string): boolean =>
    readBytes(lines(auditEvent({ auditID })), { interest }).events[0]?.judged !== undefined;
  assert.equal(isJudged('1'), false);
  known.add('event.kind');
  assert.equal(isJudged('2'), true);
});

test('an event is decoded as long as it may have a field that no event had', () => {
  const known = new Set<string>();
  const paths = ['kubernetes.audit.sourceIPs', 'source.ip'];
  const asked = interestOf(new Matcher(paths.map(exists)), 2, paths);
  const interest = { ...asked, isKnown: (path: number) => known.has(paths[path] ?? '') };
  const isJudged = (auditID: string, sourceIPs: readonly string[]): boolean =>
    readBytes(lines(auditEvent({ auditID, sourceIPs })), { interest }).events[0]?.judged !== undefined;
  assert.equal(isJudged('1', ['proxy']), false);
  known.add('kubernetes.audit.sourceIPs');
  assert.equal(isJudged('2', ['10.0.0.1']), false);
  known.add('source.ip');
  assert.equal(isJudged('3', ['10.0.0.1']), true);
});

test('of an event with nothing but copies, only the document tells whether rules read any of its fields', () => {
  const interest = interestOf(new Matcher([exists('source.ip')]), 1, ['source.ip']);
  const records = [{}, { sourceIPs: ['proxy'] }, { sourceIPs: ['10.0.0.1'] }].map((changes, i) => {
    const { sourceIPs: _, ...record } = auditEvent({ auditID: `${i}` });
    return { ...record, ...changes };
  });
  const { events } = readBytes(lines(...records), { interest });
  assert.deepEqual(
    events.map(({ judged }) => judged?.holds),
    [[], undefined, undefined],
  );
});

/** For each body whether rules that ask for these fields are judged from the bytes; if so, what holds is compared. */
function areJudged(fields: readonly string[], bodies: readonly JsonObject[]): boolean[] {
  const paths = fields.map((field) => `kubernetes.audit.requestObject${field}`);
  const predicates = paths.map(exists).flatMap((arg): Predicate[] => [arg, { kind: 'not', arg }]);
  const matcher = new Matcher(predicates);
  const interest = interestOf(matcher, predicates.length, [...paths, 'event.kind']);
  const records = bodies.map((requestObject, i) => auditEvent({ requestObject, auditID: `${i}` }));
  return readBytes(lines(...records), { interest }).events.map(({ judged, document }) => {
    if (judged !== undefined) assert.deepEqual(judged.holds, matcher.match(document, 0).rules);
    return judged !== undefined;
  });
}

test('whether bodies have anything that decoding takes out or puts in, only documents tell', () => {
  const bodies = [
    { metadata: { name: 'x' } },
    { spec: {} },
    { items: [{ data: {} }] },
    { items: [{ data: '' }] },
    { rows: [{ object: { data: null } }] },
  ];
  for (const field of ['', '.items', '.rows'])
    assert.deepEqual(new Set(areJudged([field], bodies)), new Set([false]), field);
  assert.deepEqual(new Set(areJudged(['.spec', '.kind'], bodies)), new Set([true]));
});

test('what is masked is there, also where nothing was', () => {
  const bodies = [null, '', [], {}, 'x'].flatMap((value) => [{ data: { a: value } }, { data: value }]);
  assert.deepEqual(new Set(areJudged(['.data'], bodies)), new Set([false]));
  assert.deepEqual(
    areJudged(['.data.a'], bodies),
    bodies.map((_, at) => at % 2 === 1),
  );
  const tokens = ['', 'x', null].map((token) => ({ spec: { token } }));
  assert.ok(areJudged(['.spec.token'], tokens).includes(false));
});

test('the copy of an object that kubectl keeps is masked, and then it is a value whatever it was', () => {
  const marked = [null, '', [], {}, 'x'].map((copy) => ({
    spec: { notes: { [`kubectl/${LAST_APPLIED}`]: copy } },
  }));
  const others = [{ spec: { notes: {} } }, { spec: { notes: { a: '' } } }, { spec: { notes: { a: 'x' } } }];
  // Then there is no room for more keys that are learnt in one object.
  const many = Array.from({ length: 70 }, (_, i) => ({ spec: { notes: { [`key-${i}`]: 'x' } } }));
  for (const first of [[], many]) {
    const expected = [...first.map(() => true), ...marked.map(() => false), ...others.map(() => true)];
    assert.deepEqual(areJudged(['.spec', '.spec.notes'], [...first, ...marked, ...others]), expected);
  }
});
