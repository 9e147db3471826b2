import type { DigestName } from '../../data/digest.ts';
import { digest } from '../../data/digest.ts';
import { utf8Bytes } from '../../data/utf8.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

/** What Java calls them. */
const digestNames: Readonly<Record<string, DigestName>> = {
  md5: 'md5',
  'sha-1': 'sha-1',
  sha1: 'sha-1',
  sha: 'sha-1',
  'sha-256': 'sha-256',
  sha256: 'sha-256',
};

export const hash = scalar({
  name: 'HASH',
  category: 'text',
  summary: 'The digest of the bytes of the text in UTF-8, in hexadecimal digits.',
  parameters: [
    { name: 'algorithm', types: TEXT, oneOf: Object.keys(digestNames), doc: '`md5`, `sha-1` or `sha-256`.' },
    { name: 'text', types: TEXT, doc: 'The text.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([algorithm, text], context) => {
      const name = digestNames[String(algorithm).toLowerCase()];
      return name === undefined ? lost('convFail', context) : digest(name, utf8Bytes(String(text)));
    },
  examples: [
    { call: 'HASH("md5", "abc")', gives: '900150983cd24fb0d6963f7d28e17f72' },
    { call: 'HASH("SHA-1", "abc")', gives: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
    {
      call: 'HASH("sha-256", "")',
      gives: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  ],
});
