import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputFile } from './inputs.ts';
import { KeptPipes } from './kept-pipes.ts';

const pipe: InputFile = { name: '<stdin>', stdin: true, size: undefined };

/** What can be read once. */
function once(...texts: readonly string[]): () => AsyncGenerator<Buffer> {
  const left = texts.map((text) => Buffer.from(text));
  return async function* read() {
    while (left.length > 0) yield left.shift() ?? Buffer.alloc(0);
  };
}

const textOf = async (chunks: AsyncIterable<Buffer>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(chunks)).toString();

test('a pipe is read again from what was kept of it', async () => {
  const [kept, read] = [new KeptPipes(), once('ab', 'c')];
  assert.deepEqual(
    [await textOf(kept.chunks(pipe, read)), await textOf(kept.chunks(pipe, read)), kept.isIncomplete],
    ['abc', 'abc', false],
  );
});

test('a file is read anew', async () => {
  const [kept, file] = [new KeptPipes(), { ...pipe, name: 'a.log', size: 3 }];
  assert.deepEqual(
    [await textOf(kept.chunks(file, once('old'))), await textOf(kept.chunks(file, once('new')))],
    ['old', 'new'],
  );
});

test('more than the bound is not kept, and that can be told', async () => {
  const [kept, read] = [new KeptPipes(3), once('ab', 'cd')];
  assert.deepEqual(
    [await textOf(kept.chunks(pipe, read)), await textOf(kept.chunks(pipe, read)), kept.isIncomplete],
    ['abcd', '', true],
  );
});
