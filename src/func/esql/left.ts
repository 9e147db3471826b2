import { sliceCodePoints } from '../../data/code-points.ts';
import { scalar } from './define.ts';
import { TEXT, WHOLE } from './types.ts';

export const left = scalar({
  name: 'LEFT',
  category: 'text',
  summary: 'The beginning of the text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'length', types: WHOLE, doc: 'How many code points.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, length]) =>
      sliceCodePoints(String(text), 0, Math.max(0, Number(length))),
  examples: [
    { call: 'LEFT("h🔥rt", 2)', gives: 'h🔥' },
    { call: 'LEFT("ab", 5)', gives: 'ab' },
    { call: 'LEFT("ab", -1)', gives: '' },
    { call: 'LEFT("ab", null)', gives: null },
  ],
});
