import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';

export const toVersion = scalar({
  name: 'TO_VERSION',
  aliases: ['TO_VER'],
  category: 'conversion',
  summary: 'The text as a version.',
  parameters: [{ name: 'value', types: ['keyword', 'version'], doc: 'The value.' }],
  returns: 'version',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('version'),
  examples: [
    { call: 'TO_VERSION("1.2.3")', gives: '1.2.3' },
    { call: 'TO_VERSION("x")', gives: 'x' },
    { call: 'TO_VERSION(null)', gives: null },
  ],
});
