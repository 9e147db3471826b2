import { foldAscii } from '../data/scalar.ts';
import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const stringContains = defineFunction({
  name: 'stringContains',
  category: 'text',
  summary: 'Whether a text contains another one; an empty text contains nothing and is contained in nothing.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to look at.' },
    { name: 'wanted', type: 'string', doc: 'The text to look for; may be a field.' },
  ],
  returns: 'boolean',
  onNull: 'null',
  insensitive: true,
  examples: [
    { call: 'stringContains("/usr/bin/nsenter", "bin")', gives: true },
    { call: 'stringContains("/usr/bin/nsenter", "BIN")', gives: false },
    { call: 'stringContains~("/usr/bin/nsenter", "BIN")', gives: true },
    { call: 'stringContains("abc", "")', gives: false },
    { call: 'stringContains("", "")', gives: false },
    { call: 'stringContains("abc", null)', gives: null },
  ],
  call: ([source = null, wanted = null], insensitive) => {
    const [text, part] = [textArgument(source), textArgument(wanted)];
    if (text === null || part === null) return null;
    if (text === '' || part === '') return false;
    return insensitive ? foldAscii(text).includes(foldAscii(part)) : text.includes(part);
  },
});
