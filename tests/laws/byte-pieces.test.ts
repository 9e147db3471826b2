/**
 * What the scanner finds in values is what the index finds in them: pieces of patterns of every length, wherever they
 * stand, over one another, in capitals, beside escapes and other characters than ASCII; and needs of several fields, over
 * many records in one go, since the scanner keeps answers and what most records meet.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Matcher } from '../../src/exec/index/matcher.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import type { Pattern } from '../../src/data/pattern.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

const some = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
const many = { any: 'many' } as const;

/** Few characters, so that pieces overlap; those beside letters and digits by one bit; those that JSON escapes. */
const character = fc.constantFrom(...'aab-/.4 |zA@[`{"\\\t');
const short = fc.string({ unit: character, minLength: 1, maxLength: 6 });
const long = fc.tuple(short, fc.nat({ max: 9 })).map(([text, times]) => text.repeat(times + 1).slice(0, 40));
const piece = fc.oneof(
  short,
  short,
  long,
  fc.constantFrom('aé', 'éa', 'k', 'ss', 'curl', 'curl ', '/tmp/', 'abcdefgh'),
);

const pattern = fc.tuple(piece, fc.nat({ max: 4 })).map(([text, kind]): Pattern => {
  if (kind === 0) return [text, many];
  if (kind === 1) return [many, text];
  return kind === 2 ? [text] : [many, text, many];
});
const fold = fc.constantFrom('exact' as const, 'ascii' as const, 'lower' as const);
const FIELDS = ['process.args', 'process.command_line', 'process.name', 'host.os.type'] as const;
const field = fc.constantFrom(...FIELDS);

const condition = fc.tuple(field, fc.array(pattern, { minLength: 1, maxLength: 3 }), fold);
const rule = fc.array(condition, { minLength: 1, maxLength: 3 }).map((conditions): Predicate => ({
  kind: 'and',
  args: conditions.map(([path, oneOf, how]) => some(path, { kind: 'pattern', oneOf, fold: how })),
}));

/** Whole pieces, parts of them, and what stands between. */
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(piece, fc.nat(9), fc.nat(40)).map(([text, from, to]) => text.slice(from % 3, to + 1)),
  },
  { weight: 4, arbitrary: piece },
  { weight: 2, arbitrary: fc.constantFrom('é', '\u212a', '😀', 'x'.repeat(13), '0123456789', '', 'ſ') },
);
const text = fc
  .tuple(fc.array(part, { maxLength: 7 }), fc.nat({ max: 3 }))
  .map(([parts, how]) => (how === 0 ? parts.join('').toUpperCase() : parts.join('')));
const scalar = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom<JsonValue>(4, 44, -4, 4.4, true, null, '', ['a', ['4']]) },
);
const record = fc.tuple(
  fc.array(scalar, { maxLength: 4 }),
  scalar,
  scalar,
  fc.constantFrom('a', 'b', 'linux'),
);

const documentOf = ([args, line, name, os]: readonly JsonValue[]): JsonObject => ({
  '@timestamp': '2026-03-02T09:05:43Z',
  event: { kind: 'event', id: '7' },
  process: { args, command_line: line, name } as JsonObject,
  host: { os: { type: os } } as JsonObject,
});

/** Some characters of values as JSON may write them, too. */
const escaped = (line: string): string =>
  line.replaceAll(
    /([:,[])"((?:[^"\\]|\\.)*)"(?!:)/g,
    (_, before: string, value: string) =>
      `${before}"${value.replaceAll(/(?<!\\)a/g, '\\u0061').replaceAll('/', '\\/')}"`,
  );

let [found, judged, decoded] = [0, 0, 0];

/** Also that no more rules are candidates than the index finds in the document, whichever way they are decided. */
function compare(rules: readonly Predicate[], lines: readonly string[]): void {
  const matcher = new Matcher(rules);
  const paths = [...new Set(rules.flatMap(fieldsOf).map(({ path }) => String(path)))];
  const interest = interestOf(matcher, rules.length, paths);
  const { events } = readBytes(lines.map((line) => `${line}\n`).join(''), { interest });
  assert.equal(events.length, lines.length);
  const fromBytes = [...matcher.tried];
  matcher.tried.fill(0);
  events.forEach((event, i) => {
    const { rules: matching } = matcher.match(event.document, 0);
    if (event.judged === undefined) decoded++;
    else assert.deepEqual(event.judged.holds, matching, lines[i]);
    found += matching.length;
  });
  const areAllJudged = events.every(({ judged: isJudged }) => isJudged !== undefined);
  if (areAllJudged) {
    assert.deepEqual(fromBytes, [...matcher.tried], lines.join('\n'));
    judged += lines.length;
  }
}

law(
  'pieces of patterns are found in bytes as in documents',
  [fc.array(rule, { minLength: 1, maxLength: 30 }), fc.array(record, { minLength: 1, maxLength: 12 })],
  (rules, records) => {
    const lines = records.map((values, i) => {
      const document = documentOf(values);
      return JSON.stringify({ ...document, event: { kind: 'event', id: String(i) } });
    });
    // Twice: what was found out about a value is kept.
    compare(rules, [
      ...lines,
      ...lines.map((line, i) => escaped(line).replace(`"${i}"`, `"${i}e"`)),
      ...again(lines),
    ]);
  },
  { cost: 6 },
);

const again = (lines: readonly string[]): string[] =>
  lines.map((line, i) => line.replace(`"id":"${i}"`, `"id":"${i}again"`));

test('many records in one go, of kinds that change, are judged as each of them alone', () => {
  const random = seededRandom(17);
  const names = ['curl', 'sh', 'bash', 'python3.11', 'cat', 'x'.repeat(33)];
  const systems = ['linux', 'windows', 'macos'];
  const actions = ['exec', 'fork', 'end'];
  const rules = Array.from({ length: 300 }, (): Predicate => {
    const of = (path: string, texts: readonly string[]): Predicate =>
      some(path, { kind: 'text', oneOf: [random.pick(texts)], fold: 'lower' });
    const args = [of('process.name', names), of('host.os.type', systems), of('event.action', actions)];
    const part = [many, random.pick(['-', '4', 'tmp', '--option', 'ption-4', '9/x']), many];
    return {
      kind: 'and',
      args: [
        ...args.slice(random.between(0, 9) === 0 ? 1 : 0),
        some('process.args', { kind: 'pattern', oneOf: [part], fold: 'exact' }),
      ],
    };
  });
  const lines = Array.from({ length: 6000 }, (_, i) => {
    const time = '2026-03-02T09:05:43Z';
    const args = [`--option-${random.between(0, 60)}`, `/tmp/${random.hex(3)}/x`].slice(random.between(0, 1));
    const os = { type: i < 3000 ? 'linux' : random.pick(systems) };
    const process = { name: random.pick(names), ...(random.between(0, 9) === 0 ? {} : { args }) };
    const event = { kind: 'event', id: String(i), action: random.pick(actions) };
    // For a while all records are alike, and then they come in turns.
    return JSON.stringify({
      '@timestamp': time,
      event,
      process,
      ...(i % 7 === 0 && i > 2000 ? {} : { host: { os } }),
    });
  });
  compare(rules, lines);
});

test('a piece of any length is found at any offset, up to the last character of a value', () => {
  const letters = 'q0w9e8r7t6y5u4i3o2p1a-s.d/f_g:h=j+k';
  const pieces = Array.from({ length: 34 }, (_, i) => letters.slice(i % 7, (i % 7) + i + 1));
  const rules = pieces.flatMap((text) =>
    [
      [text, many],
      [many, text],
      [many, text, many],
    ].map((one) => some('process.args', { kind: 'pattern', oneOf: [one], fold: 'ascii' })),
  );
  const values = pieces.flatMap((text, i) =>
    Array.from({ length: 36 }, (_, offset) => {
      const before = 'X'.repeat(offset);
      const whole = before + (i % 2 === 0 ? text.toUpperCase() : text);
      return [whole, whole.slice(0, -1), `${whole}~`, `~${whole.slice(offset)}`];
    }).flat(),
  );
  compare(
    rules,
    values.map((value, i) => JSON.stringify(documentOf([value, `${i}`, 'a', 'b'])).replace('"7"', `"${i}"`)),
  );
});

test('every character is folded alike wherever it stands', () => {
  const characters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
  const rules = [3, 5, 9, 17, 33].flatMap((length) =>
    Array.from({ length: Math.ceil(95 / 3) }, (_, i) => characters.slice(3 * i, 3 * i + length)).flatMap(
      (text) => [
        some('process.args', { kind: 'pattern', oneOf: [[many, text.toLowerCase(), many]], fold: 'lower' }),
        some('process.args', { kind: 'text', oneOf: [text.toLowerCase()], fold: 'lower' }),
      ],
    ),
  );
  const values = Array.from({ length: 95 }, (_, i) => [
    characters.slice(i),
    characters.slice(i, i + 3),
    characters.slice(i, i + 17),
  ]);
  compare(
    rules,
    values.map((args, i) => JSON.stringify(documentOf([args, `${i}`, 'a', 'b'])).replace('"7"', `"${i}"`)),
  );
});

test('values that differ in one character have answers of their own', () => {
  const values = [1, 7, 8, 9, 15, 16, 17, 31, 32, 33].flatMap((length) =>
    ['a', 'b'].flatMap((last) =>
      ['y', 'z'].map((first) => (first + '-'.repeat(length) + last).slice(-length)),
    ),
  );
  const rules = ['a', 'b', 'y', 'z', '-'].flatMap((text) =>
    FIELDS.map((path) => some(path, { kind: 'pattern', oneOf: [[many, text, many]], fold: 'exact' })),
  );
  const lines = [...values, ...values].map((value, i) =>
    JSON.stringify(documentOf([value, value, value, value])).replace('"7"', `"${i}"`),
  );
  compare(rules, lines);
});

/** Values that are like one another: in all but one character or its case, as texts and as words, with escapes. */
const alike = [0, 1, 7, 8, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 63, 64, 65].flatMap((length) => {
  const text = 'system:node/10.9-'.repeat(4).slice(0, length);
  const others = [0, length >> 1, length - 1].map((at) => `${text.slice(0, at)}~${text.slice(at + 1)}`);
  const numerals = length === 0 || length > 34 ? [] : ['1'.repeat(length), `-${'1'.repeat(length)}`];
  return [
    ...[text, text.toUpperCase(), ...others, `${text}é`, `${text}"`, `${text}\\`, ...numerals].map((value) =>
      JSON.stringify(value),
    ),
    ...numerals,
    ...numerals.flatMap((numeral) => [`${numeral}.0`, `${numeral}e0`, `"${numeral}.0"`]),
    `"${text.replaceAll('/', '\\/').replaceAll('o', '\\u006f')}"`,
  ];
});
/** Many that begin alike, without digits, as texts with digits may be numbers; and two that many rules ask for pieces of. */
const crowd = Array.from({ length: 900 }, (_, i) => {
  const letters = Array.from(String(i), (digit) => 'abcdefghij'[Number(digit)]).join('');
  return `"${i % 2 === 0 ? 'beginning-' : 'the-same-beginning-'}${letters}"`;
});
const CROWDED = ['answ', 'answered', 'answered-at-great-length'];
const ODD_VALUES = [
  'true',
  '"true"',
  'false',
  '"false"',
  'null',
  '"null"',
  '0',
  '-0',
  '"-0"',
  '[]',
  '{}',
  '1e2',
  '"10.9.0.1"',
];

test('what was found out about a value is told of no other one, however many there are', () => {
  const random = seededRandom(23);
  const written = [...alike, ...crowd, ...CROWDED.map((value) => JSON.stringify(value)), ...ODD_VALUES];
  const texts = [...alike, ...crowd.slice(0, 40), ...ODD_VALUES]
    .map((value): unknown => JSON.parse(value))
    .map((value) => (value === null ? '' : String(value)));
  const tests: Test[] = [
    ...texts.map((one): Test => ({
      kind: 'text',
      oneOf: [one],
      fold: random.pick(['exact', 'ascii', 'lower']),
    })),
    ...texts
      .filter(({ length }) => length > 12)
      .map((one): Test => ({
        kind: 'pattern',
        oneOf: [[one.slice(0, 2), many, one.slice(-9)]],
        fold: 'exact',
      })),
    ...['11111111', '100'].flatMap((one): Test[] => [
      { kind: 'number', oneOf: [one], strings: 'coerce' },
      { kind: 'numberOrder', order: 'gt', than: one, strings: 'coerce' },
    ]),
    { kind: 'ip', blocks: ['10.0.0.0/8'] },
  ];
  const prefixes = Array.from({ length: 18 }, (_, i): Test => ({
    kind: 'pattern',
    oneOf: [[CROWDED[2]?.slice(0, i + 1) ?? '', many]],
    fold: 'exact',
  }));
  const rules = [
    ...tests.map((one, i) => some(FIELDS[i % FIELDS.length] ?? '', one)),
    ...prefixes.map((one) => some('process.name', one)),
  ];
  const few = [...alike.slice(0, 5), ...CROWDED.map((value) => JSON.stringify(value))];
  const lines = Array.from({ length: 12_000 }, (_, i) => {
    const [first, second, third] = [0, 1, 2].map(() => random.pick(written));
    // For a while few values come again and again.
    const name = i % 3 === 0 ? random.pick(written) : (few[i % few.length] ?? '');
    const process = `{"args":[${first},${second}],"command_line":${third},"name":${name}}`;
    return `{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"${i}"},"process":${process},"host":{"os":{"type":${second}}}}`;
  });
  compare(rules, lines);
});

test('pieces that are all alike are found, however many there are', () => {
  const alike = Array.from(
    { length: 300 },
    (_, i) => `aaaa${'b'.repeat(i % 20)}${'a'.repeat((i / 20) | 0)}c`,
  );
  const rules = alike.map((text) =>
    some('process.args', { kind: 'pattern', oneOf: [[many, text, many]], fold: 'exact' }),
  );
  compare(
    rules,
    alike.map((value, i) =>
      JSON.stringify(documentOf([[`x${value}`, value.slice(1)], `${i}`, 'a', 'b'])).replace('"7"', `"${i}"`),
    ),
  );
});

test('most records are judged from their bytes, and rules match', (t) => {
  t.diagnostic(`${judged} records judged from bytes, ${decoded} decoded; ${found} matches`);
  assert.ok(judged > decoded && found > judged);
});
