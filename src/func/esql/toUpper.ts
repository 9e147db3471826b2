import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const toUpper = scalar({
  name: 'TO_UPPER',
  category: 'text',
  summary: 'The text in upper case, of every value of a multi-value.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'each',
  prepare:
    () =>
    ([text]) =>
      String(text).toUpperCase(),
  examples: [
    { call: 'TO_UPPER("Cmd.exe")', gives: 'CMD.EXE' },
    { call: 'TO_UPPER(["a", "B"])', gives: ['A', 'B'] },
    { call: 'TO_UPPER(null)', gives: null },
  ],
});
