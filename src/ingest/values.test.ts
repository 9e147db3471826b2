/** What JSON can hold and JavaScript trips over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonObject, valuesAt } from '../data/document.ts';
import { Numeral } from '../data/numeral.ts';
import { accountOf, auditEvent, lines, readBytes } from '../../tests/support/ingest.ts';

const documentOf = (text: string): JsonObject => readBytes(text).events[0]?.document ?? {};

test('numbers keep their text where a double would change it', () => {
  const texts = ['1.0', '1.50', '1e3', '-0', '9007199254740993', '12345678901234567890', '1E+2', '0.10'];
  const document = documentOf(
    `{"@timestamp":"2026-03-02T09:05:43Z","n":[${texts.join()}],"m":[1.5,7,-3,1e21]}\n`,
  );
  assert.deepEqual(valuesAt(document, 'n').map(String), texts);
  assert.deepEqual(
    valuesAt(document, 'm').map((value) => (value instanceof Numeral ? value.text : value)),
    [1.5, 7, -3, '1e21'],
  );
});

test('each of those numbers is noticed on its own', () => {
  for (const text of ['1.0', '1e3', '-0', '9007199254740993', '1E+2', '1.0 ', '1.0\\n']) {
    const number = JSON.parse(`"${text}"`) as string;
    const document = documentOf(`{"@timestamp":"2026-03-02T09:05:43Z","n":${number}}\n`);
    assert.deepEqual(valuesAt(document, 'n').map(String), [number.trim()], number);
  }
});

test('numbers keep their text in audit events, whose empty values go', () => {
  const text = JSON.stringify(auditEvent({ requestObject: { spec: { a: 'A', b: '' } } })).replace(
    '"A"',
    '1.0',
  );
  assert.deepEqual(valuesAt(documentOf(`${text}\n`), 'kubernetes.audit.requestObject.spec.a').map(String), [
    '1.0',
  ]);
});

test('keys that objects inherit are keys like any other', () => {
  const text = JSON.stringify(auditEvent({ requestObject: { spec: { x: '' } } }));
  const evil = text.replace(
    '"x":""',
    '"__proto__":{"admin":true,"n":null},"constructor":{"name":"c"},"toString":"t","x":""',
  );
  const document = documentOf(`${evil}\n`);
  const spec = 'kubernetes.audit.requestObject.spec';
  assert.deepEqual(valuesAt(document, `${spec}.__proto__.admin`), [true]);
  assert.deepEqual(valuesAt(document, `${spec}.constructor.name`), ['c']);
  assert.deepEqual(valuesAt(document, `${spec}.toString`), ['t']);
  assert.equal(({} as { admin?: boolean }).admin, undefined);
});

test('a record that is nothing but inherited keys is refused', () => {
  const text =
    '{"__proto__":{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"get"}}\n{"constructor":1}\n';
  assert.deepEqual(accountOf(readBytes(text)).refused, ['INP010 1', 'INP010 2']);
});

const deep = (levels: number, inner = '1'): string =>
  `${'{"a":'.repeat(levels)}${inner}${'}'.repeat(levels)}`;

test('what is nested too deep goes, and its record stays', () => {
  const audit = JSON.stringify(auditEvent({ requestObject: { spec: 'X' } }));
  const text = [
    audit.replace('"X"', deep(300)),
    audit.replace('"X"', deep(50_000)),
    audit.replace('"X"', deep(50_000, '1.0')),
    `{"@timestamp":"t","a":${deep(300)}}`,
    `{"insertId":"i","protoPayload":{"serviceName":"k8s.io","request":${deep(300)}}}`,
    `{"kind":"EventList","items":[${audit.replace('"X"', deep(50_001))}]}`,
    `{"records":[${deep(50_000)}]}`,
    deep(50_000),
    audit.replace('"X"', deep(100)),
  ].join('\n');
  assert.deepEqual(accountOf(readBytes(text)), {
    records: 9,
    events: 8,
    refused: ['INP010 7#0', 'INP010 8'],
    skipped: {},
    shapes: { 'kubernetes.audit': 5, ecs: 1, gke: 1 },
    repaired: { 'values nested deeper than 200 levels left out': 6 },
  });
});

test('texts that are no well-formed Unicode go through', () => {
  const text = `${JSON.stringify(auditEvent({ userAgent: 'X' })).replace('"X"', '"\\ud800 \\u0000 \\uffff"')}\n`;
  assert.deepEqual(valuesAt(documentOf(text), 'user_agent.original'), ['\ud800 \u0000 \uffff']);
});

test('every example of the catalogue gives its code', async () => {
  const { inputMessages } = await import('../base/messages/input.ts');
  for (const [code, message] of Object.entries(inputMessages)) {
    if (!('example' in message)) continue;
    assert.deepEqual(
      readBytes(message.example).refusals.map((refusal) => refusal.code),
      [code],
      code,
    );
  }
});

test('refusals say what the record is', () => {
  const text = lines(
    { kind: 'Pod', apiVersion: 'v1' },
    {},
    { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 },
    '{"a":1}x',
    '{"a":"\u0001"}',
  );
  assert.deepEqual(
    readBytes(text).refusals.map(({ message }) => message),
    [
      'the record has no known shape: it is a Kubernetes object (v1 Pod)',
      'the record has no known shape: it is empty',
      'the record has no known shape: its fields are a, b, c, d, e, f, and 1 more',
      'the record has no known shape: its fields are a',
      'expected an object here',
      'the record is broken JSON: Bad control character in string literal in JSON at position 6',
    ],
  );
});
