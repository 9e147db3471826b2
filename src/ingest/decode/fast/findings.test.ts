import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Findings, NOT_NOTED } from './findings.ts';

const conditions = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('conditions that hold stand one behind the other, with what is noted, as long as there is room', () => {
  const findings = new Findings(0, new ArrayBuffer(1 << 20));
  const { holds } = findings;
  assert.equal(findings.addHolds([], undefined), 0);
  assert.equal(findings.addHolds([7, 8], undefined), 1);
  assert.equal(findings.addHolds([9], Int32Array.of(1, 2, 3, 4)), 5);
  assert.deepEqual([...holds.subarray(1, 12)], [2, 7, 8, NOT_NOTED, 1, 9, 4, 1, 2, 3, 4]);
  const left = holds.length - 12;
  // A list takes its length, itself, and how much is noted.
  assert.equal(findings.addHolds(conditions(left - 1), undefined), undefined);
  assert.equal(findings.addHolds(conditions(left - 2), Int32Array.of(5)), 12);
  assert.equal(holds.at(-1), NOT_NOTED);
  assert.equal(findings.addHolds([1], undefined), undefined);
});

test('notes fill the room to its end, or are left out', () => {
  for (const [notes, last] of [
    [4, 3],
    [5, NOT_NOTED],
  ] as const) {
    const findings = new Findings(0, new ArrayBuffer(1 << 20));
    const { holds } = findings;
    const count = holds.length - 1 - 2 - 4;
    assert.equal(findings.addHolds(conditions(count), Int32Array.from(conditions(notes))), 1);
    assert.equal(holds[1 + 1 + count], notes === 4 ? 4 : NOT_NOTED);
    assert.equal(holds.at(notes === 4 ? -1 : -5), last);
  }
});

test('what is full has room again when it is cleared', () => {
  const findings = new Findings();
  assert.equal(findings.hasRoom, true);
  assert.equal(findings.addHolds(conditions(findings.holds.length), undefined), undefined);
  assert.equal(findings.hasRoom, false);
  findings.clear();
  assert.equal(findings.hasRoom, true);
  assert.equal(findings.addHolds([3], undefined), 1);
  findings.clear();
  assert.equal(findings.addHolds([4], undefined), 1);
});
