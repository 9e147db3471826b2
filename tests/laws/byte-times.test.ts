/**
 * The time that the scanner reads in an event is the one that decoding reads: in every month, leap years and others, with
 * any number of digits behind the second, and in forms that are no times at all.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { auditEvent, readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { law } from './law.ts';

/** Of no rule: what is told of an event does not hang on what it says. */
const interest = interestOf(new Matcher([]), 0, []);

const two = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((value) => String(value).padStart(2, '0'));
const year = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('1900', '2000', '2024', '2026', '2028', '2100', '2400', '1600') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, '0')) },
);
/** Months and days at their ends, since that is where calendars differ. */
const day = fc.oneof(
  fc.tuple(two(1, 12), two(27, 32)),
  fc.tuple(two(1, 12), two(1, 28)),
  fc.constantFrom<[string, string]>(
    ['02', '29'],
    ['02', '28'],
    ['03', '01'],
    ['00', '10'],
    ['13', '01'],
    ['12', '00'],
  ),
);
const often = (usual: fc.Arbitrary<string>, rare: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: rare });
const clock = fc.tuple(
  often(two(0, 23), two(24, 30)),
  often(two(0, 59), two(60, 70)),
  often(two(0, 59), two(60, 70)),
);
const fraction = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', '.') },
  { weight: 4, arbitrary: fc.stringMatching(/^\.\d{1,20}$/) },
);
const end = often(fc.constant('Z'), fc.constantFrom('z', '', '+00:00', '+02:00', '-0330', 'ZZ', ' Z'));

const damage = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat({ max: 30 }), fc.constantFrom('x', ' ', '-', ':', '/', '.', 'T', 'é')),
  },
);
const time = fc
  .tuple(year, day, clock, fraction, end, damage)
  .map(([y, [month, date], [hour, minute, second], rest, zone, change]) => {
    const text = `${y}-${month}-${date}T${hour}:${minute}:${second}${rest}${zone}`;
    if (change === undefined) return text;
    const at = change[0] % text.length;
    return text.slice(0, at) + change[1] + text.slice(at + 1);
  });

let [judged, all] = [0, 0];

law('times are those of documents', [fc.array(time, { minLength: 1, maxLength: 4 })], (times) => {
  const lines = times.flatMap((text, i) => [
    JSON.stringify(auditEvent({ auditID: `a${i}`, stageTimestamp: text })),
    JSON.stringify({ '@timestamp': text, event: { kind: 'event', id: `e${i}` } }),
  ]);
  const text = lines.map((line) => `${line}\n`).join('');
  const [scanned, decoded] = [readBytes(text, { interest }).events, readBytes(text).events];
  assert.deepEqual(
    scanned.map((event) => event.time),
    decoded.map((event) => event.time),
    times.join(', '),
  );
  all += scanned.length;
  judged += scanned.filter((event) => event.judged !== undefined).length;
});

test('most of them are read from bytes, and some are not', () => {
  assert.ok(judged > all / 3 && judged < all, `${judged} of ${all}`);
});
