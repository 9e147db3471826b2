import { digest } from '../../data/digest.ts';
import { utf8Bytes } from '../../data/utf8.ts';
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
  prepare:
    () =>
    ([text]) =>
      digest('md5', utf8Bytes(String(text))),
  examples: [
    { call: 'MD5("abc")', gives: '900150983cd24fb0d6963f7d28e17f72' },
    { call: 'MD5(null)', gives: null },
  ],
});
