/** Paths taken apart once find what the obvious way finds. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import { valuesAt } from '../../src/data/document.ts';
import { pathReader } from '../../src/data/path-reader.ts';
import { documents } from './generators.ts';
import { law } from './law.ts';

const paths = ['a', 'b', 'a.b', 'b.c', 'a.b.c', 'a.0', 'a.0.b', 'a.1.0', 'c', 'B', '0', 'zz'];
law('a path that was taken apart finds what stands at it, in order', [documents], (given) => {
  for (const path of paths) assert.deepEqual(pathReader(path)(given), valuesAt(given, path), path);
});

const keys = fc.array(fc.constantFrom('a', 'b', '0', 'constructor', ''), { minLength: 1, maxLength: 4 });
const spelled = keys.map((parts) => parts.join('.'));
const { node } = fc.letrec<{ node: JsonObject }>((tie) => ({
  node: fc.dictionary(
    spelled,
    fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.array(fc.oneof(fc.integer(), tie('node')), { maxLength: 2 }),
      tie('node'),
    ),
    { maxKeys: 3 },
  ) as fc.Arbitrary<JsonObject>,
}));

law('so it does whatever dots and digits keys have', [spelled, node], (at, given) =>
  assert.deepEqual(pathReader(at)(given), valuesAt(given, at)),
);
