import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toLong = scalar({
  name: 'TO_LONG',
  category: 'conversion',
  summary: 'The value as a whole number of 64 bits; milliseconds of a date.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'long',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
