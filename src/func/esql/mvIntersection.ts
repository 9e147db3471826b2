import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvIntersection = scalar({
  name: 'MV_INTERSECTION',
  category: 'list',
  summary: 'The values that are in both; null when there is none.',
  parameters: [
    { name: 'left', types: ANY, same: true, doc: 'The one multi-value.' },
    { name: 'right', types: ANY, same: true, doc: 'The other.' },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
