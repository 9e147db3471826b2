/**
 * Conditions on values of every kind find in bytes what they find in documents: numbers at their bounds, addresses and what is
 * nearly one, texts of lengths at which the scanner does other things, escapes in all their forms, and words that are texts
 * elsewhere. Each value comes twice, as the scanner keeps answers.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Matcher } from '../../src/exec/index/matcher.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

const PATHS = ['process.args', 'process.pid'] as const;

const numbers = [
  '0',
  '-0',
  '1',
  '-1',
  '5',
  '7',
  '10',
  '-10',
  '0.5',
  '5.0',
  '5e0',
  '50E-1',
  '1e1',
  '1e999',
  '0.1',
  '7.25',
  '999999999999999',
  '-999999999999999',
  '1000000000000000',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '12345678901234567890.5',
];
const addresses = [
  '10.0.0.1',
  '10.255.255.255',
  '9.255.255.255',
  '11.0.0.0',
  '0.0.0.0',
  '255.255.255.255',
  '192.0.2.1',

  '10.256.0.1',
  '10.0.0.256',
  '010.0.0.1',
  '10.00.0.1',
  '10.0.0',
  '10.0.0.',
  '10..0.1',
  '10.0.0.1.1',
  '10.0.0.1 ',

  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '2001:db8::7',
  '2001:DB8::7',
  '::',
  '::1',
  '10.0.0.1/8',
  '10.0.0.a',
  'fe80::1%eth0',
];
const blocks = [
  '10.0.0.0/8',
  '10.0.0.1/32',
  '0.0.0.0/0',
  '255.255.255.255',
  '::ffff:0:0/96',
  '2001:db8::/32',
  '::/0',
];
const character = fc.constantFrom(...'aAbBzZ@[`{ /\\"\n\t\b\f\r\x1f\x7fé0/');
const lengths = fc.constantFrom(1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 253, 254, 255, 256, 300);
const long = fc
  .tuple(fc.string({ unit: character, minLength: 1, maxLength: 8 }), lengths)
  .map(([text, length]) => text.repeat(length).slice(-length));
/** Few enough that conditions and values often share one. */
const shared = fc.constantFrom(
  'é',
  'aéb',
  '\u212a',
  'K',
  'a"b',
  'a\\b',
  '\b\f',
  '\n\r\t',
  'A/b',
  '5',
  '10.0.0.1',
  'abcdefghijklmno',
  'ABCDEFGHIJKLMNOP',
  'x'.repeat(33),
  'y'.repeat(255),
);
const texts = fc.oneof(
  { weight: 3, arbitrary: shared },
  fc.string({ unit: character, maxLength: 6 }),
  long,
  fc.constantFrom(
    'abcdefgh',
    'ABCDEFGH',
    'true',
    'false',
    'null',
    'é',
    '\u212a',
    'ſ',
    '\ud800',
    '',
    ...numbers,
    ...addresses,
  ),
);

const SHORT: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** A text as JSON may write it: `how` has the form of each character. */
function written(text: string, how: readonly number[]): string {
  const units = Array.from({ length: text.length }, (_, i) => {
    const unit = text.charAt(i);
    const form = how[i % how.length] ?? 0;
    const short = SHORT[unit];
    if (form === 1 && short !== undefined) return `\\${short}`;
    const digits = text.charCodeAt(i).toString(16).padStart(4, '0');
    if (form >= 2) return `\\u${form === 2 ? digits.toUpperCase() : digits}`;
    return JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join('')}"`;
}

const value: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(texts, fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: 1, maxLength: 5 }))
      .map(([text, how]) => written(text, how)),
  },
  { weight: 3, arbitrary: fc.constantFrom(...numbers) },
  { weight: 2, arbitrary: fc.constantFrom(...addresses).map((address) => JSON.stringify(address)) },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null', '[]', '["a",5]', '[[7]]') },
);

const contains = (part: string): Test => ({
  kind: 'pattern',
  oneOf: [[{ any: 'many' }, part, { any: 'many' }]],
  fold: 'lower',
});
const fold = fc.constantFrom('exact' as const, 'lower' as const, 'ascii' as const);
const leaf: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(texts, fold).map(([text, how]): Test => ({ kind: 'text', oneOf: [text], fold: how })),
  fc
    .tuple(
      texts.filter((text) => text !== ''),
      fold,
    )
    .map(([text, how]): Test => ({ kind: 'pattern', oneOf: [[text, { any: 'many' }]], fold: how })),
  fc
    .tuple(fc.constantFrom(...numbers), fc.boolean())
    .map(([text, coerce]): Test => ({ kind: 'number', oneOf: [text], strings: coerce ? 'coerce' : 'skip' })),
  fc
    .tuple(
      fc.constantFrom(...numbers),
      fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
      fc.boolean(),
    )
    .map(([than, order, coerce]): Test => ({
      kind: 'numberOrder',
      order,
      than,
      strings: coerce ? 'coerce' : 'skip',
    })),
  fc.constantFrom(...blocks).map((block): Test => ({ kind: 'ip', blocks: [block] })),
  fc.boolean().map((is): Test => ({ kind: 'boolean', is })),
  fc.constantFrom(...'abcdefgh').map(contains),
);
/** Some of the tests together have more answers for one value than are kept. */
const leaves = fc.oneof(
  { weight: 4, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constant([...'abcdefgh'].map(contains)) },
);

let [judged, found] = [0, 0];

law(
  'values are found in bytes as in documents',
  [leaves, fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 10 })],
  (tests, values) => {
    const rules = tests.map((one, i): Predicate => {
      const path = PATHS[i % 3 === 2 ? 1 : 0];
      return { kind: 'some', field: { name: path, path }, test: one };
    });
    const lines = [...values, ...values].map(
      ([args, pid], i) =>
        `{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"${i}"},"process":{"args":${args},"pid":${pid}}}\n`,
    );
    const matcher = new Matcher(rules);
    const { events } = readBytes(lines.join(''), { interest: interestOf(matcher, rules.length, [...PATHS]) });
    events.forEach((event, i) => {
      if (event.judged === undefined) return;
      judged++;
      found += event.judged.holds.length;
      assert.deepEqual(event.judged.holds, matcher.match(event.document, 0).rules, lines[i]);
    });
  },
);

test('nearly all are judged from bytes, and many conditions hold', (t) => {
  t.diagnostic(`${judged} judged, ${found} conditions held`);
  assert.ok(judged > 2000 && found > judged / 8);
});
