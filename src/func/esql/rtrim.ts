import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const rtrim = scalar({
  name: 'RTRIM',
  category: 'text',
  summary: 'The text without white space at its end.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text]) =>
      String(text).trimEnd(),
  examples: [
    { call: 'RTRIM(" a b  ")', gives: ' a b' },
    { call: 'RTRIM("")', gives: '' },
    { call: 'RTRIM(null)', gives: null },
  ],
});
