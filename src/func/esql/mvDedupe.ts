import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvDedupe = scalar({
  name: 'MV_DEDUPE',
  category: 'list',
  summary: 'Every value once.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
