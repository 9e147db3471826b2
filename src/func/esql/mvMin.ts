import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const mvMin = scalar({
  name: 'MV_MIN',
  category: 'list',
  summary: 'The least value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
