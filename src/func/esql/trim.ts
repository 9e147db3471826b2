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
  examples: [],
});
