import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const modulo = defineFunction({
  name: 'modulo',
  category: 'number',
  summary: 'The remainder of a division; the same as `left % right`. It has the sign of the dividend.',
  parameters: [
    { name: 'left', type: 'number', doc: 'The dividend.' },
    { name: 'right', type: 'number', doc: 'The divisor; zero gives null.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'modulo(10, 6)', gives: 4 },
    { call: 'modulo(-10, -6)', gives: -4 },
    { call: 'modulo(10, 0)', gives: null },
  ],
  call: (args) =>
    arithmetic({ integers: (a, b) => (b === 0n ? null : a % b), doubles: (a, b) => a % b }, args),
});
