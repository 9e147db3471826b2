import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT, WHOLE } from './types.ts';

export const substring = scalar({
  name: 'SUBSTRING',
  category: 'text',
  summary: 'A part of the text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'start', types: WHOLE, doc: 'The first code point, counted from 1; from the end when negative.' },
    {
      name: 'length',
      types: WHOLE,
      optional: true,
      mistake: (length) => (Number(length) < 0 ? 'is no length' : undefined),
      doc: 'How many code points; without it up to the end.',
    },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, start, length], context) => {
      if (length !== undefined && Number(length) < 0) return lost('convFail', context);
      const characters = [...String(text)];
      const from =
        Number(start) < 0 ? Math.max(0, characters.length + Number(start)) : Math.max(0, Number(start) - 1);
      return characters.slice(from, length === undefined ? undefined : from + Number(length)).join('');
    },
  examples: [
    { call: 'SUBSTRING("h🔥rt", 2, 2)', gives: '🔥r' },
    { call: 'SUBSTRING("abc", -2)', gives: 'bc' },
    { call: 'SUBSTRING("abc", 2)', gives: 'bc' },
    { call: 'SUBSTRING("abc", 9)', gives: '' },
    { call: 'SUBSTRING(null, 1)', gives: null },
  ],
});
