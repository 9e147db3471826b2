import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../data/document.ts';
import { prior } from './prior.ts';
import { Sample } from './sample.ts';
import type { Witness } from './witness.ts';

const field = (path: string) => ({ name: path, path });
const text = (path: string, value: string): Witness => ({ kind: 'text', field: field(path), text: value });
const part = (path: string, value: string, at: 'anywhere' | 'start' | 'end'): Witness => ({
  kind: 'part',
  field: field(path),
  text: value,
  at,
});
const present = (path: string): Witness => ({ kind: 'present', path });

function sampleOf(...documents: readonly JsonObject[]): Sample {
  const sample = new Sample(['a', 'b', 'b.c', 'n', 'e']);
  for (const document of documents) sample.add(document);
  return sample;
}

/** What the events show, without the part that the prior has in it. */
const counted = (sample: Sample, witness: Witness): number =>
  sample.estimate(witness) * (sample.events + 1) - prior(witness);

const isAbout = (found: number, expected: number): void => {
  assert.ok(Math.abs(found - expected) < 1e-9, `${found} is not ${expected}`);
};

test('without events the prior decides', () => {
  for (const witness of [text('a', 'x'), present('b'), part('e', 'xyz', 'start'), text('unknown', 'x')])
    assert.equal(sampleOf().estimate(witness), prior(witness));
});

test('values, pieces of them, numbers and presences are counted', () => {
  const sample = sampleOf(
    { a: 'Curl', 'b.c': [1, 2], n: 5 },
    { a: ['curl', 'wget'], b: { c: 'x', d: 1 } },
    { a: 'nc', n: 5.5, e: null, b: [] },
    {},
  );
  const rows: readonly (readonly [Witness, number])[] = [
    [text('a', 'curl'), 2],
    [text('a', 'wget'), 1],
    [text('a', 'xz'), 0],
    [part('a', 'url', 'anywhere'), 2],
    [part('a', 'url', 'start'), 0],
    [part('a', 'w', 'start'), 1],
    [part('a', 'l', 'end'), 2],
    [{ kind: 'number', field: field('n'), number: '5' }, 1],
    [{ kind: 'number', field: field('b.c'), number: '2' }, 1],
    [present('a'), 3],
    [present('b'), 2],
    [present('b.c'), 2],
    [present('e'), 0],
    [{ kind: 'order', field: field('n'), order: 'lt', than: '7' }, 0.6],
  ];
  for (const [witness, count] of rows) isAbout(counted(sample, witness), count);
});

test('no share is over one, and what comes later counts', () => {
  const sample = sampleOf({ a: ['xx', 'xy', 'xz'] });
  isAbout(counted(sample, part('a', 'x', 'start')), 1);
  sample.add({ a: 'y' });
  sample.add({ a: 'xw' });
  isAbout(counted(sample, part('a', 'x', 'start')), 3);
});

test('a sample that takes the counts of another one goes on as that one', () => {
  const documents = [{ a: ['Curl', 'wget'], b: { c: 1 } }, { a: 'x'.repeat(300) }, { e: 'y' }];
  const other = sampleOf({ a: 'nc', n: 1 }, { n: 2 });
  const first = sampleOf(...documents);
  other.take(structuredClone(first.counts));
  assert.deepEqual(other.counts, first.counts);
  for (const sample of [first, other]) sample.add({ a: 'curl', b: 1 });
  assert.deepEqual(other.counts, first.counts);
  const [is, holds] = [text('a', 'curl'), part('a', 'cu', 'start')];
  isAbout(counted(other, is), 2);
  isAbout(counted(other, holds), counted(first, holds));
});

test('of more values than are kept, others count by the prior', () => {
  const sample = sampleOf(...Array.from({ length: 300 }, (_, i) => ({ a: `v${i}` })), { a: 'x'.repeat(300) });
  isAbout(counted(sample, text('a', 'v7')), 1);
  isAbout(counted(sample, text('a', 'v299')), 0);
  const piece = part('a', 'xxxx', 'anywhere');
  isAbout(counted(sample, piece), 45 * prior(piece));
});
