import { foldAscii } from '../data/scalar.ts';
import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const endsWith = defineFunction({
  name: 'endsWith',
  category: 'text',
  summary: 'Whether a text ends with another one.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to look at.' },
    { name: 'suffix', type: 'string', doc: 'The ending; may be a field.' },
  ],
  returns: 'boolean',
  onNull: 'null',
  insensitive: true,
  examples: [
    { call: 'endsWith("regsvr32.exe", ".exe")', gives: true },
    { call: 'endsWith("regsvr32.exe", ".EXE")', gives: false },
    { call: 'endsWith~("regsvr32.exe", ".EXE")', gives: true },
    { call: 'endsWith("", "")', gives: true },
    { call: 'endsWith("regsvr32.exe", null)', gives: null },
  ],
  call: ([source = null, suffix = null], insensitive) => {
    const [text, part] = [textArgument(source), textArgument(suffix)];
    if (text === null || part === null) return null;
    return insensitive ? foldAscii(text).endsWith(foldAscii(part)) : text.endsWith(part);
  },
});
