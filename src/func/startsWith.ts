import { foldAscii } from '../data/scalar.ts';
import { textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const startsWith = defineFunction({
  name: 'startsWith',
  category: 'text',
  summary: 'Whether a text begins with another one.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to look at.' },
    { name: 'prefix', type: 'string', doc: 'The beginning; may be a field.' },
  ],
  returns: 'boolean',
  onNull: 'null',
  insensitive: true,
  examples: [
    { call: 'startsWith("kube-system", "kube-")', gives: true },
    { call: 'startsWith("kube-system", "Kube-")', gives: false },
    { call: 'startsWith~("kube-system", "Kube-")', gives: true },
    { call: 'startsWith("", "")', gives: true },
    { call: 'startsWith(null, "kube-")', gives: null },
  ],
  call: ([source = null, prefix = null], insensitive) => {
    const [text, part] = [textArgument(source), textArgument(prefix)];
    if (text === null || part === null) return null;
    return insensitive ? foldAscii(text).startsWith(foldAscii(part)) : text.startsWith(part);
  },
});
