import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const split = scalar({
  name: 'SPLIT',
  category: 'text',
  summary: 'The pieces between the delimiters, as a multi-value in order.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'delimiter', types: TEXT, doc: 'A single character of one byte.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
