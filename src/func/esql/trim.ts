import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const trim = scalar({
  name: 'TRIM',
  category: 'text',
  summary: 'The text without white space at its ends.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text]) =>
      String(text).trim(),
  examples: [
    { call: 'TRIM("  a b\\t")', gives: 'a b' },
    { call: 'TRIM("")', gives: '' },
    { call: 'TRIM(null)', gives: null },
  ],
});
