import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const mvConcat = scalar({
  name: 'MV_CONCAT',
  category: 'list',
  summary: 'The values as one text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The multi-value.' },
    { name: 'delimiter', types: TEXT, doc: 'What stands between.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
