import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../tests/laws/law.ts';
import { safeJson } from '../base/safe-json.ts';
import type { JsonObject } from '../data/document.ts';
import { Numeral } from '../data/numeral.ts';
import type { Alert } from './alert.ts';
import { alertOf, alertPieces, alertText, NestedPart, OwnPart, SharedPart } from './alert-parts.ts';

const HEAD: Omit<Alert, 'document'> = {
  id: 'a1',
  ruleId: 'r1',
  ruleName: 'Rule',
  severity: 'low',
  riskScore: 21,
  time: 0,
  entity: { actor: 'alice', target: 'pods' },
  reason: 'alice read pods',
  buildingBlock: false,
  sources: [{ file: 'a.log', line: 1 }],
};

const names = fc.constantFrom(
  '@timestamp',
  'kibana',
  'kibana.alert.uuid',
  'kibana.alert.rule.note',
  'kibana.alert.original_time',
  'kubernetes',
  'user',
  'user.name',
  'winnow',
  'winnow.schema',
  'key',
  '__proto__',
  'toJSON',
  '',
  '1',
  '01',
  '10x',
  'a\u202eb',
  '\ud800',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('x'.repeat(64), `${'\u202e"\n'.repeat(30)}\ud800`, '{}', '', '},{'),
);
const leaf = fc.oneof(
  texts,
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, new Numeral('1.0'), new Numeral('9007199254740993')),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
}));
const fieldsNamed = (name: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> =>
  fc.dictionary(name, value, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>;
const only = (...given: readonly string[]): fc.Arbitrary<JsonObject> =>
  fieldsNamed(fc.constantFrom(...given));

const times = only('@timestamp');
const events = fieldsNamed(names);
const heads = only('kibana.alert.uuid', 'kibana.alert.reason');
const rules = only('kibana.alert.rule.note', 'kibana.alert.rule.threat');
const ours = only('schema', 'sources');
const known = only('false_positives', 'benign_behaviours');

const encode = (text: string): Uint8Array => Buffer.from(text);
const bytesOf = (alert: Alert): Buffer =>
  Buffer.concat(
    alertPieces(alert).map((piece) => (typeof piece === 'string' ? encode(piece) : piece.bytes(encode))),
  );

law(
  'the text of an alert is that of its document, and of the fields as they come, whatever the event calls its own',
  [times, events, heads, rules, ours, known],
  (time, event, head, rule, our, benign) => {
    const ofRule = new SharedPart(rule);
    const ofBenign = new SharedPart(benign);
    const made = (): Alert =>
      alertOf(HEAD, {
        time: new OwnPart(time),
        event: new OwnPart(event),
        own: [new OwnPart(head), ofRule, new NestedPart('winnow', [new OwnPart(our), ofBenign])],
      });
    const document = { ...time, ...event, ...head, ...rule, winnow: { ...our, ...benign } };
    const expected = safeJson(document);
    for (const alert of [made(), made()]) {
      assert.equal(alertText(alert), expected);
      assert.deepEqual(bytesOf(alert), Buffer.from(expected));
      assert.equal(safeJson(alert.document), expected);
      assert.equal(alertText(alert), expected);
      assert.equal(alertText({ ...alert, reason: 'copied' }), expected);
    }
  },
);

const ALERT = (): Alert =>
  alertOf(HEAD, {
    time: new OwnPart({ '@timestamp': 'now' }),
    event: new OwnPart({ user: { name: 'alice' } }),
    own: [new OwnPart({ 'kibana.alert.uuid': 'a1' })],
  });
const DOCUMENT = { '@timestamp': 'now', user: { name: 'alice' }, 'kibana.alert.uuid': 'a1' };

test('an alert is like any other object, its document the last of its fields', () => {
  assert.deepEqual(ALERT(), { ...HEAD, document: DOCUMENT });
  assert.equal(JSON.stringify(ALERT()), JSON.stringify({ ...HEAD, document: DOCUMENT }));
  assert.deepEqual({ ...ALERT() }, { ...HEAD, document: DOCUMENT });
  const alert = ALERT();
  assert.equal(alert.document, alert.document);
});

test('a copy with another document is written as that', () => {
  const document = { ...DOCUMENT, 'kibana.alert.uuid': 'a2' };
  assert.equal(alertText({ ...ALERT(), document }), JSON.stringify(document));
});
