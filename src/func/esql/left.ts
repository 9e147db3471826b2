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
  examples: [],
});
