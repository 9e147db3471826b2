/**
 * The scanner takes nothing for JSON that is not: a line that it passes over is one JSON text in sound UTF-8. And what
 * is sound, it understands, but for what its own rules leave to the usual way (deep nesting). Lines are put together of
 * tokens and bytes, sound and not, and damaged afterwards.
 */
import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

const matcher = new Matcher([
  {
    kind: 'some',
    field: { name: 'a', path: 'process.name' },
    test: { kind: 'text', oneOf: ['x'], fold: 'exact' },
  },
]);
const interest = interestOf(matcher, 1, ['process.name']);

const HEAD =
  '{"kind":"Event","apiVersion":"audit.k8s.io/v1","stageTimestamp":"2026-03-02T09:05:43.012904Z","x":';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const wordsOf = (...lists: (readonly string[] | string)[]): fc.Arbitrary<Buffer> =>
  fc.constantFrom(...lists.flat()).map(bytesOf);

const number = wordsOf(
  [
    '0',
    '-0',
    '1',
    '-1',
    '12',
    '1.5',
    '1e5',
    '1E+5',
    '1e-05',
    '0.0',
    '123456789012345678901234567890',
    '1e999',
  ],
  [
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '1e+',
    '+1',
    '0x1',
    '1a',
    '--1',
    'NaN',
    'Infinity',
    '-Infinity',
    '00',
    '1.e1',
  ],
);
const word = wordsOf('true', 'false', 'null', 'tru', 'falsey', 'nul', 'True', 'undefined', 'nulll', "'a'");
const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({ maxLength: 40 }).map((text) => Buffer.from(JSON.stringify(text).slice(1, -1))),
  },
  {
    weight: 2,
    arbitrary: wordsOf(
      ['\\n', '\\u00e9', '\\ud83d\\ude00', '\\ud800', '\\u0000', '\\/', '\\"', '\\\\'],
      ['\\x', '\\u12', '\\u12g4', '\\', '\t', '\n', '\0', '\x1f', '\x7f', '"'],
    ),
  },
  {
    weight: 2,
    arbitrary: wordsOf(
      ['\xc3\xa9', '\xe2\x82\xac', '\xf0\x9f\x98\x80', '\xed\x9f\xbf', '\xee\x80\x80', '\xf4\x8f\xbf\xbf'],
      [
        '\xc0\x80',
        '\xc1\xbf',
        '\xe0\x9f\xbf',
        '\xed\xa0\x80',
        '\xf0\x8f\xbf\xbf',
        '\xf4\x90\x80\x80',
        '\xf5',
      ],
      [
        '\x80',
        '\xbf',
        '\xc3',
        '\xe2\x82',
        '\xf0\x9f\x98',
        '\xff',
        '\xfe',
        '\xf5\x80\x80\x80',
        '\xf7\xbf\xbf\xbf',
      ],
    ),
  },
);
const text = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => Buffer.concat([bytesOf('"'), ...pieces, bytesOf('"')]));
const blank = fc.oneof(
  { weight: 8, arbitrary: fc.constant(bytesOf('')) },
  { weight: 1, arbitrary: wordsOf(' ', '\t', ' \r ', '\v', '\xa0') },
);

const list = (open: string, items: readonly Buffer[], close: string): Buffer =>
  Buffer.concat([
    bytesOf(open),
    ...items.flatMap((item, i) => (i === 0 ? [item] : [bytesOf(','), item])),
    bytesOf(close),
  ]);

/** What must not stand behind an opening bracket, or before a closing one. */
const mostlyNothing = (...others: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const begins = mostlyNothing(',', ':');
const ends = mostlyNothing(',', ', ', ':', '}', ']');

const { value } = fc.letrec<{ value: Buffer }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: text },
    { weight: 2, arbitrary: number },
    { weight: 1, arbitrary: word },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie('value'), { maxLength: 4 }), begins, ends)
        .map(([items, begin, end]) => list(`[${begin}`, items, `${end}]`)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(fc.tuple(blank, text, blank, blank, tie('value'), blank), { maxLength: 4 }),
          begins,
          ends,
        )
        .map(([members, begin, end]) =>
          list(
            `{${begin}`,
            members.map(([a, key, b, c, inner, d]) => Buffer.concat([a, key, b, bytesOf(':'), c, inner, d])),
            `${end}}`,
          ),
        ),
    },
    {
      weight: 1,
      arbitrary: fc.nat({ max: 230 }).map((depth) => bytesOf('[1,'.repeat(depth) + '2' + ']'.repeat(depth))),
    },
  ),
}));

const damage = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 2 })) },
);

const line = fc.tuple(value, damage).map(([inner, change]) => {
  const whole = Buffer.concat([bytesOf(HEAD), inner, bytesOf('}')]);
  if (change === undefined) return whole;
  const [place, byte, removed] = change;
  const at = HEAD.length + (place % (whole.length - HEAD.length + 1));
  return Buffer.concat([whole.subarray(0, at), Buffer.of(byte), whole.subarray(at + removed)]);
});

function isSound(bytes: Buffer): boolean {
  if (!isUtf8(bytes)) return false;
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

let [passed, sound, all] = [0, 0, 0];

law('what is passed over is JSON, and what is JSON is passed over', [line], (bytes) => {
  if (bytes.includes('\n')) return;
  all++;
  const { events } = readBytes(Buffer.concat([bytes, bytesOf('\n')]), { interest });
  const isPassed = events.length === 1 && events[0]?.judged !== undefined;
  const isJson = isSound(bytes);
  if (isJson) sound++;
  if (isPassed) passed++;
  assert.ok(!isPassed || isJson, `passed over: ${bytes.toString('latin1')}`);
  const nesting = /(?:\[1,){190}/.test(bytes.toString('latin1'));
  assert.ok(isPassed || !isJson || nesting, `not understood: ${bytes.toString('latin1')}`);
});

/** Wherever a value may stand. */
const unsound = [
  '[1,]',
  '[,1]',
  '[,]',
  '[1,,2]',
  '[1 2]',
  '[1}',
  '[',
  ']',
  '[1',
  '[1,',
  '[1:2]',
  '["a":1]',
  '[1]]',
  '[[1]',
  '[]]',
  '{"a":1,}',
  '{,}',
  '{,"a":1}',
  '{"a":1,,"b":2}',
  '{"a" 1}',
  '{"a":}',
  '{"a"}',
  '{"a":1]',
  '{',
  '}',
  '{"a":1',
  '{"a"::1}',
  '{a:1}',
  '{"a":1 "b":2}',
  '{1:2}',
  '{"a":1}}',
  '{{"a":1}',
  '{"a":{"b":1}',
  "{'a':1}",
  '{"a",1}',
  '"a',
  'a"',
  '"a"b"',
  '"a""b"',
  'tru',
  'truee',
  'nul',
  'nulll',
  'falsey',
  '1a',
  '01',
  '1 2',
  '',
  ' ',
  ',',
  ':',
  '{"a":1,',
  '{"a":1:2}',
  String.raw`\\`,
  String.raw`"\"`,
  String.raw`"\x"`,
];

test('what is not sound is not passed over, wherever it stands', () => {
  for (const text of unsound)
    for (const around of [
      '#',
      '[#]',
      '[1,#]',
      '[#,1]',
      '{"a":#}',
      '{"a":[#],"b":1}',
      ' # ',
      '[ # ]',
      '{"a":\t#\t}',
    ]) {
      const bytes = Buffer.from(`${HEAD}${around.replace('#', () => text)}}\n`);
      const { events } = readBytes(bytes, { interest });
      const isPassed = events.some(({ judged }) => judged !== undefined);
      assert.ok(!isPassed || isSound(bytes), `${text} in ${around}`);
    }
});

test('there are enough lines of either kind to tell', (t) => {
  t.diagnostic(`${passed} of ${sound} sound lines of ${all} are passed over`);
  assert.ok(passed > all / 5 && sound < all);
});
