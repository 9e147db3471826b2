import { conversionTo } from './calls.ts';
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
  prepare: conversionTo('boolean'),
  examples: [
    { call: 'TO_BOOLEAN("TRUE")', gives: true },
    { call: 'TO_BOOLEAN("yes")', gives: false },
    { call: 'TO_BOOLEAN([0, 2])', gives: [false, true] },
  ],
});
