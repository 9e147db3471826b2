import { digest } from '../../data/digest.ts';
import { utf8Bytes } from '../../data/utf8.ts';
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
  prepare:
    () =>
    ([text]) =>
      digest('sha-256', utf8Bytes(String(text))),
  examples: [
    { call: 'SHA256("abc")', gives: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    { call: 'SHA256(null)', gives: null },
  ],
});
