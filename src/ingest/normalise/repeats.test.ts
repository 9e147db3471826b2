import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../sample/random.ts';
import { Repeats } from './repeats.ts';

/** Numbers of 32 bits without a pattern, as fingerprints are. */
const spread = (n: number): number => Math.imul(n ^ (n >>> 15), 0x9e3779b1) >>> 0;

test('repeats are remembered up to a bound, the youngest at least', () => {
  const repeats = new Repeats(0, 1000);
  const see = (key: number, content: number) => repeats.see(1 + (key % 7), spread(key), 1, content);
  for (let n = 0; n < 5000; n++) assert.equal(see(n, n), 'new');
  for (let n = 4999; n >= 4000; n--) assert.equal(see(n, n), 'repeat');
  assert.equal(see(4999, 1), 'same key, other content');
  assert.equal(see(0, 0), 'new');
});

test('nothing is lost or confused while the table grows', () => {
  const repeats = new Repeats();
  const random = seededRandom(7);
  const seen = Array.from({ length: 200_000 }, () =>
    [1, 0, 0, 0].map((least) => random.between(least, 2 ** 32 - 1)),
  ) as [number, number, number, number][];
  for (const record of seen) {
    repeats.fetch(Uint32Array.of(record[1], record[3]));
    assert.equal(repeats.see(...record), 'new');
  }
  for (const [high, low, contentHigh, contentLow] of seen) {
    assert.equal(repeats.see(high, low, contentHigh, contentLow), 'repeat');
    assert.equal(repeats.see(high, low, (contentHigh ^ 1) >>> 0, contentLow), 'same key, other content');
    assert.equal(
      repeats.see(high, low, contentHigh, (contentLow ^ 0x80000000) >>> 0),
      'same key, other content',
    );
  }
});

test('keys that differ in one half only are two, also at both ends of the table', () => {
  const repeats = new Repeats();
  for (const low of [0, 1, 2 ** 32 - 1, 2 ** 32 - 2])
    for (let high = 1; high <= 500; high++) assert.equal(repeats.see(high, low, 0, 0), 'new');
  for (const low of [0, 1, 2 ** 32 - 1, 2 ** 32 - 2])
    for (let high = 1; high <= 500; high++) assert.equal(repeats.see(high, low, 0, 0), 'repeat');
});

test('however many records were foretold, all are remembered', () => {
  for (const foretold of [10, 20_000, 10 ** 9]) {
    const repeats = new Repeats(1000 * foretold, 15_000);
    repeats.count(1, 1000);
    const see = (key: number) => repeats.see(1, spread(key), 0, key);
    for (let n = 0; n < 20_000; n++) assert.equal(see(n), 'new');
    for (let n = 0; n < 20_000; n++) assert.equal(see(n), 'repeat');
  }
});
