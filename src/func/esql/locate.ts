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
  examples: [],
});
