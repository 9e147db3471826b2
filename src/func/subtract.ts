import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const subtract = defineFunction({
  name: 'subtract',
  category: 'number',
  summary: 'The difference of two numbers; the same as `left - right`.',
  parameters: [
    { name: 'left', type: 'number', doc: 'The number to take from.' },
    { name: 'right', type: 'number', doc: 'The number to take away.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'subtract(10, 2)', gives: 8 },
    { call: 'subtract(9007199254740993, 9007199254740992)', gives: 1 },
  ],
  call: (args) => arithmetic({ integers: (a, b) => a - b, doubles: (a, b) => a - b }, args),
});
