import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { law } from '../../tests/laws/law.ts';
import { SharedText } from '../model/alert-parts.ts';
import { Blocks } from './blocks.ts';

/** Keeps what is written to it as it is then, or, like a pipe that is full, looks at it later. */
class Pipe {
  readonly chunks: Uint8Array[] = [];
  readonly #isFull: boolean;

  constructor(isFull: boolean) {
    this.#isFull = isFull;
  }

  readonly write = (chunk: Uint8Array): boolean => {
    this.chunks.push(this.#isFull ? chunk : Uint8Array.from(chunk));
    return true;
  };

  get writableLength(): number {
    return this.#isFull ? 1 : 0;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom('x', 'é', '…', '😀', '\ud800'), fc.nat(70_000))
    .map(([unit, count]) => unit.repeat(count)),
);
const written = fc.array(fc.tuple(texts, fc.boolean()), { maxLength: 12 });

law(
  'blocks are what was written, in its order, whenever the stream looks at them',
  [written, fc.boolean()],
  (all, isFull) => {
    const pipe = new Pipe(isFull);
    const blocks = new Blocks(pipe as never, () => {});
    for (const [text, isShared] of all) blocks.write(isShared ? new SharedText(text) : text);
    blocks.flush();
    assert.ok(pipe.bytes.equals(Buffer.concat(all.map(([text]) => Buffer.from(text)))));
  },
  { cost: 4 },
);

test('short texts go out together, before the event loop waits', async () => {
  const pipe = new Pipe(false);
  const blocks = new Blocks(pipe as never, () => {});
  blocks.write('a');
  blocks.write('b');
  assert.equal(pipe.chunks.length, 0);
  await setImmediate();
  assert.equal(pipe.chunks.length, 1);
  blocks.write('c');
  await setImmediate();
  assert.equal(pipe.bytes.toString(), 'abc');
  assert.equal(pipe.chunks.length, 2);
});

test('what just fits into a block goes into it, and what does not into the next one', () => {
  for (const last of [0, 1, 2, 3]) {
    const pipe = new Pipe(false);
    const blocks = new Blocks(pipe as never, () => {});
    const texts = ['x'.repeat(65_535), 'y'.repeat(last), 'z'];
    for (const text of texts) blocks.write(new SharedText(text));
    blocks.flush();
    assert.equal(pipe.bytes.toString(), texts.join(''));
    assert.ok(pipe.chunks.every(({ length }) => length <= 65_536));
  }
});
