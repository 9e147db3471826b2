import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const hash = scalar({
  name: 'HASH',
  category: 'text',
  summary: 'The digest of the bytes of the text in UTF-8, in hexadecimal digits.',
  parameters: [
    { name: 'algorithm', types: TEXT, doc: '`md5`, `sha-1`, `sha-256`, …' },
    { name: 'text', types: TEXT, doc: 'The text.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
