import { codePointLength, sliceCodePoints } from '../../data/code-points.ts';
import { scalar } from './define.ts';
import { TEXT, WHOLE } from './types.ts';

export const locate = scalar({
  name: 'LOCATE',
  category: 'text',
  summary: 'Where the part first occurs, counted in code points from 1; 0 when it does not.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'part', types: TEXT, doc: 'What is looked for.' },
    { name: 'start', types: WHOLE, optional: true, doc: 'The code point to begin at, counted from 1.' },
  ],
  returns: 'integer',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, part, start]) => {
      const skipped = start === undefined ? 0 : Math.max(0, Number(start) - 1);
      const at = String(text).indexOf(String(part), sliceCodePoints(String(text), 0, skipped).length);
      return at === -1 ? 0 : codePointLength(String(text).slice(0, at)) + 1;
    },
  examples: [
    { call: 'LOCATE("🔥a-a", "a")', gives: 2 },
    { call: 'LOCATE("🔥a-a", "a", 3)', gives: 4 },
    { call: 'LOCATE("abc", "x")', gives: 0 },
    { call: 'LOCATE(null, "x")', gives: null },
  ],
});
