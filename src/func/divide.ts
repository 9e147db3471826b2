import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const divide = defineFunction({
  name: 'divide',
  category: 'number',
  summary:
    'The quotient of two numbers; the same as `left / right`. Two integers give an integer: the fraction is dropped.',
  parameters: [
    { name: 'left', type: 'number', doc: 'The dividend.' },
    { name: 'right', type: 'number', doc: 'The divisor; zero gives null.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'divide(83, 2)', gives: 41 },
    { call: 'divide(-7, 2)', gives: -3 },
    { call: 'divide(7, 0.5)', gives: 14 },
    { call: 'divide(7, 0)', gives: null },
  ],
  call: (args) =>
    arithmetic({ integers: (a, b) => (b === 0n ? null : a / b), doubles: (a, b) => a / b }, args),
});
