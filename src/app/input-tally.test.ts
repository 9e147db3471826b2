import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { idle } from '../../tests/support/idle.ts';
import type { EventEnvelope, IdleEvents } from '../model/event.ts';
import { InputTally } from './input-tally.ts';

const eventAt = (time: number, line: number): EventEnvelope => ({
  key: String(line),
  time,
  document: {},
  origin: { file: 'a.log', line },
});

const keysOf = (events: IdleEvents): string[] =>
  Array.from({ length: events.count }, (_, at) => events.eventAt(at).key);

test('idle events that come together are counted and chosen as if each came alone', () => {
  const range = fc.record({ since: fc.nat(9), until: fc.nat(9) }, { requiredKeys: [] });
  const times = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(range, fc.array(times, { maxLength: 4 }), fc.nat(3), (within, runs, passed) => {
      const [alone, together] = [new InputTally(within), new InputTally(within)];
      for (let event = 0; event < passed; event++) alone.accept(eventAt(0, 0), false);
      if (passed > 0) together.passOver(passed);
      for (const run of runs) {
        const events = run.map(eventAt);
        const taken = events.filter((event) => alone.accept(event));
        assert.deepEqual(
          together.acceptIdle(idle(events)).flatMap(keysOf),
          taken.map(({ key }) => key),
        );
      }
      assert.deepEqual(together.summary(), alone.summary());
    }),
  );
});

test('of each file the bytes count that were read of it so far', () => {
  const tally = new InputTally({});
  const read = (file: string, bytesRead: number): number => {
    const none = new Map<string, number>();
    tally.batch({
      file,
      bytesRead,
      fileSize: undefined,
      events: [],
      refusals: [],
      skipped: none,
      repaired: none,
      shapes: none,
      decoded: none,
      records: 0,
    });
    return tally.bytes;
  };
  assert.deepEqual(
    [read('a', 5), read('b', 3), read('a', 9), read('a', 7), read('c', 0)],
    [5, 8, 12, 12, 12],
  );
  assert.deepEqual([tally.files, tally.summary().bytes], [3, 12]);
});
