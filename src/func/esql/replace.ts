import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const replace = scalar({
  name: 'REPLACE',
  category: 'text',
  summary: 'The text with everything that the expression finds replaced.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'pattern', types: TEXT, doc: "A regular expression in Java's syntax." },
    { name: 'replacement', types: TEXT, doc: 'What is put in its place; `$1` is the first group.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
