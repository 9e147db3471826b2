import { arithmetic } from './arithmetic.ts';
import { defineFunction } from './define.ts';

export const negate = defineFunction({
  name: 'negate',
  category: 'number',
  summary: 'The number with the other sign: the operator `-` before a value.',
  parameters: [{ name: 'value', type: 'number', doc: 'The number.' }],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  operatorOnly: true,
  examples: [
    { call: '-length("abc")', gives: -3 },
    { call: '-number("-1.5")', gives: 1.5 },
  ],
  call: ([value = null]) => arithmetic({ integers: (a, b) => a - b, doubles: (a, b) => a - b }, [0, value]),
});
