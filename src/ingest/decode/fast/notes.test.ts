import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, readBytes } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject, Scalar } from '../../../data/document.ts';
import { valuesAt } from '../../../data/document.ts';
import { Numeral } from '../../../data/numeral.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { EventEnvelope } from '../../../model/event.ts';
import type { Predicate } from '../../../plan/predicate.ts';

const HOLDS: Predicate = { kind: 'exists', field: { name: 'event.kind', path: 'event.kind' } };

function eventOf(record: string, ...told: readonly string[]): EventEnvelope {
  const interest = interestOf(new Matcher([HOLDS]), 1, ['event.kind'], undefined, undefined, told);
  const [event] = readBytes(`${record}\n`, { interest }).events;
  assert.deepEqual(event?.judged?.holds, [0], 'the record is not judged from its bytes');
  return event as EventEnvelope;
}

/** What is told, which the document must have as well. */
function toldOf(record: string, path: string): readonly Scalar[] | undefined {
  const event = eventOf(record, path);
  const told = event.told?.(path);
  if (told !== undefined) assert.deepEqual(valuesAt(event.document, path), told);
  return told;
}

const process = (fields: string): string =>
  `{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"7"},"process":{${fields}}}`;

test('one value, the items of one list, and nothing are told', () => {
  const cases: [fields: string, path: string, told: readonly Scalar[]][] = [
    ['"name":"Grün"', 'process.name', ['Grün']],
    ['"name":"a\\u0022b\\n"', 'process.name', ['a"b\n']],
    ['"name":""', 'process.name', ['']],
    ['"name":null', 'process.name', []],
    ['"pid":7', 'process.pid', [7]],
    ['"pid":1.0', 'process.pid', [new Numeral('1.0')]],
    ['"pid":[1, 2 ,true,"4"]', 'process.pid', [1, 2, true, '4']],
    ['"args":["b","a","b"]', 'process.args', ['b', 'a', 'b']],
    ['"args":[]', 'process.args', []],
    ['"parent.name":"x"', 'process.parent.name', ['x']],
    ['"parent":{"name":"x"}', 'process.parent', []],
    ['"pid":7', 'process.name', []],
  ];
  for (const [fields, path, told] of cases) assert.deepEqual(toldOf(process(fields), path), told, fields);
});

test('values that stand apart are left to the document, which may have them in another order', () => {
  const apart = [
    '"parent":{"name":"y"},"parent.name":"x"',
    '"parent":[{"name":"y"},{"name":"x"}]',
    '"parent":{"name":["y",["x"]]}',
    '"parent":{"name":["y",null,"x"]}',
  ];
  for (const fields of apart) assert.equal(toldOf(process(fields), 'process.parent.name'), undefined, fields);
});

test('what decoding masks is left to the document, and judged from bytes all the same', () => {
  const objectRef = { resource: 'secrets', apiVersion: 'v1' };
  const record = JSON.stringify(auditEvent({ objectRef, requestObject: { data: { a: 'hidden' } } }));
  assert.equal(toldOf(record, 'kubernetes.audit.requestObject.data.a'), undefined);
});

test('more values than there is room for are left to the document', () => {
  const args = (count: number): string => process(`"args":${JSON.stringify(Array(count).fill('x'))}`);
  assert.deepEqual(toldOf(args(256), 'process.args'), Array(256).fill('x'));
  assert.equal(toldOf(args(257), 'process.args'), undefined);
});

test('copies are told as the table has them', () => {
  const audit = (changes: JsonObject): string => JSON.stringify(auditEvent(changes));
  const addresses = { sourceIPs: ['192.0.2.1', '10.0.0.1', '192.0.2.1'] };
  assert.deepEqual(toldOf(audit(addresses), 'source.ip'), addresses.sourceIPs);
  assert.deepEqual(toldOf(audit(addresses), 'related.ip'), ['192.0.2.1', '10.0.0.1']);
  assert.deepEqual(toldOf(audit({ sourceIPs: ['192.0.2.1', 'proxy'] }), 'source.ip'), []);
  const user = (uid: string): string => audit({ user: { username: 'jane', uid } });
  assert.deepEqual(toldOf(user('jane'), 'related.user'), ['jane']);
  assert.deepEqual(toldOf(user('7'), 'related.user'), ['7', 'jane']);
  assert.deepEqual(toldOf(audit({}), 'event.outcome'), ['success']);
  assert.deepEqual(toldOf(audit({}), 'event.module'), ['kubernetes']);
  assert.deepEqual(toldOf(audit({}), '@timestamp'), ['2026-03-02T09:05:43.012904Z']);
});

test('what no condition that holds asks for is not told, and nothing where one needs the document', () => {
  const record = process('"name":"sh","pid":7');
  assert.equal(eventOf(record, 'process.name').told?.('process.pid'), undefined);
  const interest = interestOf(new Matcher([HOLDS, HOLDS]), 2, [], undefined, undefined, ['process.name']);
  const wants = [interest.wants[0], undefined];
  const [event] = readBytes(`${record}\n`, { interest: { ...interest, wants } }).events;
  assert.deepEqual(event?.judged?.holds, [0, 1]);
  assert.equal(event.told?.('process.name'), undefined);
  const other: Predicate = { kind: 'exists', field: { name: 'file.name', path: 'file.name' } };
  const either = interestOf(new Matcher([HOLDS, other]), 2, ['file.name'], undefined, undefined, [
    'process.name',
  ]);
  const onlyOther = [new Set<number>(), either.wants[1]];
  const [one] = readBytes(`${record}\n`, { interest: { ...either, wants: onlyOther } }).events;
  assert.deepEqual(one?.judged?.holds, [0]);
  assert.equal(one.told?.('process.name'), undefined);
});

test('what is told of an event outlasts what it was read from', () => {
  const record = process('"name":"sh","args":["é","x"]');
  const event = eventOf(record, 'process.name', 'process.args');
  assert.deepEqual(
    ['process.name', 'process.args'].map((path) => event.told?.(path)),
    [['sh'], ['é', 'x']],
  );
  assert.deepEqual(event.document, JSON.parse(record));
});

test('records for which the same is known to hold are told with their own values', () => {
  const interest = interestOf(new Matcher([HOLDS]), 1, ['event.kind'], undefined, undefined, [
    'process.name',
  ]);
  let asked = 0;
  const { decide } = interest;
  interest.decide = (...question) => {
    asked++;
    return decide(...question);
  };
  const names = Array.from({ length: 40 }, (_, i) => `name ${i}`);
  const lines = names.map((name, i) => `${process(`"name":"${name}"`).replace('"id":"7"', `"id":"${i}"`)}\n`);
  const events = readBytes(lines.join(''), { interest }).events;
  assert.deepEqual(
    events.map((event) => event.told?.('process.name')),
    names.map((name) => [name]),
  );
  assert.ok(asked < 5, `${asked}`);
});
