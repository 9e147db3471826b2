import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvLast = scalar({
  name: 'MV_LAST',
  category: 'list',
  summary: 'The last value.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
