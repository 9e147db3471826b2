import type { Whole } from '../../data/whole.ts';
import { numberOrLost } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC, WHOLE } from './types.ts';

export const round = scalar({
  name: 'ROUND',
  category: 'number',
  summary: 'The number rounded, halves away from zero.',
  parameters: [
    { name: 'number', types: NUMERIC, same: true, doc: 'The number.' },
    {
      name: 'decimals',
      types: WHOLE,
      optional: true,
      doc: 'How many decimals are kept; 0 without it, tens and hundreds when negative.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    ({ returns }) =>
    ([number, decimals = 0], context) =>
      numberOrLost(roundTo(number as Whole, Number(decimals)), returns, context),
  examples: [
    { call: 'ROUND(2.5)', gives: 3 },
    { call: 'ROUND(-2.5)', gives: -3 },
    { call: 'ROUND(1.005, 2)', gives: 1.01 },
    { call: 'ROUND(1250, -2)', gives: 1300 },
    { call: 'ROUND(5)', gives: 5 },
  ],
});

function roundTo(number: Whole, decimals: number): Whole {
  if (typeof number === 'bigint' || (Number.isInteger(number) && decimals < 0))
    return roundWhole(BigInt(number), -decimals);
  return Number.isFinite(number) && !(Number.isInteger(number) && decimals >= 0)
    ? roundDecimal(number, decimals)
    : number;
}

function roundWhole(number: bigint, zeros: number): bigint {
  if (zeros <= 0) return number;
  const unit = 10n ** BigInt(Math.min(zeros, 30));
  const half = number < 0n ? -unit / 2n : unit / 2n;
  return ((number + half) / unit) * unit;
}

/** The digits that the double is written with are rounded, not its binary value: 1.005 has a half at its end. */
function roundDecimal(number: number, decimals: number): number {
  const shifted = Math.abs(shift(number, decimals));
  const rounded = shift(Math.floor(shifted + 0.5), -decimals);
  return Math.sign(number) * rounded;
}

function shift(number: number, places: number): number {
  const [digits, exponent = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
