import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const toBase64 = scalar({
  name: 'TO_BASE64',
  category: 'text',
  summary: 'The bytes of the text in UTF-8, as Base64.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
