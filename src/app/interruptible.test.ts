import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Slices, until, withIdle } from './interruptible.ts';

async function* numbers(then: Promise<void>, log: string[] = []): AsyncGenerator<number> {
  try {
    yield 1;
    yield 2;
    await then;
  } finally {
    log.push('closed');
  }
}

test('a source is read to its end', async () => {
  const signal = new AbortController().signal;
  assert.deepEqual(await Array.fromAsync(until(signal, numbers(Promise.resolve()))), [1, 2]);
});

test('a source that does not answer any more is left behind', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  for await (const value of until(controller.signal, numbers(new Promise(() => {})))) {
    seen.push(value);
    if (value === 2) void setImmediate().then(() => controller.abort());
  }
  assert.deepEqual(seen, [1, 2]);
});

test('what was read is not kept', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  async function* objects(): AsyncGenerator<object> {
    for (let i = 0; i < 5; i++) {
      await setImmediate();
      yield { i };
    }
  }
  const read: WeakRef<object>[] = [];
  for await (const value of until(new AbortController().signal, objects())) {
    read.push(new WeakRef(value));
    await setImmediate();
    collect();
    assert.ok(read.filter((one) => one.deref() !== undefined).length <= 2);
  }
  assert.equal(read.length, 5);
});

test('whoever stops listening closes the source', async () => {
  const log: string[] = [];
  for await (const _ of until(new AbortController().signal, numbers(Promise.resolve(), log))) break;
  assert.deepEqual(log, ['closed']);
});

test('an error of the source is an error of the reading', async () => {
  const failing = until(new AbortController().signal, numbers(Promise.reject(new Error('broken'))));
  await assert.rejects(Array.fromAsync(failing), /broken/);
});

test('the signal ends the work between two items', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const whole = await new Slices(controller.signal).each([1, 2, 3], (item) => {
    seen.push(item);
    if (item === 2) controller.abort();
  });
  assert.deepEqual([seen, whole], [[1, 2], false]);
  assert.equal(await new Slices(new AbortController().signal).each([1], () => {}), true);
});

test('what is handled waits for room, and a signal ends the waiting', async () => {
  const controller = new AbortController();
  const seen: string[] = [];
  const room = (): Promise<void> | undefined => {
    if (seen.at(-1) === 'b') return setImmediate().then(() => void seen.push('room'));
    return seen.at(-1) === 'c' ? new Promise(() => {}) : undefined;
  };
  const slices = new Slices(controller.signal, room);
  const whole = slices.each(['a', 'b', 'c', 'd'], (item) => void seen.push(item));
  for (let turn = 0; turn < 100 && seen.at(-1) !== 'c'; turn++) await setImmediate();
  controller.abort();
  assert.deepEqual([await whole, seen], [false, ['a', 'b', 'room', 'c']]);
});

test('while the source gives nothing, whoever waits for it is told so', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let idles = 0;
  const source = withIdle(numbers(promise), 1, () => {
    idles++;
    if (idles === 3) resolve();
  });
  assert.deepEqual(await Array.fromAsync(source), [1, 2]);
  assert.equal(idles, 3);
});

test('an error while idle ends the reading, and so does one of the source', async () => {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const source = withIdle(numbers(promise, log), 1, () => {
    resolve();
    throw new Error('full');
  });
  await assert.rejects(Array.fromAsync(source), /full/);
  assert.deepEqual(log, ['closed']);
  const broken = withIdle(numbers(Promise.reject(new Error('broken'))), 1, () => undefined);
  await assert.rejects(Array.fromAsync(broken), /broken/);
});
