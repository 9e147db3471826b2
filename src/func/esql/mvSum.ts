import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const mvSum = scalar({
  name: 'MV_SUM',
  category: 'list',
  summary: 'The sum of the values.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
