import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { law } from '../../../tests/laws/law.ts';
import type { LimitName } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Ordered } from '../match.ts';
import { Absence } from './absence.ts';

const at = (time: number): Ordered => ({ time, arrival: time });

/** One sequence of events at these times, the times of each missing item, and the span. */
interface Case {
  readonly absent: readonly boolean[];
  readonly present: readonly number[];
  readonly missing: readonly (readonly number[])[];
  readonly maxspan: number;
}

const absence = ({ absent, maxspan }: Case, evicted: LimitName[] = []) =>
  new Absence<Ordered>({ absent, maxspan, onEviction: (limit) => evicted.push(limit) });

/** Feeds everything in order of time, and says when the sequence was found to count: at a time, at the end, or never. */
function decided(one: Case): number | 'end' | 'never' {
  const machine = absence(one);
  const [first = 0, ...rest] = one.present;
  const completed = { key: 'k', events: [at(first), ...rest.map(at)] } as const;
  const done = Math.max(...one.present);
  const times = one.missing.flatMap((list, item) => list.map((time) => ({ time, item })));
  const moments = [...new Set([done, ...times.map(({ time }) => time)])].sort((a, b) => a - b);
  for (const moment of moments) {
    if (machine.advance(moment).length > 0) return moment;
    for (const { time, item } of times) if (time === moment) machine.note(time, item, ['k']);
    if (moment === done && machine.take([completed]).length > 0) return moment;
  }
  return machine.end().length > 0 ? 'end' : 'never';
}

const rows: readonly (readonly [string, Case, number | 'end' | 'never'])[] = [
  ['nothing came after it', { absent: [false, true], present: [10], missing: [[], []], maxspan: 5 }, 'end'],
  [
    'it came at the very end of the span',
    { absent: [false, true], present: [10], missing: [[], [15]], maxspan: 5 },
    'never',
  ],
  [
    'it came after the span, which says that it was missing',
    { absent: [false, true], present: [10], missing: [[], [16]], maxspan: 5 },
    16,
  ],
  [
    'it came at the same time as the last event',
    { absent: [false, true], present: [10], missing: [[], [10]], maxspan: 5 },
    'end',
  ],
  ['it came before', { absent: [true, false], present: [10], missing: [[6], []], maxspan: 5 }, 'never'],
  ['it came long before', { absent: [true, false], present: [10], missing: [[4], []], maxspan: 5 }, 10],
  [
    'it came between',
    { absent: [false, true, false], present: [10, 14], missing: [[], [12], []], maxspan: 5 },
    'never',
  ],
  [
    'it came at the time of one of the two',
    { absent: [false, true, false], present: [10, 14], missing: [[], [10, 14], []], maxspan: 5 },
    14,
  ],
  [
    'on both sides, further apart than the span',
    { absent: [true, false, true], present: [10], missing: [[0], [], [20]], maxspan: 19 },
    20,
  ],
  [
    'on both sides, closer than the span',
    { absent: [true, false, true], present: [10], missing: [[0], [], [20]], maxspan: 21 },
    'never',
  ],
  [
    'both ends, and nothing came before',
    { absent: [true, false, true], present: [10], missing: [[], [], [11]], maxspan: 21 },
    10,
  ],
];

for (const [name, one, expected] of rows) test(name, () => assert.equal(decided(one), expected));

/** The rule of eql §6.3 word by word, over everything that ever came. */
function byDefinition({ absent, present, missing, maxspan }: Case): boolean {
  const [start, end] = [Math.min(...present), Math.max(...present)];
  const first = absent.indexOf(false);
  const last = absent.lastIndexOf(false);
  let seen = 0;
  for (const [item, isAbsent] of absent.entries()) {
    if (!isAbsent) seen++;
    const [before = 0, after = 0] = [present[seen - 1], present[seen]];
    if (isAbsent && item > first && item < last && missing[item]?.some((t) => t > before && t < after))
      return false;
  }
  const leads = missing.flatMap((list, item) => (item < first ? list.filter((t) => t < start) : []));
  const trails = missing.flatMap((list, item) => (item > last ? list.filter((t) => t > end) : []));
  const L = leads.length === 0 ? undefined : Math.max(...leads);
  const T = trails.length === 0 ? undefined : Math.min(...trails);
  const [leading, trailing] = [first > 0, last < absent.length - 1];
  if ((L === undefined && leading) || (T === undefined && trailing)) return true;
  if (L === undefined && T === undefined) return true;
  if (leading && trailing) return (T ?? 0) - (L ?? 0) > maxspan;
  return leading ? end - (L ?? 0) > maxspan : (T ?? 0) - start > maxspan;
}

const cases = fc
  .array(fc.boolean(), { minLength: 2, maxLength: 5 })
  .filter((absent) => absent.includes(false) && absent.includes(true))
  .chain((absent) =>
    fc.record({
      absent: fc.constant(absent),
      maxspan: fc.integer({ min: 1, max: 20 }),
      present: fc
        .array(fc.integer({ min: 10, max: 30 }), {
          minLength: absent.filter((one) => !one).length,
          maxLength: absent.filter((one) => !one).length,
        })
        .map((times) => times.sort((a, b) => a - b)),
      missing: fc.tuple(
        ...absent.map((one) => fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: one ? 3 : 0 })),
      ),
    }),
  )
  // Only sequences within maxspan are ever complete.
  .filter(({ present, maxspan }) => Math.max(...present) - Math.min(...present) <= maxspan);

law('missing events are those of the definition', [cases], (one) => {
  assert.equal(decided(one) !== 'never', byDefinition(one));
});

test('keys are forgotten when no sequence reaches back to them, else over a limit, which is counted', () => {
  const evicted: LimitName[] = [];
  const [short, long] = [10, 1e9].map((maxspan) =>
    absence({ absent: [false, true], present: [], missing: [], maxspan }, evicted),
  );
  for (let time = 0; time < limits.absenceKeys + 2; time++) {
    short?.note(time, 1, [`${time}`]);
    long?.note(time, 1, [`${time}`]);
  }
  assert.equal(short?.snapshot().times.length, 21);
  assert.equal(long?.snapshot().times.length, limits.absenceKeys);
  assert.deepEqual(evicted, ['absenceKeys', 'absenceKeys']);
});

test('only so many sequences wait for what must not come, and dropping one is counted', () => {
  const evicted: LimitName[] = [];
  const one = absence({ absent: [false, true], present: [], missing: [], maxspan: 1e9 }, evicted);
  for (let time = 0; time < limits.undecidedSequences + 2; time++)
    assert.deepEqual(one.take([{ key: `${time}`, events: [at(time)] }]), []);
  assert.deepEqual(evicted, ['undecidedSequences', 'undecidedSequences']);
  assert.deepEqual(
    one.end().map(({ key }) => key),
    Array.from({ length: limits.undecidedSequences }, (_, i) => `${i + 2}`),
  );
});

test('only so many times are kept for a key, and dropping one is counted', () => {
  const evicted: LimitName[] = [];
  const one = absence({ absent: [false, true], present: [], missing: [], maxspan: 1e9 }, evicted);
  for (let time = 0; time < limits.absenceTimes + 3; time++) one.note(time, 1, ['k']);
  assert.deepEqual(evicted, ['absenceTimes', 'absenceTimes', 'absenceTimes']);
  one.note(1e10, 1, ['k']);
  assert.deepEqual(one.snapshot().times, [['k', [[], [1e10]]]]);
});

law('a restored absence decides as the one that was saved', [cases], (one) => {
  const [saved, restored] = [absence(one), absence(one)];
  const [first = 0, ...rest] = one.present;
  for (const [item, times] of one.missing.entries())
    for (const time of times) if (time <= Math.max(...one.present)) saved.note(time, item, ['k']);
  saved.take([{ key: 'k', events: [at(first), ...rest.map(at)] }]);
  // What comes after can have ended a sequence that still waits for its time.
  for (const [item, times] of one.missing.entries())
    for (const time of times) if (time > Math.max(...one.present)) saved.note(time, item, ['k']);
  const snapshot = JSON.stringify(saved.snapshot());
  restored.restore(JSON.parse(snapshot));
  assert.equal(JSON.stringify(restored.snapshot()), snapshot);
  assert.equal(restored.deadline, saved.deadline);
  assert.deepEqual(restored.end(), saved.end());
});
