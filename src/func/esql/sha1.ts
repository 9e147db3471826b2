import { digest } from '../../data/digest.ts';
import { utf8Bytes } from '../../data/utf8.ts';
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
  prepare:
    () =>
    ([text]) =>
      digest('sha-1', utf8Bytes(String(text))),
  examples: [
    { call: 'SHA1("abc")', gives: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
    { call: 'SHA1(null)', gives: null },
  ],
});
