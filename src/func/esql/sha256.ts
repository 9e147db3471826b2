import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const sha256 = scalar({
  name: 'SHA256',
  category: 'text',
  summary: 'The SHA-256 digest in hexadecimal digits.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
