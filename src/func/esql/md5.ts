import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const md5 = scalar({
  name: 'MD5',
  category: 'text',
  summary: 'The MD5 digest in hexadecimal digits.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
