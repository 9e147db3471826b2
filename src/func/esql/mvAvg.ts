import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const mvAvg = scalar({
  name: 'MV_AVG',
  category: 'list',
  summary: 'The mean of the values.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The multi-value.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
