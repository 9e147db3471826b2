import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const toLower = scalar({
  name: 'TO_LOWER',
  category: 'text',
  summary: 'The text in lower case, of every value of a multi-value.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'each',
  prepare:
    () =>
    ([text]) =>
      String(text).toLowerCase(),
  examples: [
    { call: 'TO_LOWER("Cmd.EXE")', gives: 'cmd.exe' },
    { call: 'TO_LOWER(["A", "b"])', gives: ['a', 'b'] },
    { call: 'TO_LOWER(null)', gives: null },
  ],
});
