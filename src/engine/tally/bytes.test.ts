import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { KindOfMemory } from '../../model/state.ts';
import type { Ordered } from '../match.ts';
import { SequenceMachine } from '../state/sequence.ts';
import { TermTable } from '../state/terms.ts';
import { ThresholdMachine } from '../state/threshold.ts';
import type { KnownSizes } from './bytes.ts';
import { ByteCounter } from './bytes.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const COUNT = 20_000;
const onEviction = (): void => assert.fail('nothing is evicted here');
const START = Date.UTC(2026, 2, 2);

/** An event as the reader makes it, with nothing in common with another one. */
const eventAt = (i: number) => ({
  time: START + i,
  arrival: i,
  event: JSON.parse(
    JSON.stringify({
      key: `key-of-an-event-${i}`,
      time: START + i,
      origin: { file: 'log', line: i },
      document: {
        '@timestamp': new Date(START + i).toISOString(),
        event: { category: ['process'], action: `exec-${i}` },
        host: { name: `host-${i}`, ip: [`10.0.0.${i}`] },
        process: { name: `bash-${i}`, pid: i, args: ['bash', '-c', `echo ${i}`] },
      },
    }),
  ) as object,
});

/** Fills something, and gives back what it remembers. */
const filled: Partial<Record<KindOfMemory, () => () => readonly unknown[]>> = {
  sequence: () => {
    const machine = new SequenceMachine<Ordered>({ stages: 2, maxspan: undefined, onEviction });
    for (let i = 0; i < COUNT / 2; i++) machine.take(eventAt(i), [{ stage: 0, keys: [`["key-${i}"]`] }], []);
    return () => machine.snapshot();
  },
  threshold: () => {
    const machine = new ThresholdMachine<Ordered>({ value: 9, cardinality: 3, span: 1e9, onEviction });
    for (let i = 0; i < COUNT; i++) machine.take(eventAt(i), [`["key-${i % 4000}"]`], [`value-${i}`]);
    return () => machine.snapshot();
  },
  terms: () => {
    const table = new TermTable(onEviction);
    for (let i = 0; i < COUNT; i++) table.note(`["user-${i}","host-${i}"]`, START + i, START);
    return () => table.snapshot();
  },
};

for (const [kind, fill] of Object.entries(filled))
  test(`the estimate for ${kind} is near what it takes`, (t) => {
    fill();
    const before = heap();
    const list = fill();
    const taken = heap() - before;
    const [use] = new ByteCounter().of({ lists: { [kind]: list() } });
    assert.ok(use);
    const ratio = use.bytes / taken;
    t.diagnostic(`${use.bytes} bytes estimated, ${taken} taken: ${ratio.toFixed(2)}`);
    assert.ok(ratio > 0.6 && ratio < 1.5, `${use.bytes} bytes estimated, ${taken} taken`);
  });

test('an event counts once, however many hold it, and kinds without entries are left out', () => {
  const event = eventAt(1).event;
  const one = new ByteCounter().of({ lists: { waiting: [{ event }], told: [] } });
  const two = new ByteCounter().of({ lists: { waiting: [{ event }, { event }] } });
  assert.deepEqual(
    [...one, ...two].map(({ kind, entries }) => [kind, entries]),
    [
      ['waiting', 1],
      ['waiting', 2],
    ],
  );
  const [first, second] = [one[0]?.bytes ?? 0, two[0]?.bytes ?? 0];
  assert.equal(second - first, 24 + 8 + 40);
  const known: KnownSizes = new WeakMap();
  const all = new ByteCounter(known).of({ lists: { waiting: [{ event }] } });
  assert.deepEqual(new ByteCounter(known).of({ lists: { waiting: [{ event }] } }), all);
});

test('what all alerts of a rule share counts once', () => {
  const alert = (id: string, rule: string) => ({
    key: id,
    time: START,
    origin: { file: 'alerts' },
    document: { id, 'kibana.alert.rule.uuid': rule, 'kibana.alert.rule.note': 'n'.repeat(8000) },
  });
  const bytesOf = (...events: readonly object[]): number =>
    new ByteCounter().of({ lists: { window: events } })[0]?.bytes ?? 0;
  const one = bytesOf(alert('a', 'r'));
  assert.ok(one > 8000);
  assert.ok(bytesOf(alert('a', 'r'), alert('b', 'r')) < one + 1000);
  assert.ok(bytesOf(alert('a', 'r'), alert('b', 's')) > 16_000);
});
