import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const sha1 = scalar({
  name: 'SHA1',
  category: 'text',
  summary: 'The SHA-1 digest in hexadecimal digits.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
