import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const mvMax = scalar({
  name: 'MV_MAX',
  category: 'list',
  summary: 'The greatest value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
