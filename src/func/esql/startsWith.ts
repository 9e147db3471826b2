import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const startsWith = scalar({
  name: 'STARTS_WITH',
  category: 'text',
  summary: 'Whether the text begins so.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    { name: 'prefix', types: TEXT, doc: 'The beginning, in the same case.' },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
