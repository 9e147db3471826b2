import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const startsWith = scalar({
  name: 'STARTS_WITH',
  category: 'text',
  summary: 'Whether the text begins so.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'prefix', types: TEXT, doc: 'The beginning, in the same case.' },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, part]) =>
      String(text).startsWith(String(part)),
  examples: [
    { call: 'STARTS_WITH("abcd", "ab")', gives: true },
    { call: 'STARTS_WITH("abcd", "bc")', gives: false },
    { call: 'STARTS_WITH("abcd", "")', gives: true },
    { call: 'STARTS_WITH(null, "a")', gives: null },
    { call: 'STARTS_WITH(["a", "b"], "a")', gives: null },
  ],
});
