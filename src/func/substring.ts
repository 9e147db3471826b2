import { positionArgument, textArgument } from './arguments.ts';
import type { FunctionValue } from './define.ts';
import { defineFunction } from './define.ts';

export const substring = defineFunction({
  name: 'substring',
  category: 'text',
  summary:
    'The part of a text from a position up to, not including, another; negative positions count from its end.',
  parameters: [
    { name: 'source', type: 'string', doc: 'The text to cut from.' },
    { name: 'start', type: 'number', doc: 'The first position, from 0; the beginning when null.' },
    {
      name: 'end',
      type: 'number',
      optional: true,
      doc: 'The position after the last; the end when left out or null.',
    },
  ],
  returns: 'string',
  onNull: 'own',
  insensitive: false,
  examples: [
    { call: 'substring("host$", 0, -1)', gives: 'host' },
    { call: 'substring("explorer.exe", -4)', gives: '.exe' },
    { call: 'substring("explorer.exe", 0, 100)', gives: 'explorer.exe' },
    { call: 'substring("explorer.exe", 3, 2)', gives: '' },
    { call: 'substring("explorer.exe", null, 2)', gives: 'ex' },
    { call: 'substring(null, 0, 2)', gives: null },
  ],
  call: ([source = null, start = null, end = null]) => {
    const text = textArgument(source);
    if (text === null) return null;
    const [from, to] = [position(start, 0, text.length), position(end, text.length, text.length)];
    return from === null || to === null ? null : text.slice(from, Math.max(from, to));
  },
});

/** Between 0 and the length; null for what is neither a number nor null. */
function position(value: FunctionValue, whenNull: number, length: number): number | null {
  if (value === null) return whenNull;
  const wanted = positionArgument(value);
  return wanted === null ? null : Math.min(Math.max(wanted < 0 ? length + wanted : wanted, 0), length);
}
