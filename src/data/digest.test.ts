import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromBase64, toBase64 } from './base64.ts';
import { digest } from './digest.ts';
import type { DigestName } from './digest.ts';
import { latin1Text, utf8Bytes, utf8Text } from './utf8.ts';

const names: readonly (readonly [DigestName, string])[] = [
  ['md5', 'md5'],
  ['sha-1', 'sha1'],
  ['sha-256', 'sha256'],
];

for (const [name, theirs] of names) {
  test(`${name} is what Node computes, for every length around a block and for any bytes`, () => {
    const agrees = (bytes: Uint8Array): void =>
      assert.equal(digest(name, bytes), createHash(theirs).update(bytes).digest('hex'));
    for (let length = 0; length <= 130; length++) agrees(new Uint8Array(length).fill(length));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), agrees));
  });
}

test('UTF-8 and Base64 are what Node computes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = utf8Bytes(text);
      assert.deepEqual(bytes, new Uint8Array(Buffer.from(text)));
      assert.equal(utf8Text(bytes), text.toWellFormed());
      assert.equal(toBase64(bytes), Buffer.from(text).toString('base64'));
    }),
  );
});

test('bytes that are no UTF-8 have no text, and are kept one by one', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      const decoded = ((): string | undefined => {
        try {
          return decoder.decode(bytes);
        } catch {
          return undefined;
        }
      })();
      assert.equal(utf8Text(bytes), decoded);
      assert.deepEqual(
        Uint8Array.from(latin1Text(bytes), (c) => c.charCodeAt(0)),
        bytes,
      );
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
    }),
  );
});

test('what is no Base64 is refused', () => {
  for (const text of ['a', 'ab=', '*', 'ab==c', 'YWJj\n', 'abcde', 'a==='])
    assert.equal(fromBase64(text), undefined, text);
  assert.deepEqual(fromBase64('YQ'), Uint8Array.of(97));
  assert.deepEqual(fromBase64(''), new Uint8Array());
});
