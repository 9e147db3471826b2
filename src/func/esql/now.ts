import { scalar } from './define.ts';

export const now = scalar({
  name: 'NOW',
  category: 'date',
  summary: 'The time of the execution, the same for all rows.',
  parameters: [],
  returns: 'datetime',
  nulls: 'own',
  multi: 'own',
  prepare:
    () =>
    (_, { now: time }) =>
      time,
  examples: [{ call: 'NOW()', gives: Date.UTC(2026, 0, 1) }],
});
