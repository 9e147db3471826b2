import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { isoText, timeOf } from './time.ts';

const rows: readonly (readonly [JsonValue | undefined, string | undefined])[] = [
  ['2026-03-02T09:05:43.012904Z', '2026-03-02T09:05:43.012Z'],
  ['2026-03-02T09:05:43Z', '2026-03-02T09:05:43.000Z'],
  ['2026-03-02T09:05:43.1Z', '2026-03-02T09:05:43.100Z'],
  ['2026-03-02T09:05:43.123456789012Z', '2026-03-02T09:05:43.123Z'],
  ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
  ['2026-02-29T00:00:00Z', undefined],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['2026-03-02T09:05:43+02:00', '2026-03-02T07:05:43.000Z'],
  ['2022-11-29 00:09:04.38', '2022-11-29T00:09:04.380Z'],
  ['2022-11-29 00:09:04 UTC', '2022-11-29T00:09:04.000Z'],
  ['2026-03-02T24:05:43Z', undefined],
  ['2026-03-02T09:05:43.Z', undefined],
  ['2026-03-02T09:05:43.12x456Z', undefined],
  ['2026-03-02T0x:05:43.120Z', undefined],
  ['yesterday', undefined],
  ['2026', undefined],
  ['', undefined],
  [1772442343.012, '2026-03-02T09:05:43.012Z'],
  [1772442343012, '2026-03-02T09:05:43.012Z'],
  [new Numeral('1772442343.0120'), '2026-03-02T09:05:43.012Z'],
  [1e300, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
];

for (const [value, expected] of rows) {
  test(`time of ${JSON.stringify(value)}`, () => {
    const time = timeOf(value);
    assert.equal(time === undefined ? undefined : new Date(time).toISOString(), expected);
  });
}

test('every time in ISO form is read as it was written', () => {
  const dates = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true });
  fc.assert(fc.property(dates, (date) => timeOf(date.toISOString()) === date.getTime()));
});

test('texts that are no ISO form become one', () => {
  assert.equal(isoText('2026-03-02T09:05:43.012904Z', 0), '2026-03-02T09:05:43.012904Z');
  assert.equal(isoText('2022-11-29 00:09:04.38', 1669680544380), '2022-11-29T00:09:04.380Z');
  assert.equal(isoText(1669680544.38, 1669680544380), '2022-11-29T00:09:04.380Z');
});
