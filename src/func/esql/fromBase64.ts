import { fromBase64 as fromBase64Text } from '../../data/base64.ts';
import { latin1Text, utf8Text } from '../../data/utf8.ts';
import { lost } from './calls.ts';
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
  prepare:
    () =>
    ([text], context) => {
      const bytes = fromBase64Text(String(text));
      return bytes === undefined ? lost('convFail', context) : (utf8Text(bytes) ?? latin1Text(bytes));
    },
  examples: [
    { call: 'FROM_BASE64("aMOp")', gives: 'h\u00e9' },
    { call: 'FROM_BASE64("/w==")', gives: '\u00ff' },
    { call: 'FROM_BASE64("*")', gives: null },
  ],
});
