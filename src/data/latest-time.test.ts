import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestTime } from './latest-time.ts';

const DAY = 86_400_000;

/** The time after each event, in days, and how many events were found to be ahead. */
function run(...days: readonly number[]): { readonly times: number[]; readonly ahead: number } {
  let ahead = 0;
  const latest = new LatestTime((events) => (ahead += events));
  const times = days.map((day) => {
    latest.see(day * DAY);
    return latest.time / DAY;
  });
  return { times, ahead };
}

test('the time is that of the latest event', () => {
  assert.deepEqual(run(5, 5.5, 5.2, 6.5), { times: [5, 5.5, 5.5, 6.5], ahead: 0 });
});

test('an event far ahead does not move it, and is counted when the next one is not there', () => {
  assert.deepEqual(run(5, 5000, 5.1, 5.2), { times: [5, 5, 5.1, 5.2], ahead: 1 });
  assert.deepEqual(run(5, 5000, 6000, 5.1, 7000, 5.2), { times: [5, 5, 5, 5.1, 5.1, 5.2], ahead: 3 });
});

test('a gap is one when three events in a row lie behind it: the earliest of them is right', () => {
  assert.deepEqual(run(5, 9, 9.1, 9.05, 9.2), { times: [5, 5, 5, 9.1, 9.2], ahead: 0 });
  assert.deepEqual(run(5, 9, 5000, 9.05, 9.2), { times: [5, 5, 5, 9.05, 9.2], ahead: 1 });
});

test('exactly a day ahead is near', () => {
  assert.deepEqual(run(5, 6, 7.01), { times: [5, 6, 6], ahead: 0 });
});

test('at the end nothing can show any more that the last events were wrong', () => {
  const latest = new LatestTime(() => assert.fail('nothing is ahead'));
  for (const day of [5, 9, 5000]) latest.see(day * DAY);
  latest.end();
  assert.equal(latest.time, 9 * DAY);
});

test('what is said from outside needs no witness', () => {
  const latest = new LatestTime(() => assert.fail('nothing is ahead'));
  latest.see(5 * DAY);
  assert.equal(latest.pass(50 * DAY), true);
  assert.equal(latest.pass(40 * DAY), false);
  assert.equal(latest.time, 50 * DAY);
});

test('it goes on as before after a restart', () => {
  const [one, other] = [new LatestTime(() => {}), new LatestTime(() => {})];
  for (const day of [5, 9, 9.1]) one.see(day * DAY);
  other.restore(JSON.parse(JSON.stringify(one.values())));
  assert.deepEqual(other.values(), one.values());
  for (const latest of [one, other]) latest.see(9.2 * DAY);
  assert.deepEqual([one.time, other.time], [9.2 * DAY, 9.2 * DAY]);
});
