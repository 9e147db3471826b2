import { foldAscii } from '../data/scalar.ts';
import { positionArgument, textArgument } from './arguments.ts';
import { defineFunction } from './define.ts';

export const indexOf = defineFunction({
  name: 'indexOf',
  category: 'text',
  summary: 'The position, from 0, at which a text first contains another one; null when it does not.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to search in.' },
    { name: 'wanted', type: 'string', doc: 'The text to look for; empty is found at the start position.' },
    { name: 'start', type: 'number', optional: true, doc: 'Where to begin; 0 when left out or negative.' },
  ],
  returns: 'number',
  onNull: 'null',
  insensitive: true,
  examples: [
    { call: 'indexOf("subdomain.example.com", ".")', gives: 9 },
    { call: 'indexOf("subdomain.example.com", ".", 10)', gives: 17 },
    { call: 'indexOf("subdomain.example.com", ".", -10)', gives: 9 },
    { call: 'indexOf("subdomain.example.com", "")', gives: 0 },
    { call: 'indexOf("subdomain.example.com", "EXAMPLE")', gives: null },
    { call: 'indexOf~("subdomain.example.com", "EXAMPLE")', gives: 10 },
    { call: 'indexOf("subdomain.example.com", ".", null)', gives: null },
  ],
  call: ([source = null, wanted = null, start = 0], insensitive) => {
    const [text, part, position] = [textArgument(source), textArgument(wanted), positionArgument(start)];
    if (text === null || part === null || position === null) return null;
    const from = Math.max(0, position);
    if (part === '') return from;
    const found = insensitive ? foldAscii(text).indexOf(foldAscii(part), from) : text.indexOf(part, from);
    return found === -1 ? null : found;
  },
});
