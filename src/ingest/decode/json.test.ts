/** Numbers keep their text where a double would change it, and nothing else of a text is read otherwise than JSON.parse does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import { Numeral } from '../../data/numeral.ts';
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
