import { scalar } from './define.ts';
import { TEXT, WHOLE } from './types.ts';

export const substring = scalar({
  name: 'SUBSTRING',
  category: 'text',
  summary: 'A part of the text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'start', types: WHOLE, doc: 'The first code point, counted from 1; from the end when negative.' },
    { name: 'length', types: WHOLE, optional: true, doc: 'How many code points; without it up to the end.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
