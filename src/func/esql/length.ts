import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const length = scalar({
  name: 'LENGTH',
  category: 'text',
  summary: 'The number of code points.',
  parameters: [{ name: 'text', types: TEXT, doc: 'The text.' }],
  returns: 'integer',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
