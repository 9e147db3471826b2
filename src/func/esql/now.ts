import { scalar } from './define.ts';

export const now = scalar({
  name: 'NOW',
  category: 'date',
  summary: 'The time of the execution, the same for all rows.',
  parameters: [],
  returns: 'datetime',
  nulls: 'own',
  multi: 'own',
  examples: [],
});
