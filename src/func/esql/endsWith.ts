import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const endsWith = scalar({
  name: 'ENDS_WITH',
  category: 'text',
  summary: 'Whether the text ends so.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'suffix', types: TEXT, doc: 'The end, in the same case.' },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, part]) =>
      String(text).endsWith(String(part)),
  examples: [
    { call: 'ENDS_WITH("abcd", "cd")', gives: true },
    { call: 'ENDS_WITH("abcd", "CD")', gives: false },
    { call: 'ENDS_WITH("abcd", "")', gives: true },
    { call: 'ENDS_WITH(null, "a")', gives: null },
    { call: 'ENDS_WITH(["a", "b"], "a")', gives: null },
  ],
});
