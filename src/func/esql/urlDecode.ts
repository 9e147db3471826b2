import { utf8Text } from '../../data/utf8.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const urlDecode = scalar({
  name: 'URL_DECODE',
  category: 'text',
  summary: 'The text with `%xx` and `+` read; null when an escape is malformed.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text], context) =>
      decodeUrl(String(text)) ?? lost('convFail', context),
  examples: [
    { call: 'URL_DECODE("a%2Fb+c")', gives: 'a/b c' },
    { call: 'URL_DECODE("%C3%A9")', gives: '\u00e9' },
    { call: 'URL_DECODE("%ff")', gives: '\ufffd' },
    { call: 'URL_DECODE("100%")', gives: null },
  ],
});

/** Undefined when a percent sign has no two hexadecimal digits behind it. */
function decodeUrl(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replaceAll('+', ' ').replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = Uint8Array.from(escapes.slice(1).split('%'), (digits) => Number.parseInt(digits, 16));
    return utf8Text(bytes) ?? lossyText(bytes);
  });
}

/** What is no UTF-8 becomes U+FFFD, byte by byte. */
function lossyText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((count) => utf8Text(bytes.subarray(at, at + count)) !== undefined);
    text += length === undefined ? '\ufffd' : utf8Text(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return text;
}
