import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const string = defineFunction({
  name: 'string',
  category: 'conversion',
  summary: 'The value as text: a number in its shortest decimal form, a boolean as `true` or `false`.',
  parameters: [{ name: 'value', type: 'any', doc: 'The value.' }],
  returns: 'string',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'string(42)', gives: '42' },
    { call: 'string(1.50)', gives: '1.5' },
    { call: 'string(true)', gives: 'true' },
    { call: 'string("abc")', gives: 'abc' },
    { call: 'string(null)', gives: null },
  ],
  call: ([value]) => textArgument(value),
});
