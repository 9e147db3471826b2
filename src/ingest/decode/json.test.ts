/** Numbers keep their text where a double would change it, and nothing else of a text is read otherwise than JSON.parse does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Fields } from '../fields.ts';
import { put } from '../fields.ts';
import { parseJson } from './json.ts';

type Revive = (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** Asks JSON.parse for the text of every number. */
const revived = (text: string): unknown =>
  (JSON.parse as Revive)(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? new Numeral(source)
      : value,
  );

const number = fc.oneof(
  fc.constantFrom(
    '1.0',
    '-0',
    '1e3',
    '1E-2',
    '12345678901234567890',
    '9007199254740993',
    '1.5',
    '0',
    '-7',
    '1e999',
  ),
  fc.constantFrom(
    '1772442343.012',
    '0.1',
    '1772442343012904123',
    '100000000000000000000000',
    '01',
    '1.',
    '-',
  ),
);
const text = fc
  .array(fc.oneof(number, fc.constantFrom('"', '\\', '\\"', ',', '}', ']', '{', ' ', 'é', '\n', 'a', ':')), {
    maxLength: 6,
  })
  .map((parts) => JSON.stringify(parts.join('')));
const space = fc.constantFrom('', '', '', ' ', '\n', '\t ');
const value = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    { weight: 3, arbitrary: fc.tuple(space, number, space).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom('null', 'true', '"', '{', ']', '1.0 1.0') },
    { weight: 3, arbitrary: fc.array(tie('any'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(fc.oneof(text, fc.constantFrom('"__proto__"', '"1"', '"a"')), tie('any')), {
          maxLength: 4,
        })
        .map((members) => `{${members.map((member) => member.join(':')).join(',')}}`),
    },
  ),
})).any;

let read = 0;

law('numbers keep their text', [value], (made) => {
  const parsed = parseJson(made);
  let expected: unknown;
  try {
    expected = revived(`[${made}]`);
  } catch {
    assert.equal(parsed.ok, false);
    return;
  }
  read++;
  // A number that stands alone is no record, and only its value counts.
  assert.deepEqual(parseJson(`[${made}]`), { ok: true, value: expected });
});

test('most texts were JSON', () => {
  assert.ok(read > 300, String(read));
});

test('what is nested too deep for recursion is read all the same', () => {
  const [open, close] = ['['.repeat(100_000), ']'.repeat(100_000)];
  assert.equal(parseJson(`${open}1.0${close}`).ok, true);
});

test('what is no JSON is no JSON whatever its numbers, and the reason quotes nothing of it', () => {
  const [one, other] = [parseJson('{"a":1.0,"b":secret}'), parseJson('{"a":1,"b":secret}')];
  assert.equal(one.ok, false);
  assert.equal(other.ok, false);
  assert.doesNotMatch(JSON.stringify([one, other]), /secret/);
});

test('a key with escapes is that key, whatever keys objects had before', () => {
  const verb = '{"kind":"Event","\\u0076erb":"delete"}';
  for (const [text, keys] of [
    ['{"kind":"Event","\\\\u00":0}', ['kind', '\\u00']],
    [verb, ['kind', 'verb']],
    ['{"kind":[],"\\\\":0}', ['kind', '\\']],
    ['{"kind":1,"\\"":2}', ['kind', '"']],
    ['{"kind":1.0,"\\n":[1.50],"\\u005f_proto__":3}', ['kind', '\n', '__proto__']],
  ] as const) {
    const parsed = parseJson(text);
    assert.deepEqual(parsed.ok && Object.keys(parsed.value as JsonObject), keys);
  }
  const deep = `${'['.repeat(100_000)}${verb}${']'.repeat(100_000)}`;
  const inner = parseJson(deep);
  assert.ok(inner.ok);
  let { value } = inner;
  while (Array.isArray(value)) [value = null] = value as readonly JsonValue[];
  assert.deepEqual(value, { kind: 'Event', verb: 'delete' });
});

test('what is no JSON does not become some with other keys', () => {
  for (const text of ['{"a":1,\\u0020":x":2}', '{"a":1,"\\x":2}', '{"\\n":1', '{"\\n":1}}', '"\\', '{"\\'])
    assert.equal(parseJson(text).ok, false, text);
});

/** An object as its members, so that nobody's reading of JSON decides what it is. */
type Made =
  string | number | Numeral | readonly Made[] | { readonly members: readonly (readonly [string, Made])[] };

const key = fc.constantFrom(
  'a',
  'b',
  'ab',
  '\\',
  '\\u',
  '\\u0',
  '\\u00',
  '\\"',
  '"',
  '\n',
  '\\n',
  '/',
  '1',
  '\ud800',
  '__proto__',
  'é',
);
const made = fc.letrec<{ any: Made }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Made>('', '\\":', '"', 1, new Numeral('1.0')),
    fc.array(tie('any'), { maxLength: 2 }),
    fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((members) => ({ members })),
  ),
})).any;

/** Each character as it is, or escaped in one of two ways. */
function quoted(text: string, ways: () => number): string {
  const characters = Array.from({ length: text.length }, (_, at) => text.charAt(at));
  const usual = (character: string): string => JSON.stringify(character).slice(1, -1);
  const escaped = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${characters.map((one) => (ways() < 2 ? usual(one) : escaped(one))).join('')}"`;
}

function textOf(value: Made, ways: () => number): string {
  if (typeof value === 'string') return quoted(value, ways);
  if (typeof value === 'number') return String(value);
  if (value instanceof Numeral) return value.text;
  if (!('members' in value)) return `[${value.map((item) => textOf(item, ways)).join(',')}]`;
  return `{${value.members.map(([name, item]) => `${quoted(name, ways)}:${textOf(item, ways)}`).join(', ')}}`;
}

function valueOf(value: Made): JsonValue {
  if (typeof value !== 'object' || value instanceof Numeral) return value;
  if (!('members' in value)) return value.map(valueOf);
  const object: Fields = {};
  for (const [name, item] of value.members) put(object, name, valueOf(item));
  return object;
}

law('keys are those that the text spells', [made, fc.infiniteStream(fc.nat(2))], (one, ways) => {
  const text = `[${textOf(one, () => ways.next().value)}]`;
  assert.deepEqual(parseJson(text), { ok: true, value: [valueOf(one)] }, text);
});
