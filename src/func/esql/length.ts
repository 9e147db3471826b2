import { codePointLength } from '../../data/code-points.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const length = scalar({
  name: 'LENGTH',
  category: 'text',
  summary: 'The number of code points.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'integer',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text]) =>
      codePointLength(String(text)),
  examples: [
    { call: 'LENGTH("h🔥t")', gives: 3 },
    { call: 'LENGTH("")', gives: 0 },
    { call: 'LENGTH(["a", "b"])', gives: null },
  ],
});
