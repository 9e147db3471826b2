/**
 * A leaf of EQL that becomes a test of one field answers as if it were computed (eql §3.1): for every value, for several
 * and for none. Both forms come from one tree, through different code.
 */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { source } from '../../src/base/source.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { parseEql } from '../../src/lang/eql/index.ts';
import { lowerTruth } from '../../src/lang/eql/3-lower/expression.ts';
import { lowerCondition } from '../../src/lang/eql/3-lower/predicate.ts';
import { law } from './law.ts';

const field = fc.constantFrom('v', 'process.name', 'process.pid', 'source.ip', 'process.interactive');
const text = fc.constantFrom(
  '',
  'a',
  'A',
  'ab',
  'Ab*',
  '*',
  'a?',
  '5',
  '05',
  '10.0.0.1',
  '::1',
  '10.0.0.0/8',
  'true',
);
const quoted = text.map((value) => `"${value}"`);
const constant = fc.oneof(quoted, fc.constantFrom('5', '-5', '5.0', '1e1', 'true', 'false'));
const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(', '));
const block = fc.constantFrom('"10.0.0.0/8"', '"10.0.0.1"', '"::/0"', '"0.0.0.0/0"');

/** No `!=` and `not in`: their negation stands outside of the leaf, which is the point of eql §3.1. */
const leaf = fc.oneof(
  fc.tuple(field, fc.constantFrom('==', '<', '<=', '>', '>='), constant).map((parts) => parts.join(' ')),
  fc.tuple(constant, fc.constantFrom('==', '<', '>='), field).map((parts) => parts.join(' ')),
  fc
    .tuple(field, fc.constantFrom('in', 'in~', ':', 'like', 'like~'), list(quoted))
    .map(([f, op, items]) => `${f} ${op} (${items})`),
  fc
    .tuple(fc.constantFrom('startsWith', 'endsWith~', 'stringContains', 'stringContains~'), field, quoted)
    .map(([name, f, part]) => `${name}(${f}, ${part})`),
  fc.tuple(field, list(block)).map(([f, blocks]) => `cidrMatch(${f}, ${blocks})`),
  field,
  field.map((f) => `${f} == null`),
);

const scalar = fc.oneof(text, fc.constantFrom(5, -5, 5.5, 10, true, false, null));
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const document = fc.record(
  {
    v: value,
    process: fc.record({ name: value, pid: value, interactive: value }),
    source: fc.record({ ip: value }),
  },
  { requiredKeys: [] },
);

law(
  'a leaf over one field answers as its computation does',
  [leaf, fc.array(document, { minLength: 1, maxLength: 5 })],
  (written, documents) => {
    const parsed = parseEql(source('leaf', `any where ${written}`));
    assert.ok(parsed.ok && parsed.value.kind === 'event', written);
    const { condition } = parsed.value.event;
    const asked = lowerCondition(condition, builtinFieldTypes);
    const computed = { kind: 'compute', expression: lowerTruth(condition, builtinFieldTypes) } as const;
    for (const event of documents as readonly JsonObject[]) {
      const [one, other] = [asked, computed].map((predicate) => interpret(predicate, event, { now: 0 }));
      assert.equal(one, other, `${written} over ${JSON.stringify(event)}`);
    }
  },
);
