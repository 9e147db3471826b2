import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const add = defineFunction({
  name: 'add',
  category: 'number',
  summary: 'The sum of two numbers; the same as `left + right`.',
  parameters: [
    { name: 'left', type: 'number', doc: 'The first number.' },
    { name: 'right', type: 'number', doc: 'The number to add to it.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'add(2, 3)', gives: 5 },
    { call: 'add(2, 0.5)', gives: 2.5 },
    { call: 'add(2, null)', gives: null },
    { call: 'add(9223372036854775807, 1)', gives: null },
  ],
  call: (args) => arithmetic({ integers: (a, b) => a + b, doubles: (a, b) => a + b }, args),
});
