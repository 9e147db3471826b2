import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toDatetime = scalar({
  name: 'TO_DATETIME',
  aliases: ['TO_DT'],
  category: 'conversion',
  summary: 'The date that a text in ISO 8601 or a number of milliseconds means.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'datetime'], doc: 'The value.' }],
  returns: 'datetime',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
