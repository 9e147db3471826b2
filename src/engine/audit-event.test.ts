import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { law } from '../../tests/laws/law.ts';
import type { JsonObject, JsonValue } from '../data/document.ts';
import { textAt, textsAt } from './alert/read.ts';
import { AuditEvent } from './audit-event.ts';

const ROOT = 'kubernetes.audit';
const value: fc.Arbitrary<JsonValue> = fc.constantFrom(
  'a',
  'b',
  '',
  7,
  null,
  ['c', 'd'],
  [{ resource: 'e' }],
);
const fields = fc.constantFrom('verb', 'stage', 'sourceIPs', 'objectRef', 'objectRef.resource');

/** The path of a field, cut into keys in any way. */
const entry = fc.tuple(fields, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), value);

function put(
  document: Record<string, unknown>,
  path: string,
  cuts: readonly boolean[],
  last: JsonValue,
): void {
  const keys: string[] = [];
  for (const [at, segment] of path.split('.').entries())
    if (at === 0 || cuts[at - 1] === true) keys.push(segment);
    else keys.push(`${keys.pop()}.${segment}`);
  let object = document;
  for (const key of keys.slice(0, -1)) {
    const below = (object[key] ??= {});
    if (typeof below !== 'object' || below === null || Array.isArray(below)) return;
    object = below as Record<string, unknown>;
  }
  object[keys.at(-1) ?? ''] ??= last;
}

law(
  'what an audit event tells is what stands in its document, however its keys are cut',
  [fc.array(entry, { maxLength: 6 })],
  (entries) => {
    const document: Record<string, unknown> = { 'user.name': 'alice' };
    for (const [field, cuts, last] of entries) put(document, `${ROOT}.${field}`, cuts, last);
    const event = AuditEvent.in(document as JsonObject);
    const told = (path: string): string | undefined => textAt(document as JsonObject, `${ROOT}.${path}`);
    assert.equal(event !== undefined, told('verb') !== undefined);
    if (event === undefined) return;
    for (const path of ['verb', 'stage', 'objectRef.resource']) assert.equal(event.text(path), told(path));
    assert.deepEqual(event.addresses, textsAt(document as JsonObject, `${ROOT}.sourceIPs`));
  },
);
