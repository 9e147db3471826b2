import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseDate, parseMoment } from './date.ts';
import { Numeral } from './numeral.ts';

const at = (iso: string): number => Date.parse(iso);

for (const [text, wanted] of [
  ['2026-03-02T09:05:43.012Z', '2026-03-02T09:05:43.012Z'],
  ['2026-03-02T09:05:43.012904Z', '2026-03-02T09:05:43.012Z'],
  ['2026-03-02T09:05:43.123456789Z', '2026-03-02T09:05:43.123Z'],
  ['2026-03-02T09:05:43,5Z', '2026-03-02T09:05:43.500Z'],
  ['2026-03-02T09:05:43', '2026-03-02T09:05:43.000Z'],
  ['2026-03-02T09:05Z', '2026-03-02T09:05:00.000Z'],
  ['2026-03-02T09', '2026-03-02T09:00:00.000Z'],
  ['2026-03-02T', '2026-03-02T00:00:00.000Z'],
  ['2026-03-02', '2026-03-02T00:00:00.000Z'],
  ['2026-03', '2026-03-01T00:00:00.000Z'],
  ['2026', '2026-01-01T00:00:00.000Z'],
  ['2026-03-02T09:05:43+02:00', '2026-03-02T07:05:43.000Z'],
  ['2026-03-02T09:05:43-0130', '2026-03-02T10:35:43.000Z'],
  ['2026-03-02T00:05+01', '2026-03-01T23:05:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['1772442343012', '2026-03-02T09:05:43.012Z'],
  ['0', '1970-01-01T00:00:00.000Z'],
  ['-1', '1969-12-31T23:59:59.999Z'],
] as const) {
  test(`${text} is ${wanted}`, () => assert.equal(parseDate(text), at(wanted)));
}

for (const text of [
  '',
  ' ',
  'now',
  '2026-3-2',
  '2026-13-01',
  '2026-00-01',
  '2026-02-29',
  '2026-04-31',
  '2026-01-00',
  '26-01-01',

  '2026-03-02T24:00:00Z',
  '2026-03-02T09:60',
  '2026-03-02T09:05:60Z',
  '2026-03-02T9',
  '2026-03-02 09:05:43',

  '2026-03-02T09:05:43.Z',
  '2026-03-02T09:05:43.1234567890Z',
  '2026-03-02T09:05:43z',
  '2026-03-02Z',
  '2026Z',

  '2026-03-02T09:05:43+2',
  '2026-03-02T09:05:43+19:00',
  '2026-03-02T09:05:43Zx',
  '2026-03-02x',
  '1.5',
  '1e3',
  '99999999999999999999',
]) {
  test(`"${text}" is no date`, () => assert.equal(parseDate(text), undefined));
}

test('numbers are milliseconds, and booleans are no dates', () => {
  assert.equal(parseDate(1772442343012), 1772442343012);
  assert.equal(parseDate(2026), 2026);
  assert.equal(parseDate(1.9), 1);
  assert.equal(parseDate(new Numeral('1772442343012.0')), 1772442343012);
  assert.equal(parseDate(new Numeral('9223372036854775807')), undefined);
  assert.equal(parseDate(true), undefined);
});

test('the precision is that of the last part written', () => {
  const precision = (text: string) => parseMoment(text)?.precision;
  const year = '2026-03-02T09:05:43.1Z';
  assert.deepEqual(
    [4, 7, 10, 11, 13, 16, 19, 21].map((length) => precision(year.slice(0, length))),
    ['year', 'month', 'day', 'day', 'hour', 'minute', 'second', 'millisecond'],
  );
  assert.equal(precision('1772442343012'), 'millisecond');
});

test('every moment is read back from its ISO text', () => {
  const years = { min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(years), (date) => assert.equal(parseDate(date.toISOString()), date.getTime())),
  );
});
