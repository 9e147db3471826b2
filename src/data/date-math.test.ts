import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Rounding } from './date-math.ts';
import { dateBounds, isDateExpression, resolveBound, resolveDate, roundingOf } from './date-math.ts';

/** A Tuesday. */
const now = Date.parse('2026-03-31T09:05:43.012Z');

const resolved = (expression: string, round: Rounding): string | undefined => {
  const time = resolveDate(expression, now, round);
  return time === undefined ? undefined : new Date(time).toISOString();
};

for (const [expression, down, up = down] of [
  ['now', '2026-03-31T09:05:43.012Z'],
  ['now-30d', '2026-03-01T09:05:43.012Z'],
  ['now+1h', '2026-03-31T10:05:43.012Z'],
  ['now+1H', '2026-03-31T10:05:43.012Z'],
  ['now-90m', '2026-03-31T07:35:43.012Z'],
  ['now-30s', '2026-03-31T09:05:13.012Z'],
  ['now-2w', '2026-03-17T09:05:43.012Z'],
  ['now-1M', '2026-02-28T09:05:43.012Z'],
  ['now+1M', '2026-04-30T09:05:43.012Z'],
  ['now-15M', '2024-12-31T09:05:43.012Z'],
  ['now-1y', '2025-03-31T09:05:43.012Z'],
  ['now-d', '2026-03-30T09:05:43.012Z'],
  ['now+1M-1d', '2026-04-29T09:05:43.012Z'],
  ['now/s', '2026-03-31T09:05:43.000Z', '2026-03-31T09:05:43.999Z'],
  ['now/m', '2026-03-31T09:05:00.000Z', '2026-03-31T09:05:59.999Z'],
  ['now/h', '2026-03-31T09:00:00.000Z', '2026-03-31T09:59:59.999Z'],
  ['now/d', '2026-03-31T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
  ['now/w', '2026-03-30T00:00:00.000Z', '2026-04-05T23:59:59.999Z'],
  ['now/M', '2026-03-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
  ['now/y', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
  ['now-30d/d', '2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z'],
  ['now/d+1h', '2026-03-31T01:00:00.000Z', '2026-04-01T00:59:59.999Z'],
  ['2026-09-30', '2026-09-30T00:00:00.000Z', '2026-09-30T23:59:59.999Z'],
  ['2026-09', '2026-09-01T00:00:00.000Z', '2026-09-01T23:59:59.999Z'],
  ['2026', '2026-01-01T00:00:00.000Z', '2026-01-01T23:59:59.999Z'],
  ['2026-09-30T10', '2026-09-30T10:00:00.000Z', '2026-09-30T10:59:59.999Z'],
  ['2026-09-30T10:20', '2026-09-30T10:20:00.000Z', '2026-09-30T10:20:59.999Z'],
  ['2026-09-30T10:20:30Z', '2026-09-30T10:20:30.000Z', '2026-09-30T10:20:30.999Z'],
  ['2026-09-30T10:20:30.5Z', '2026-09-30T10:20:30.500Z'],
  ['2026-09-30T10:20+02:00', '2026-09-30T08:20:00.000Z', '2026-09-30T08:20:59.999Z'],
  ['2026-09-30||', '2026-09-30T00:00:00.000Z'],
  ['2024-02-29||+1y', '2025-02-28T00:00:00.000Z'],
  ['2026-09-30||/M', '2026-09-01T00:00:00.000Z', '2026-09-30T23:59:59.999Z'],
  ['2026-09-30T10:20:30||-1d/h', '2026-09-29T10:00:00.000Z', '2026-09-29T10:59:59.999Z'],
  ['1772442343012', '2026-03-02T09:05:43.012Z'],
  ['1772442343012||/d', '2026-03-02T00:00:00.000Z', '2026-03-02T23:59:59.999Z'],
] as const) {
  test(`${expression} is ${down}, rounded up ${up}`, () => {
    assert.equal(resolved(expression, 'down'), down);
    assert.equal(resolved(expression, 'up'), up);
    assert.equal(isDateExpression(expression), true);
  });
}

for (const expression of [
  '',
  'tomorrow',
  'Now',
  'now ',
  'now - 1d',
  'now+',
  'now-1',
  'now/',
  'now/2d',
  'now-1x',
  'now-1.5d',
  'now||-1d',
  '2026-09-30-1d',
  '2026-09-31',
  '||+1d',
  'soon||+1d',
  'now+99999999999y',
  '2026-09-30||+1d||+1d',
]) {
  test(`"${expression}" is no date expression`, () => assert.equal(isDateExpression(expression), false));
}

test('each bound rounds so that the whole span is inside or outside', () => {
  assert.deepEqual((['gte', 'lt', 'gt', 'lte'] as const).map(roundingOf), ['down', 'down', 'up', 'up']);
  const bounds = dateBounds('2026-09-30');
  assert.deepEqual(bounds, [
    { order: 'gte', than: '2026-09-30' },
    { order: 'lte', than: '2026-09-30' },
  ]);
  assert.deepEqual(
    bounds.map((bound) => resolveBound(bound, now)),
    [Date.parse('2026-09-30T00:00:00.000Z'), Date.parse('2026-09-30T23:59:59.999Z')],
  );
});

const moments = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
const units = fc.constantFrom('y', 'M', 'w', 'd', 'h', 'm', 's');

test('rounding is idempotent and encloses the moment', () => {
  fc.assert(
    fc.property(moments, units, (moment, unit) => {
      const time = moment.getTime();
      const [down = NaN, up = NaN] = [
        resolveDate(`now/${unit}`, time, 'down'),
        resolveDate(`now/${unit}`, time, 'up'),
      ];
      assert.ok(down <= time && time <= up);
      assert.equal(resolveDate(`now/${unit}/${unit}`, time, 'down'), down);
      assert.equal(resolveDate(`now/${unit}`, down, 'down'), down);
      assert.equal(resolveDate(`now/${unit}`, up, 'up'), up);
      assert.equal(resolveDate(`now/${unit}`, up + 1, 'down'), up + 1);
    }),
  );
});

test('a fixed length added and taken away leaves the moment', () => {
  fc.assert(
    fc.property(moments, fc.nat(1000), fc.constantFrom('w', 'd', 'h', 'm', 's'), (moment, count, unit) =>
      assert.equal(
        resolveDate(`now+${count}${unit}-${count}${unit}`, moment.getTime(), 'down'),
        moment.getTime(),
      ),
    ),
  );
});
