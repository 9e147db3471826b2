import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvCount = scalar({
  name: 'MV_COUNT',
  category: 'list',
  summary: 'How many values there are.',
  parameters: [{ name: 'value', types: ANY, doc: 'The multi-value.' }],
  returns: 'integer',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
