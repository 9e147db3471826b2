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
  examples: [],
});
