import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const multiply = defineFunction({
  name: 'multiply',
  category: 'number',
  summary: 'The product of two numbers; the same as `left * right`.',
  parameters: [
    { name: 'left', type: 'number', doc: 'The first factor.' },
    { name: 'right', type: 'number', doc: 'The second factor.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'multiply(2, 21)', gives: 42 },
    { call: 'multiply(3, 0.5)', gives: 1.5 },
  ],
  call: (args) => arithmetic({ integers: (a, b) => a * b, doubles: (a, b) => a * b }, args),
});
