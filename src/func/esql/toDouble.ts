import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toDouble = scalar({
  name: 'TO_DOUBLE',
  aliases: ['TO_DBL'],
  category: 'conversion',
  summary: 'The value as a double; null when it is no number.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean', 'datetime'], doc: 'The value.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
