import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const toString = scalar({
  name: 'TO_STRING',
  aliases: ['TO_STR'],
  category: 'conversion',
  summary: 'The value as text: dates in ISO 8601, doubles with a fraction.',
  parameters: [{ name: 'value', types: ANY, doc: 'The value.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
