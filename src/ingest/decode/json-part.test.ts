import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import { jsonItems, jsonPart } from './json-part.ts';

const parts: readonly (readonly [text: string, path: string, part: string | undefined])[] = [
  ['{"a":{"b":[1, 2]}}', 'a.b', '[1, 2]'],
  [' { "a" : { "b" : "x\\"}" } , "c":1}', 'a.b', '"x\\"}"'],
  ['{"a":1,"b":-1.5e+3}', 'b', '-1.5e+3'],
  ['{"a":"\\\\","b":null}', 'b', 'null'],
  ['{"\\u0061":{"x":"}{"},"b":1}', 'a', '{"x":"}{"}'],
  ['{"a":1,"a":{"b":2},"c":{"a":3}}', 'a.b', '2'],
  ['{"\\\\":1,"\\"":2}', '"', '2'],
  ['{"\\\\":1,"\\"":2}', '\\', '1'],
  ['{"a":{"b":2},"a":1}', 'a.b', undefined],
  ['{"a":[{"b":2}]}', 'a.b', undefined],
  ['{}', 'a', undefined],
];
for (const [text, path, part] of parts)
  test(`${path} in ${text}`, () => assert.equal(jsonPart(text, path.split('.')), part));

test('of any object, what JSON.parse finds at a path', () => {
  // One key with an escape: JSON.parse of Node 24 takes such keys for one another in objects that are alike.
  const key = fc.constantFrom('a', 'b', '"', '{', 'é', '1');
  const value = fc.letrec<{ any: unknown; object: unknown }>((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      tie('object'),
      fc.array(tie('any'), { maxLength: 2 }),
    ),
    object: fc.dictionary(key, tie('any'), { maxKeys: 4, depthIdentifier: 'o' }),
  })).object;
  fc.assert(
    fc.property(
      value,
      fc.array(key, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(0, 1),
      (record, path, indent) => {
        const text = JSON.stringify(record, undefined, indent);
        const at = path.reduce<unknown>(
          (inner, name) => (isObject(inner as JsonObject) ? (inner as JsonObject)[name] : undefined),
          JSON.parse(text),
        );
        const part = jsonPart(text, path);
        assert.deepEqual(part === undefined ? undefined : JSON.parse(part), at);
      },
    ),
  );
});

test('the items of a list as they stand there', () => {
  const items = ['{"a":[1,"]"]}', '"x\\",y"', '1.0', 'null', '[ 2 , 3 ]'];
  assert.deepEqual(jsonItems(`[${items.join(',')}]`), items);
  assert.deepEqual(jsonItems(`[ ${items.join(' ,\n')} ]`), items);
  assert.deepEqual(jsonItems('[]'), []);
  assert.deepEqual(jsonItems('[ ]'), []);
});
