import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const toBoolean = scalar({
  name: 'TO_BOOLEAN',
  aliases: ['TO_BOOL'],
  category: 'conversion',
  summary: '`"true"` in any case and numbers other than 0 are true.',
  parameters: [{ name: 'value', types: [...NUMERIC, 'keyword', 'boolean'], doc: 'The value.' }],
  returns: 'boolean',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
