import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const urlDecode = scalar({
  name: 'URL_DECODE',
  category: 'text',
  summary: 'The text with `%xx` and `+` read; null when an escape is malformed.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
