/** ECS fields of audit events are copies of what stands elsewhere in the event: of the right kind of value only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, lines, readBytes } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonValue } from '../../../data/document.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import { COPIES } from '../../normalise/audit-fields.ts';

const leaf = (path: string, condition: Test): Predicate => ({
  kind: 'some',
  field: { name: path, path },
  test: condition,
});

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
    return [...held, ...held.map((arg): Predicate => ({ kind: 'not', arg }))];
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
    [...COPIES.map(({ to }) => to), 'event.kind'],
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
