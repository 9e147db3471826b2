import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const fromBase64 = scalar({
  name: 'FROM_BASE64',
  category: 'text',
  summary: 'What the Base64 text stands for; null when it is none.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text in Base64.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
