import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { law } from '../../tests/laws/law.ts';
import { safeJson } from '../base/safe-json.ts';
import type { JsonObject } from '../data/document.ts';
import { Numeral } from '../data/numeral.ts';
import { alertText } from './alert-text.ts';

const names = fc.constantFrom(
  'kibana.alert.rule.note',
  'kibana.alert.rule.threat',
  'kibana.alert.uuid',
  'winnow',
  'false_positives',
  'benign_behaviours',
  'user',
  '__proto__',
  '1',
  'a\u202eb',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('x'.repeat(64), `${'\u202e"\n'.repeat(30)}\ud800`),
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
const documents = fc.dictionary(names, value, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>;

law('the text of an alert is that of its document, however often it is asked', [documents], (document) => {
  const expected = safeJson(document);
  for (const again of [document, { ...document }, document]) assert.equal(alertText(again), expected);
});
