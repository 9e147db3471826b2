import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const ltrim = scalar({
  name: 'LTRIM',
  category: 'text',
  summary: 'The text without white space at its beginning.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text]) =>
      String(text).trimStart(),
  examples: [
    { call: 'LTRIM("  a b ")', gives: 'a b ' },
    { call: 'LTRIM("")', gives: '' },
    { call: 'LTRIM(null)', gives: null },
  ],
});
