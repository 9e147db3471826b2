import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const length = defineFunction({
  name: 'length',
  category: 'text',
  summary: 'The number of UTF-16 code units of a text: of each value of a field, never of the list.',
  parameters: [{ name: 'text', type: 'string', doc: 'The text.' }],
  returns: 'number',
  onNull: 'null',
  insensitive: false,
  examples: [
    { call: 'length("explorer.exe")', gives: 12 },
    { call: 'length("")', gives: 0 },
    { call: 'length(null)', gives: null },
  ],
  call: ([text]) => textArgument(text)?.length ?? null,
});
