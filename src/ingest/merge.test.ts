import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { inRuns } from '../../tests/support/idle.ts';
import { AUTO, eachAlone } from '../../tests/support/ingest.ts';
import type { Arrival, EventEnvelope } from '../model/event.ts';
import { Collector } from './collector.ts';
import { readInputs, readInputsByTime } from './index.ts';
import { OPEN_FILES } from './limits.ts';
import type { TimedSource } from './merge.ts';
import { mergeByTime } from './merge.ts';
import type { Batch } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-merge-'));
after(() => rmSync(folder, { recursive: true }));

/** Documents at these minutes of a day, one a line; a missing one has no time. */
function log(name: string, ...minutes: readonly (number | undefined)[]): string {
  const lines = minutes.map((minute, at) =>
    JSON.stringify({
      ...(minute === undefined ? {} : { '@timestamp': new Date(minute * 60_000).toISOString() }),
      event: { id: `${name}-${at}` },
    }),
  );
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const minutesOf = async (batches: AsyncGenerator<Batch>): Promise<(number | undefined)[]> => {
  const found = await Array.fromAsync(batches);
  return found.flatMap(({ events }) =>
    events.map(({ time }) => (time === undefined ? undefined : time / 60_000)),
  );
};

const event = (time: number | undefined, line: number, file: string): EventEnvelope => ({
  key: `${file}:${line}`,
  time,
  document: {},
  origin: { file, line },
});

interface Opening {
  now: number;
  most: number;
}

/** A source that hands its events over two at a time, and counts how many are open with it. */
function source(name: string, times: readonly (number | undefined)[], open?: Opening): TimedSource {
  async function* read(): AsyncGenerator<Batch> {
    if (open !== undefined) open.most = Math.max(open.most, ++open.now);
    for (let at = 0; at < times.length; at += 2) {
      const collector = new Collector();
      times.slice(at, at + 2).forEach((time, i) => collector.event(event(time, at + i, name)));
      yield await Promise.resolve(collector.take(name, at, undefined));
    }
    if (open !== undefined) open.now--;
  }
  const [begins] = times.slice(0, 1);
  return { name, begins, read };
}

const mergedPlaces = async (sources: readonly TimedSource[]): Promise<string[]> =>
  (await Array.fromAsync(mergeByTime(sources))).flatMap((batch) =>
    eachAlone(batch).events.map(({ key }) => key),
  );

test('files that overlap come in the order of time, equal times in the order of the files', async () => {
  const [a, b] = [log('a.log', 1, 3, 5), log('b.log', 2, 3, 9)];
  assert.deepEqual(await minutesOf(readInputsByTime([b, a], AUTO)), [1, 2, 3, 3, 5, 9]);
  assert.deepEqual(await minutesOf(readInputs([b, a], AUTO)), [2, 3, 9, 1, 3, 5]);
  assert.deepEqual(await mergedPlaces([source('b', [2, 3]), source('a', [1, 3])]), [
    'a:0',
    'b:0',
    'b:1',
    'a:1',
  ]);
});

test('files that do not overlap are read one after the other, whatever their order', async () => {
  const open: Opening = { now: 0, most: 0 };
  const sources = [source('late', [7, 8, 9], open), source('early', [1, 2, 3, 4, 6], open)];
  assert.deepEqual(await mergedPlaces(sources), [
    'early:0',
    'early:1',
    'early:2',
    'early:3',
    'early:4',
    'late:0',
    'late:1',
    'late:2',
  ]);
  assert.equal(open.most, 1);
});

test('what is late or has no time comes as soon as its file can give it', async () => {
  assert.deepEqual(await mergedPlaces([source('a', [5, 1, undefined, 8]), source('b', [4, 6])]), [
    'b:0',
    'a:0',
    'a:1',
    'a:2',
    'b:1',
    'a:3',
  ]);
  assert.deepEqual(await mergedPlaces([source('a', [2]), source('b', [undefined, 9])]), [
    'b:0',
    'a:0',
    'b:1',
  ]);
});

test('the account of every file is told, and nothing of a file with nothing to say', async () => {
  const [good, empty] = [log('good.log', 4, 2), join(folder, 'empty.log')];
  writeFileSync(empty, 'no JSON\n');
  const batches = await Array.fromAsync(readInputsByTime([good, empty], AUTO));
  const sum = (count: (batch: Batch) => number): number =>
    batches.reduce((total, batch) => total + count(batch), 0);
  assert.deepEqual(
    [
      sum(({ records }) => records),
      sum(({ refusals }) => refusals.length),
      sum(({ events }) => events.length),
    ],
    [3, 1, 2],
  );
});

test('over the limit of open files the others wait, and that is told', async () => {
  const sources = Array.from({ length: OPEN_FILES + 2 }, (_, i) => source(`f${i}`, [1, 5]));
  const batches = await Array.fromAsync(mergeByTime(sources));
  const waited = batches.flatMap(({ repaired }) => [...repaired]);
  const events = batches.reduce((count, batch) => count + batch.events.length, 0);
  assert.deepEqual(
    [waited, events],
    [
      [
        [`file read after others that it overlaps, since ${OPEN_FILES} were open`, 1],
        [`file read after others that it overlaps, since ${OPEN_FILES} were open`, 1],
      ],
      2 * sources.length,
    ],
  );
});

const DAY = 86_400_000;
const onDays = (name: string, ...days: readonly (number | undefined)[]): TimedSource =>
  source(
    name,
    days.map((day) => (day === undefined ? undefined : day * DAY)),
  );

test('a line from the far future does not hold back the rest of its file', async () => {
  const other = () => onDays('b', 1.15, 1.25, 1.35);
  const order = (...days: readonly (number | undefined)[]) => mergedPlaces([onDays('a', ...days), other()]);
  // Where its file is, alone or with a neighbour, however many events are read at once.
  assert.deepEqual(await order(1.1, 9000, 1.2, 1.3), ['a:0', 'a:1', 'b:0', 'a:2', 'b:1', 'a:3', 'b:2']);
  assert.deepEqual(await order(1.1, 9000, undefined, 9001, 1.2), [
    'a:0',
    'a:1',
    'a:2',
    'a:3',
    'b:0',
    'a:4',
    'b:1',
    'b:2',
  ]);
  // The first line too, when the beginning of the file tells where it begins.
  const first = { ...onDays('a', 9000, 1.1, 1.2), begins: 1.1 * DAY };
  assert.deepEqual(await mergedPlaces([first, other()]), ['a:0', 'a:1', 'b:0', 'a:2', 'b:1', 'b:2']);
});

test('what holds a time undecided for long is taken for right, and the file is read no further until then', async () => {
  const open: Opening = { now: 0, most: 0 };
  const untimed = Array.from({ length: 1100 }, () => undefined);
  const far = source('a', [DAY, 9000 * DAY, ...untimed, DAY], open);
  const places = await mergedPlaces([far, onDays('b', 1.1, 1.2)]);
  assert.deepEqual(places.slice(0, 4), ['a:0', 'b:0', 'b:1', 'a:1']);
  assert.equal(places.length, 1105);
});

test('behind a gap that three events confirm, and at the end of a file, times are right', async () => {
  const other = () => onDays('b', 1.5, 2, 2.5, 3);
  assert.deepEqual(await mergedPlaces([onDays('a', 1, 5, 5.1, 5.2), other()]), [
    'a:0',
    'b:0',
    'b:1',
    'b:2',
    'b:3',
    'a:1',
    'a:2',
    'a:3',
  ]);
  assert.deepEqual(await mergedPlaces([onDays('a', 1, 2.2), other()]), [
    'a:0',
    'b:0',
    'b:1',
    'a:1',
    'b:2',
    'b:3',
  ]);
  // The one amid those that confirm each other is wrong all the same.
  assert.deepEqual(await mergedPlaces([onDays('a', 1, 5, 9000, 5.1, 5.2, 5.3), onDays('b', 6)]), [
    'a:0',
    'a:1',
    'a:2',
    'a:3',
    'a:4',
    'a:5',
    'b:0',
  ]);
});

test('of files that are in order themselves, the merge is in order and complete', async () => {
  const times = fc.array(fc.nat(50), { minLength: 1, maxLength: 9 }).map((all) => all.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 1, maxLength: 6 }), async (files) => {
      const sources = files.map((all, i) => source(String(i), all));
      const found = (await Array.fromAsync(mergeByTime(sources))).flatMap((batch) => eachAlone(batch).events);
      assert.deepEqual(
        found.map(({ time }) => time),
        files.flat().sort((a, b) => a - b),
      );
    }),
  );
});

test('idle events that come together are merged as if each came alone', async () => {
  const day = 86_400_000;
  const time = fc.option(
    fc.oneof(
      { weight: 9, arbitrary: fc.nat(20) },
      { weight: 1, arbitrary: fc.constantFrom(3 * day, 9 * day) },
    ),
    { nil: undefined, freq: 12 },
  );
  const file = fc.record({
    times: fc.array(time, { minLength: 1, maxLength: 24 }),
    lengths: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
    batch: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      const merged = (arrive: (events: readonly EventEnvelope[], lengths: readonly number[]) => Arrival[]) =>
        mergedPlaces(
          files.map(({ times, lengths, batch }, at) => ({
            name: String(at),
            begins: times.find((one) => one !== undefined),
            async *read() {
              for (let from = 0; from < times.length; from += batch) {
                const collector = new Collector<Arrival>();
                const events = times
                  .slice(from, from + batch)
                  .map((one, i) => event(one, from + i, String(at)));
                for (const arrival of arrive(events, lengths)) collector.event(arrival);
                yield await Promise.resolve(collector.take(String(at), 0, undefined));
              }
            },
          })),
        );
      assert.deepEqual(await merged(inRuns), await merged((events) => [...events]));
    }),
  );
});
