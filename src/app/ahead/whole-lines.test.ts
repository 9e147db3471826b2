import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { wholeLines } from './whole-lines.ts';

async function* given(parts: readonly string[]): AsyncGenerator<Buffer> {
  const shared = Buffer.alloc(64);
  for (const part of parts) {
    const length = shared.write(part);
    yield shared.subarray(0, length);
  }
}

const pieces = async (parts: readonly string[]): Promise<string[]> =>
  (await Array.fromAsync(wholeLines(given(parts)))).map(String);

test('pieces end with lines', async () => {
  assert.deepEqual(await pieces(['a\nb', 'c\n', 'd', 'e', 'f\ng\n', 'h']), ['a\n', 'bc\n', 'def\ng\n', 'h']);
  assert.deepEqual(await pieces([]), []);
});

test('each has memory of its own', async () => {
  for await (const piece of wholeLines(given(['a\nb', 'c\nd']))) {
    assert.deepEqual([piece.byteOffset, piece.buffer.byteLength], [0, piece.length]);
  }
});

test('no byte is lost or comes twice, and the source may use its memory again', async () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const found = await pieces(parts);
      assert.equal(found.join(''), parts.join(''));
      for (const piece of found.slice(0, -1)) assert.equal(piece.at(-1), '\n');
    }),
  );
});
