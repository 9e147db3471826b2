/**
 * Keys are told apart to the last byte, however they are foretold: keys that are the beginnings of others or differ in one
 * character, long and short, in changing order, twice, with escapes, with white space around them; and what stands under
 * them is read as JSON.parse reads it. A block of records is read in one go, as each foretells the next. Some are damaged:
 * those are passed over only if they are JSON after all.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz';
const LENGTHS = [1, 2, 10, 11, 12, 13, 14, 15, 16, 17, 27, 28, 29, 30, 31, 32, 33, 34, 45, 46, 47, 48, 49];
const known = LENGTHS.map((length) => LETTERS.slice(0, length));
const INNER = 'inner';
/** Every record has the first one: a record without anything that is read may have to be decoded. */
const paths = ['name', ...known, ...known.slice(0, 6).map((key) => `${INNER}.${key}`)];
const conditions = paths.map((path): Predicate => ({
  kind: 'some',
  field: { name: `process.${path}`, path: `process.${path}` },
  test: { kind: 'text', oneOf: ['x'], fold: 'exact' },
}));
const interest = interestOf(
  new Matcher(conditions),
  conditions.length,
  paths.map((path) => `process.${path}`),
);

/** A known key, one with another end, or one that is longer by a character. */
const key = fc.tuple(fc.constantFrom(...known), fc.nat({ max: 9 })).map(([text, how]) => {
  if (how === 0) return `${text.slice(0, -1)}0`;
  return how === 1 ? `${text}_` : text;
});
const blanks = fc.constantFrom('', '', ' ', '\t', ' \r', ' '.repeat(17));
const scalar = fc.constantFrom(
  '"x"',
  '"x"',
  '"y"',
  '""',
  '"\\u0078"',
  '"x\\n"',
  '"xé"',
  '"abcdefghijklmno"',
  '"abcdefghijklmnop"',
  '"\\\\"',
  '"\\""',
  `"${'z'.repeat(40)}"`,
  '7',
  '0',
  '-3',
  '1.5',
  '123456789012345678',
  'true',
  'false',
  'null',
);

const membersOf = (values: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> =>
  fc.uniqueArray(fc.tuple(key, values), { maxLength: 3, selector: ([name]) => name });

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 8, arbitrary: scalar },
    { weight: 1, arbitrary: fc.tuple(fc.array(tie('value'), { maxLength: 3 }), blanks).map(inList) },
    {
      weight: 1,
      arbitrary: fc.tuple(membersOf(tie('value')), blanks).map(inObject),
    },
  ),
}));

function inList([items, space]: [string[], string]): string {
  return `[${space}${items.join(`${space},${space}`)}${space}]`;
}

function inObject([members, space]: [[string, string][], string]): string {
  const texts = members.map(([name, text]) => `"${name}"${space}:${space}${text}`);
  return `{${space}${texts.join(`${space},${space}`)}${space}}`;
}

const member = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(key, value) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant(INNER), fc.tuple(membersOf(value), blanks).map(inObject)),
  },
);
const seldom = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** A few kinds of records, so that some foretell others; a key may stand in each of a kind twice. */
const kinds = fc.array(
  fc.record({
    members: fc.uniqueArray(member, { maxLength: 12, selector: ([name]) => name }),
    again: seldom(fc.tuple(fc.nat(), scalar), 4),
  }),
  { minLength: 1, maxLength: 3 },
);
type Kind = typeof kinds extends fc.Arbitrary<(infer T)[]> ? T : never;
const change = fc.record({
  kind: fc.nat(),
  from: fc.nat(),
  space: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: blanks }),
  twice: seldom(member, 10),
  escaped: seldom(fc.nat(), 10),
  damage: seldom(fc.tuple(fc.nat(), fc.constantFrom(...'",:{}[]x\\ 0\0é')), 30),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

interface Line {
  readonly text: string;
  readonly isPlain: boolean;
}

function lineOf({ members, again }: Kind, change: Change, number: number): Line {
  const from = change.from % (members.length + 1);
  const turned = [...members.slice(from), ...members.slice(0, from)];
  if (again !== null) turned.push([members[again[0] % members.length]?.[0] ?? 'a', again[1]]);
  if (change.twice !== null) turned.push(change.twice as [string, string]);
  const escaped = change.escaped === null ? -1 : change.escaped % (turned.length + 1);
  const written = turned.map(([name, text], at): [string, string] => [
    at === escaped ? `\\u0061${name.slice(1)}` : name,
    text,
  ]);
  const head = `{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"${number}"},`;
  const whole = `${head}"process":${inObject([[['name', '"n"'], ...written], change.space])}}`;
  const isPlain =
    again === null && change.twice === null && change.escaped === null && change.damage === null;
  if (change.damage === null) return { text: whole, isPlain };
  const at = head.length + (change.damage[0] % (whole.length + 1 - head.length));
  return { text: whole.slice(0, at) + change.damage[1] + whole.slice(at + 1), isPlain };
}

/** All values at a path, those in lists included. */
function valuesAt(inner: JsonValue | undefined, path: readonly string[]): JsonValue[] {
  if (Array.isArray(inner)) return (inner as JsonValue[]).flatMap((item) => valuesAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return inner === undefined ? [] : [inner];
  return isObject(inner) ? valuesAt(inner[first], rest) : [];
}

function parsed(text: string): JsonObject | undefined {
  try {
    const document = JSON.parse(text) as JsonValue;
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

let [judged, plain] = [0, 0];

law(
  'keys are told apart, and what stands under them is read as JSON.parse reads it',
  [kinds, fc.array(change, { minLength: 5, maxLength: 25 })],
  (records, changes) => {
    const lines = changes.map((one, number) =>
      lineOf(records[one.kind % records.length] as Kind, one, number),
    );
    const { events } = readBytes(lines.map(({ text }) => `${text}\n`).join(''), { interest });
    const found = new Map(
      events.map((event) => [valuesAt(event.document, ['event', 'id']).join(), event.judged?.holds]),
    );
    for (const [number, { text, isPlain }] of lines.entries()) {
      const document = parsed(text);
      const holds = found.get(String(number));
      // What is damaged may be taken for the beginning of a record of many lines.
      const isSure = isPlain && changes.every(({ damage }) => damage === null);
      if (isSure) plain++;
      if (isSure) assert.ok(holds !== undefined, `decoded: ${text}`);
      if (holds === undefined) continue;
      judged++;
      assert.ok(document !== undefined, `passed over: ${text}`);
      const expected = paths.flatMap((path, condition) =>
        valuesAt(document, ['process', ...path.split('.')]).includes('x') ? [condition] : [],
      );
      assert.deepEqual([...holds], expected, text);
    }
  },
  { cost: 4 },
);

test('there are enough records of either kind to tell', (t) => {
  t.diagnostic(`${judged} records judged from bytes, ${plain} of them had to be`);
  assert.ok(plain > 100 && judged >= plain);
});
