import { defineFunction } from './define.ts';

export const concat = defineFunction({
  name: 'concat',
  category: 'text',
  summary: 'The values as text, one after the other; null when any of them is null.',
  parameters: [{ name: 'value', type: 'any', variadic: true, doc: 'A text, number or boolean.' }],
  returns: 'string',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'concat("process ", "is ", 1)', gives: 'process is 1' },
    { call: 'concat("a", true)', gives: 'atrue' },
    { call: 'concat("a", null)', gives: null },
  ],
  call: (args) => args.join(''),
});
