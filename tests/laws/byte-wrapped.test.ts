/**
 * Lines of container runtimes come out as when they are decoded: whole ones from their bytes, split ones put together, of two
 * streams that lie in one file, with lines that are cut, damaged or of another form between them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Matcher } from '../../src/exec/index/matcher.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { accountOf, plain, readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { lineOfEach } from './byte-records.ts';
import { law } from './law.ts';

const PATHS = ['kubernetes.audit.verb', 'event.action', 'user.name', 'process.name', 'source.ip', 'message'];
/** Every record is a candidate. */
const predicates = PATHS.flatMap((path) =>
  ['evil', 'get', ''].map((text): Predicate => ({
    kind: 'not',
    arg: { kind: 'some', field: { name: path, path }, test: { kind: 'text', oneOf: [text], fold: 'lower' } },
  })),
);
const matcher = new Matcher(predicates);
const interest = interestOf(matcher, predicates.length, PATHS);
/** Nothing is: lines go on by the block. */
const idle = interestOf(new Matcher([]), 0, []);

const record = fc.oneof(...Object.values(lineOfEach));
const often = <T>(usual: T, ...rare: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 5 * rare.length, arbitrary: fc.constant(usual) },
    { weight: rare.length, arbitrary: fc.constantFrom(...rare) },
  );
const time = often(
  '2026-03-02T09:05:43.012904123Z',
  '2026-03-02T09:05:43+01:00',
  '2026-03-02 09:05:43Z',
  '2026-03-02T',
  '1T',
  `2026-03-02T${'0'.repeat(60)}`,
  '2026-03-02T\u00a0',
  '2026-03-02T\u2028Z',
  '2026-03-02X09:05:43Z',
  '2026-03.02T09:05:43Z',
  '2o26-03-02T09:05:43Z',
  '2026-03-0:T09:05:43Z',
  '{"a":1}',
);
const stream = fc.constantFrom('stdout', 'stdout', 'stderr', 'stdout', 'stderr', 'stdlog', 'STDOUT', 'other');
const tag = often('F', 'F:x', 'P', 'X', 'FF');
const space = often(' ', '  ', '\t', '');
const end = often('', '', ' ', '\r', ' \r', '\r\r', 'x', '}', `{"verb":"evil"}`);

/** A whole record, or one in parts, of which some may be missing. */
const lines = fc
  .tuple(
    record,
    time,
    stream,
    tag,
    space,
    end,
    fc.option(fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 })),
  )
  .map(([text, at, of, whole, gap, rest, cuts]) => {
    if (cuts === null) return [`${at} ${of} ${whole}${gap}${text}${rest}`];
    const places = cuts.map(([place]) => place % (text.length + 1)).sort((a, b) => a - b);
    const parts = [...places, text.length].map((place, i) => text.slice(places[i - 1] ?? 0, place));
    return parts
      .map((part, i) => `${at} ${of} ${i < places.length ? 'P' : whole} ${part}`)
      .filter((_, i) => cuts[i]?.[1] !== false || i === 0);
  });
/** Another stream's lines may come between the parts of one. */
const log = fc
  .tuple(
    fc.array(lines, { minLength: 1, maxLength: 5 }),
    fc.array(record, { maxLength: 1 }),
    fc.array(fc.nat({ max: 4 }), { maxLength: 24 }),
  )
  .map(([groups, bare, order]) => {
    const left = [...groups, bare].map((group) => [...group]);
    const mixed = order.flatMap((which) => left[which % left.length]?.shift() ?? []);
    return [...mixed, ...left.flat()].map((line) => `${line}\n`).join('');
  });

let [judged, all] = [0, 0];

law('wrapped lines come out as when they are decoded', [log], (text) => {
  const usual = readBytes(text);
  for (const asked of [interest, idle]) {
    const scanned = readBytes(text, { interest: asked });
    assert.deepEqual(accountOf(scanned), accountOf(usual), text);
    assert.deepEqual(scanned.events.map(plain), usual.events.map(plain), text);
    if (asked === idle) continue;
    for (const event of scanned.events) {
      all++;
      if (event.judged === undefined) continue;
      judged++;
      assert.deepEqual(event.judged.holds, matcher.match(event.document, 0).rules, text);
    }
  }
});

test('enough lines are judged from bytes, and some are not', (t) => {
  t.diagnostic(`${judged} of ${all}`);
  assert.ok(judged > all / 6 && judged < all);
});
