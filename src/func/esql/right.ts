import { scalar } from './define.ts';
import { TEXT, WHOLE } from './types.ts';

export const right = scalar({
  name: 'RIGHT',
  category: 'text',
  summary: 'The end of the text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'length', types: WHOLE, doc: 'How many code points.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, length]) => {
      const characters = [...String(text)];
      return characters.slice(Math.max(0, characters.length - Math.max(0, Number(length)))).join('');
    },
  examples: [
    { call: 'RIGHT("h🔥rt", 3)', gives: '🔥rt' },
    { call: 'RIGHT("ab", 5)', gives: 'ab' },
    { call: 'RIGHT("ab", 0)', gives: '' },
    { call: 'RIGHT("ab", null)', gives: null },
  ],
});
