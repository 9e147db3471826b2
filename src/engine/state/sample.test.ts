import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import type { LimitName } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { SampleMachine, byKey, chooseDistinct } from './sample.ts';

const machine = (items: number, span = 100) =>
  new SampleMachine<Ordered>({ items, span, onEviction: () => assert.fail('nothing is evicted here') });

/** Each event as `time: items, keys`. */
type Row = readonly [time: number, items: readonly number[], keys: readonly string[]];

const run = (one: SampleMachine<Ordered>, rows: readonly Row[]): string[] =>
  rows.flatMap(([time, items, keys], arrival) =>
    one
      .take(
        { time, arrival },
        items.map((item) => ({ item, keys })),
      )
      .map(({ key, events }) => `${key} ${events.map((event) => event.time).join('+')}`),
  );

test('every item needs an event of its own, in any order', () => {
  const x = ['["x"]'];
  assert.deepEqual(
    run(machine(2), [
      [1, [1], x],
      [2, [0], x],
    ]),
    ['["x"] 2+1'],
  );
  assert.deepEqual(run(machine(2), [[1, [0, 1], x]]), []);
  assert.deepEqual(
    run(machine(2), [
      [1, [0, 1], x],
      [2, [0], x],
    ]),
    ['["x"] 2+1'],
  );
  assert.deepEqual(
    run(machine(2), [
      [1, [0], x],
      [2, [1], ['["y"]']],
    ]),
    [],
  );
});

test('a key that was found begins anew', () => {
  const x = ['["x"]'];
  const rows: Row[] = [
    [1, [0], x],
    [2, [1], x],
    [3, [1], x],
    [4, [0], x],
  ];
  assert.deepEqual(run(machine(2), rows), ['["x"] 1+2', '["x"] 4+3']);
});

test('events further apart than the span do not meet, and the span is inclusive', () => {
  const x = ['["x"]'];
  assert.deepEqual(
    run(machine(2, 5), [
      [1, [0], x],
      [7, [1], x],
    ]),
    [],
  );
  assert.deepEqual(
    run(machine(2, 5), [
      [1, [0], x],
      [6, [1], x],
    ]),
    ['["x"] 1+6'],
  );
});

test('a late event meets only those that are not further apart from it than the span', () => {
  const x = ['["x"]'];
  assert.deepEqual(
    run(machine(2, 5), [
      [10, [0], x],
      [4, [1], x],
      [12, [1], x],
    ]),
    ['["x"] 10+12'],
  );
  assert.deepEqual(
    run(machine(2, 5), [
      [10, [0], x],
      [5, [1], x],
    ]),
    ['["x"] 10+5'],
  );
});

test('keys that complete together come in ascending order, missing values first', () => {
  const keys = ['["b"]', '["a"]', '[null]'];
  assert.deepEqual(
    run(machine(2), [
      [1, [0], keys],
      [2, [1], keys],
    ]),
    ['[null] 1+2', '["a"] 1+2', '["b"] 1+2'],
  );
  assert.deepEqual(['["a","b"]', '["a",null]', '["a","a"]', '["a",null]'].sort(byKey), [
    '["a",null]',
    '["a",null]',
    '["a","a"]',
    '["a","b"]',
  ]);
});

test('keys and events of a key are bounded: forgetting a key is counted, and the latest events stay', () => {
  const evicted: LimitName[] = [];
  const one = new SampleMachine<Ordered>({ items: 2, span: 1e9, onEviction: (limit) => evicted.push(limit) });
  for (let time = 0; time < limits.sampleKeys + 2; time++)
    one.take({ time, arrival: time }, [{ item: 0, keys: [`["${time}"]`] }]);
  assert.deepEqual(evicted, ['sampleKeys', 'sampleKeys']);
  const x = ['["x"]'];
  for (let time = 0; time < limits.sampleEvents + 3; time++)
    one.take({ time: 1e6 + time, arrival: 1e6 + time }, [{ item: 0, keys: x }]);
  const [first] = [...one.waiting('["x"]')].flatMap(({ events }) => events);
  assert.deepEqual([first?.length, first?.[0]?.time], [limits.sampleEvents, 1e6 + 3]);
});

/** Every tuple of events there is. */
const tuples = (items: readonly (readonly number[])[]): number[][] =>
  items.reduce<number[][]>(
    (found, list) => found.flatMap((before) => list.map((event) => [...before, event])),
    [[]],
  );

const items = fc.array(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 5,
});

law('a choice is found exactly when some tuple has no event twice', [items], (lists) => {
  const unique = lists.map((list) => [...new Set(list)]);
  const chosen = chooseDistinct(unique.map((list) => list.map((arrival) => ({ arrival }))))?.map(
    ({ arrival }) => arrival,
  );
  assert.equal(
    chosen !== undefined,
    tuples(unique).some((tuple) => new Set(tuple).size === tuple.length),
  );
  if (chosen === undefined) return;
  assert.equal(new Set(chosen).size, unique.length);
  chosen.forEach((event, item) => assert.ok(unique[item]?.includes(event)));
});
