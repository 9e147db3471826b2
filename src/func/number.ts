import { numberArgument, positionArgument } from './arguments.ts';
import { integer } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const number = defineFunction({
  name: 'number',
  category: 'conversion',
  summary:
    'The number that a text is: a decimal number, `0x` and hexadecimal digits, or an integer of the base.',
  parameters: [
    {
      name: 'text',
      type: 'string',
      doc: 'The text, spaces around it allowed; anything unreadable gives null.',
    },
    {
      name: 'base',
      type: 'number',
      optional: true,
      doc: 'From 2 to 36; when null or left out, 16 after `0x` and else 10.',
    },
  ],
  returns: 'number',
  onNull: 'own',
  insensitive: false,
  examples: [
    { call: 'number("1337")', gives: 1337 },
    { call: 'number(" -42.5 ")', gives: -42.5 },
    { call: 'number("0x1F")', gives: 31 },
    { call: 'number("0x1F", 16)', gives: 31 },
    { call: 'number("1f", 16)', gives: 31 },
    { call: 'number("0755", 8)', gives: 493 },
    { call: 'number("12", null)', gives: 12 },
    { call: 'number("twelve")', gives: null },
    { call: 'number(null)', gives: null },
  ],
  call: ([value = null, baseValue = null]) => {
    const base = positionArgument(baseValue);
    if (value === null || (base === null && baseValue !== null)) return null;
    if (typeof value !== 'string') return numberArgument(value);
    const text = value.trim();
    const hexadecimal = /^([+-]?)0[xX]/.exec(text);
    if (hexadecimal !== null && (base === null || base === 16))
      return parseInteger(`${hexadecimal[1] ?? ''}${text.slice(hexadecimal[0].length)}`, 16);
    return base === null || base === 10 ? numberArgument(text) : parseInteger(text, base);
  },
});

/** Exact to 64 bits; null when a digit is not of the base. */
function parseInteger(text: string, base: number): number | bigint | null {
  const digits = text.replace(/^[+-]/, '').toLowerCase();
  if (base < 2 || base > 36 || digits === '') return null;
  let total = 0n;
  for (const character of digits) {
    const digit = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(character);
    if (digit === -1 || digit >= base) return null;
    total = total * BigInt(base) + BigInt(digit);
  }
  return integer(text.startsWith('-') ? -total : total);
}
