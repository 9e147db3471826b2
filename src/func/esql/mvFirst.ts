import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvFirst = scalar({
  name: 'MV_FIRST',
  category: 'list',
  summary: 'The first value.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
