import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const contains = scalar({
  name: 'CONTAINS',
  category: 'text',
  summary: 'Whether the part occurs in the text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'part', types: TEXT, doc: 'What is looked for, in the same case.' },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, part]) =>
      String(text).includes(String(part)),
  examples: [
    { call: 'CONTAINS("abcd", "bc")', gives: true },
    { call: 'CONTAINS("abcd", "BC")', gives: false },
    { call: 'CONTAINS("abcd", "")', gives: true },
    { call: 'CONTAINS(null, "a")', gives: null },
    { call: 'CONTAINS(["a", "b"], "a")', gives: null },
  ],
});
