import { toBase64 as toBase64Text } from '../../data/base64.ts';
import { utf8Bytes } from '../../data/utf8.ts';
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
  prepare:
    () =>
    ([text]) =>
      toBase64Text(utf8Bytes(String(text))),
  examples: [
    { call: 'TO_BASE64("h\u00e9")', gives: 'aMOp' },
    { call: 'TO_BASE64("")', gives: '' },
    { call: 'TO_BASE64(null)', gives: null },
  ],
});
