import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvContains = scalar({
  name: 'MV_CONTAINS',
  category: 'list',
  summary: 'Whether every value of the second is one of the first; never null.',
  parameters: [
    { name: 'superset', types: ANY, same: true, doc: 'The values to look in.' },
    { name: 'subset', types: ANY, same: true, doc: 'The values to look for.' },
  ],
  returns: 'boolean',
  nulls: 'own',
  multi: 'own',
  examples: [],
});
