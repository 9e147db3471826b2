import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import type { LimitName } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import type { Offer } from './sequence.ts';
import { SequenceMachine } from './sequence.ts';

/** An event of a test: which stages it can be, with one key or several, and whether it ends them. */
interface Step extends Ordered {
  readonly stages: readonly number[];
  readonly keys: readonly string[];
  readonly ends: boolean;
}

const STAGES = 'ABCD';

/** `A1 B2 AB3`: letters are stages, the number is the time in seconds; `!` ends the key. */
const steps = (text: string): Step[] =>
  text.split(' ').map((word, arrival) => {
    const [, letters = '', until, time] = /^([A-D]*)(!?)(\d+)$/.exec(word) ?? [];
    const stages = [...letters].map((letter) => STAGES.indexOf(letter));
    return { time: Number(time) * 1000, arrival, stages, keys: ['k'], ends: until === '!' };
  });

const offersOf = ({ stages, keys }: Step): Offer[] =>
  [...stages].sort((a, b) => b - a).map((stage) => ({ stage, keys }));

function machine(stages: number, maxspan?: number, evicted: LimitName[] = []) {
  return new SequenceMachine<Step>({ stages, maxspan, onEviction: (limit) => evicted.push(limit) });
}

function run(stages: number, events: readonly Step[], maxspan?: number): string[] {
  const one = machine(stages, maxspan);
  return events.flatMap((event) =>
    one
      .take(event, offersOf(event), event.ends ? event.keys : [])
      .map((found) => found.events.map(({ time }) => time / 1000).join('-')),
  );
}

const cases: readonly (readonly [string, number, string, readonly string[], number?])[] = [
  ['the newest first event wins', 2, 'A1 A2 B3', ['2-3']],
  [
    'a newer first event leaves the partial at the next stage alone',
    3,
    'A1 B2 A3 C4 B5 C6',
    ['1-2-4', '3-5-6'],
  ],
  ['what was used is gone', 2, 'A1 B2 B3', ['1-2']],
  ['one event ends a sequence and begins the next', 2, 'AB1 AB2 AB3', ['1-2', '2-3']],
  ['one event carries several partials on, none of them twice', 3, 'A1 AB2 ABC3 BC4', ['1-2-3', '2-3-4']],
  ['maxspan is inclusive', 2, 'A1 B6', ['1-6'], 5000],
  ['over maxspan the partial is used up all the same', 2, 'A1 B7 A8 B9', ['8-9'], 5000],
  ['a newer first event does not lengthen the span of an older one', 3, 'A1 B2 A5 C7', [], 5000],
  ['until ends what has begun', 2, 'A1 !2 B3', []],
  ['an event that completes and ends, completes', 2, 'A1 B!2', ['1-2']],
  ['an event that goes on and ends, ends', 3, 'A1 B!2 C3', []],
  ['equal times stand in order of arrival', 2, 'A1 B1', ['1-1']],
  ['five equal events give three runs of three', 3, 'ABC1 ABC2 ABC3 ABC4 ABC5', ['1-2-3', '2-3-4', '3-4-5']],
  ['a single stage', 1, 'A1 A2', ['1', '2']],
  ['an event out of order extends nothing that ends after it', 2, 'A5 B3 B6', ['5-6']],
  ['an event out of order does not take the place of a newer one', 2, 'A5 A3 B6', ['5-6']],
];

for (const [name, stages, text, expected, maxspan] of cases)
  test(name, () => assert.deepEqual(run(stages, steps(text), maxspan), expected));

test('an event with two keys completes once for each key that it shares, the older one first', () => {
  const events: Step[] = [
    { time: 1, arrival: 0, stages: [0], keys: ['b'], ends: false },
    { time: 2, arrival: 1, stages: [0], keys: ['a'], ends: false },
    { time: 3, arrival: 2, stages: [1], keys: ['a', 'b', 'c'], ends: false },
  ];
  const one = machine(2);
  const found = events.flatMap((event) => one.take(event, offersOf(event), []));
  assert.deepEqual(
    found.map(({ key, events: [first] }) => [key, first.time]),
    [
      ['b', 1],
      ['a', 2],
    ],
  );
});

test('memory is bounded by maxspan, else by the number of keys, and evictions are counted', () => {
  const evicted: LimitName[] = [];
  const [bounded, unbounded] = [machine(2, 1000, evicted), machine(2, undefined, evicted)];
  const count = limits.sequenceKeys + 7;
  for (let i = 0; i < count; i++) {
    const event = { time: i * 10, arrival: i, stages: [0], keys: [`${i}`], ends: false };
    bounded.take(event, offersOf(event), []);
    unbounded.take(event, offersOf(event), []);
  }
  assert.deepEqual([...bounded.waiting()].length, 101);
  assert.deepEqual([...unbounded.waiting()].length, limits.sequenceKeys);
  assert.deepEqual(
    evicted,
    Array.from({ length: 7 }, () => 'sequenceKeys'),
  );
});

/**
 * The definition in words of pairs of events (eql §6.2): event i stands at a stage, when it fits the stage and either
 * that is the first one, or the latest event that stands one stage before it is neither used by another event
 * in between, nor ended, nor too far back from where its sequence began.
 */
function byDefinition(stages: number, events: readonly Step[], maxspan: number | undefined): string[] {
  const memo = new Map<string, Step[] | undefined>();
  const fits = (i: number, stage: number) => events[i]?.stages.includes(stage) === true;
  const reach = (i: number, stage: number): Step[] | undefined => {
    const id = `${i} ${stage}`;
    if (!memo.has(id)) memo.set(id, decide(i, stage));
    return memo.get(id);
  };
  function decide(i: number, stage: number): Step[] | undefined {
    const event = events[i];
    if (event === undefined || !fits(i, stage)) return undefined;
    if (stage === 0) return [event];
    for (let j = i - 1; j >= 0; j--) {
      if (events[j]?.ends === true) return undefined;
      const before = reach(j, stage - 1);
      if (before !== undefined) {
        const inTime = maxspan === undefined || event.time - (before[0]?.time ?? 0) <= maxspan;
        return inTime ? [...before, event] : undefined;
      }
      if (fits(j, stage)) return undefined;
    }
    return undefined;
  }
  return events.flatMap((_, i) => {
    const found = reach(i, stages - 1);
    return found === undefined ? [] : found.map(({ time }) => time / 1000).join('-');
  });
}

const generated = fc.integer({ min: 2, max: 4 }).chain((stages) =>
  fc.record({
    stages: fc.constant(stages),
    maxspan: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    words: fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 3 }),
        fits: fc.subarray(Array.from({ length: stages }, (_, stage) => stage)),
        ends: fc.integer({ min: 0, max: 7 }).map((roll) => roll === 0),
        key: fc.constantFrom('x', 'y'),
      }),
      { maxLength: 14 },
    ),
  }),
);

law('sequences are those of the definition, key by key', [generated], ({ stages, maxspan, words }) => {
  let time = 0;
  const events = words.map(({ gap, fits, ends, key }, arrival): Step => {
    time += gap;
    return { time: time * 1000, arrival, stages: fits, keys: [key], ends };
  });
  const span = maxspan === undefined ? undefined : maxspan * 1000;
  const expected = ['x', 'y'].flatMap((key) =>
    byDefinition(
      stages,
      events.filter(({ keys }) => keys.includes(key)),
      span,
    ).map((found) => `${key} ${found}`),
  );
  const one = machine(stages, span);
  const found = events.flatMap((event) =>
    one
      .take(event, offersOf(event), event.ends ? event.keys : [])
      .map(({ key, events: list }) => `${key} ${list.map((e) => e.time / 1000).join('-')}`),
  );
  assert.deepEqual(found.sort(), expected.sort());
});

law(
  'a restored machine goes on as the one that was saved',
  [generated, fc.nat(14)],
  ({ stages, words }, at) => {
    const events = words.map(({ fits, key }, i): Step => ({
      time: i,
      arrival: i,
      stages: fits,
      keys: [key],
      ends: false,
    }));
    const [one, other] = [machine(stages), machine(stages)];
    for (const event of events.slice(0, at)) one.take(event, offersOf(event), []);
    const saved = JSON.stringify(one.snapshot());
    other.restore(JSON.parse(saved));
    assert.equal(JSON.stringify(other.snapshot()), saved);
    for (const event of events.slice(at))
      assert.deepEqual(other.take(event, offersOf(event), []), one.take(event, offersOf(event), []));
  },
);
