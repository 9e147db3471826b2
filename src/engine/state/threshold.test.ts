import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import type { LimitName } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { ThresholdMachine } from './threshold.ts';

const machine = (value: number, cardinality = 0, span = 10, evicted: LimitName[] = []) =>
  new ThresholdMachine<Ordered>({ value, cardinality, span, onEviction: (limit) => evicted.push(limit) });

type Row = readonly [time: number, keys: readonly string[], values?: readonly string[]];

const run = (one: ThresholdMachine<Ordered>, rows: readonly Row[]): string[] =>
  rows.flatMap(([time, keys, values = []], arrival) =>
    one
      .take({ time, arrival }, keys, values)
      .map(({ key, count, cardinality, from, to }) => `${key} ${count}/${cardinality} ${from}-${to}`),
  );

const x = ['x'];

test('a group fires at its count, and then needs all of it again', () => {
  const times = [1, 2, 3, 4, 5, 6, 7];
  assert.deepEqual(
    run(
      machine(3),
      times.map((time) => [time, x]),
    ),
    ['x 3/0 1-3', 'x 3/0 4-6'],
  );
});

test('the window is inclusive, and what left it does not count', () => {
  assert.deepEqual(
    run(machine(2), [
      [1, x],
      [11, x],
    ]),
    ['x 2/0 1-11'],
  );
  assert.deepEqual(
    run(machine(2), [
      [1, x],
      [12, x],
    ]),
    [],
  );
});

test('an event counts for each of its groups', () => {
  assert.deepEqual(
    run(machine(2), [
      [1, ['x', 'y']],
      [2, ['y', 'z']],
      [3, ['z', 'x']],
    ]),
    ['y 2/0 1-2', 'z 2/0 2-3', 'x 2/0 1-3'],
  );
});

test('different values are counted exactly, as long as their events are in the window', () => {
  const rows: Row[] = [
    [1, x, ['a']],
    [2, x, ['a']],
    [3, x, ['b']],
    [12, x, ['b']],
    [13, x, ['c']],
    [14, x, ['d', 'e']],
  ];
  assert.deepEqual(run(machine(1, 3), rows), ['x 3/4 12-14']);
});

test('a late event counts inside the window, unless the group fired after it', () => {
  assert.deepEqual(
    run(machine(3), [
      [5, x],
      [6, x],
      [4, x],
    ]),
    ['x 3/0 4-6'],
  );
  assert.deepEqual(
    run(machine(2), [
      [5, x],
      [6, x],
      [6, x],
      [3, x],
      [7, x],
    ]),
    ['x 2/0 5-6'],
  );
  assert.deepEqual(
    run(machine(2), [
      [20, x],
      [9, x],
    ]),
    [],
  );
});

test('the examples are the newest of the events that were counted', () => {
  const one = machine(8);
  const fired = Array.from({ length: 8 }, (_, time) => one.take({ time, arrival: time }, x, [])).flat();
  assert.deepEqual(
    fired.map(({ examples }) => examples.map(({ time }) => time)),
    [[3, 4, 5, 6, 7]],
  );
});

test('groups and events are bounded, and evictions are counted', () => {
  const evicted: LimitName[] = [];
  const one = machine(1e9, 0, 1e9, evicted);
  for (let i = 0; i < limits.thresholdEvents + 2; i++) one.take({ time: i, arrival: i }, x, []);
  for (let i = 0; i < limits.thresholdGroups; i++) one.take({ time: i, arrival: i }, [`${i}`], []);
  assert.deepEqual(evicted, ['thresholdEvents', 'thresholdEvents', 'thresholdGroups']);
});

/** All events of the group since it fired last that lie within the window of this one, counted anew each time. */
function byDefinition(rows: readonly Row[], value: number, cardinality: number, span: number): string[] {
  const usedUpTo = new Map<string, number>();
  return rows.flatMap(([time, keys], index) =>
    keys.flatMap((key) => {
      const counted = rows
        .slice(0, index + 1)
        .filter(
          ([other, others]) =>
            others.includes(key) && other >= time - span && other > (usedUpTo.get(key) ?? -Infinity),
        );
      const distinct = new Set(counted.flatMap(([, , values = []]) => values)).size;
      if (!counted.some((row) => row === rows[index])) return [];
      if (counted.length < value || distinct < cardinality) return [];
      usedUpTo.set(key, time);
      return `${key} ${counted.length}/${distinct} ${counted[0]?.[0]}-${time}`;
    }),
  );
}

const rows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 4 }),
    fc.subarray(['x', 'y', 'z'], { minLength: 0 }),
    fc.subarray(['a', 'b', 'c']),
  ),
  { maxLength: 20 },
);

law(
  'groups fire as the definition says',
  [rows, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 8 })],
  (gaps, value, cardinality, span) => {
    let time = 0;
    const list = gaps.map(([gap, keys, values]): Row => [(time += gap), keys, values]);
    assert.deepEqual(
      run(machine(value, cardinality, span), list),
      byDefinition(list, value, cardinality, span),
    );
  },
);

law('a restored machine goes on as the one that was saved', [rows, fc.nat(20)], (gaps, at) => {
  let time = 0;
  const list = gaps.map(([gap, keys, values]): Row => [(time += gap), keys, values]);
  const [one, other] = [machine(2, 2), machine(2, 2)];
  run(one, list.slice(0, at));
  const saved = JSON.stringify(one.snapshot());
  other.restore(JSON.parse(saved));
  assert.equal(JSON.stringify(other.snapshot()), saved);
  assert.deepEqual(run(other, list.slice(at)), run(one, list.slice(at)));
});
