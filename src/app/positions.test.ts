import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { idle } from '../../tests/support/idle.ts';
import type { Position } from '../engine/ports.ts';
import type { EventEnvelope } from '../model/event.ts';
import { Positions } from './positions.ts';

/** Takes events given as `file key key …`; gives back the keys that are new. */
function take(positions: Positions, ...files: readonly string[]): string[] {
  return files.flatMap((text) => {
    const [file = '', ...keys] = text.split(' ');
    return keys.filter(
      (key, line) => positions.take({ key, time: undefined, document: {}, origin: { file, line } }) === 'now',
    );
  });
}

const after = (...files: readonly string[]): readonly Position[] => {
  const positions = new Positions();
  take(positions, ...files);
  return positions.list();
};

test('what was taken is passed over, what was added is taken', () => {
  const positions = new Positions(after('a.log k1 k2', 'b.log m1'));
  assert.deepEqual(take(positions, 'a.log k1 k2 k3', 'b.log m1', 'c.log n1'), ['k3', 'n1']);
  assert.equal(positions.passed, 3);
  assert.deepEqual(positions.list(), [
    { first: 'k1', last: 'k3', taken: 3, summed: 0 },
    { first: 'n1', last: 'n1', taken: 1, summed: 0 },
  ]);
  assert.deepEqual(positions.changed(), []);
});

test('a rotated file is known under its new name', () => {
  const positions = new Positions(after('audit.log k1 k2'));
  assert.deepEqual(take(positions, 'audit.log.1 k1 k2 k3', 'audit.log m1'), ['k3', 'm1']);
  assert.deepEqual(positions.changed(), []);
});

test('a file that lost events, or has others in their place, is told of', () => {
  const positions = new Positions(after('short.log k1 k2 k3', 'other.log m1 m2'));
  assert.deepEqual(take(positions, 'short.log k1 k2', 'other.log m1 x2 x3'), ['x3']);
  assert.deepEqual(positions.changed(), ['other.log', 'short.log']);
});

test('what is piped in is new each time', () => {
  const positions = new Positions(after('<stdin> k1'));
  assert.deepEqual(take(positions, '<stdin> k1 k2'), ['k1', 'k2']);
  assert.deepEqual(positions.list(), []);
});

test('a position that was reached before a kill stays when less is read the next time', () => {
  const before = after('a.log k1 k2 k3');
  const positions = new Positions(before);
  take(positions, 'a.log k1');
  assert.deepEqual(positions.list(), []);
});

test('what a run took whose summary was never told belongs to the scan that goes on', () => {
  const [position] = after('a.log k1 k2 k3');
  const positions = new Positions([{ first: 'k1', last: 'k3', taken: position?.taken ?? 0, summed: 1 }]);
  const taken = ['k1', 'k2', 'k3', 'k4'].map((key, line) =>
    positions.take({ key, time: undefined, document: {}, origin: { file: 'a.log', line } }),
  );
  assert.deepEqual(taken, ['before', 'by this scan', 'by this scan', 'now']);
  assert.deepEqual(positions.list(), [{ first: 'k1', last: 'k4', taken: 4, summed: 1 }]);
});

test('idle events that come together are noted as if each came alone', () => {
  const key = fc.constantFrom('k1', 'k2', 'k3');
  const files = fc.array(
    fc.tuple(fc.constantFrom('a.log', 'b.log', '<stdin>'), fc.array(key, { minLength: 1 })),
    {
      maxLength: 8,
    },
  );
  const position = fc
    .record({ first: key, last: key, taken: fc.nat(9), summed: fc.nat(9) })
    .map((one) => ({ ...one, summed: Math.min(one.summed, one.taken) }));
  fc.assert(
    fc.property(fc.uniqueArray(position, { selector: ({ first }) => first }), files, (before, runs) => {
      const [alone, together] = [new Positions(before), new Positions(before)];
      for (const [file, keys] of runs) {
        const events = keys.map((one, line): EventEnvelope => ({
          key: one,
          time: 0,
          document: {},
          origin: { file, line },
        }));
        const taken = events.map((event) => alone.take(event));
        const { before: summed, byThisScan } = together.takeIdle(idle(events));
        assert.deepEqual(
          taken,
          events.map((_, at) => (at < summed ? 'before' : at < summed + byThisScan ? 'by this scan' : 'now')),
        );
      }
      for (const about of ['list', 'changed'] as const) assert.deepEqual(together[about](), alone[about]());
      assert.equal(together.passed, alone.passed);
    }),
  );
});
